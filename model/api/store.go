package api

// Store is one of the stores of a server that has several, as it tells
// administrators (API reference, "List stores detail").
type Store struct {
	ID   string
	Type string // the kind: file, http, rbd, swift, s3, cinder, …
	// Weight puts the locations in order, the highest first, wherever the server
	// shows them. Since 2023.2; measured on Glance 33: a stable sort, in a GET
	// and for the indices of the next PATCH, but not in a PATCH's own answer.
	Weight int64
}

// TellsWeights reports whether the server may tell the weights of its stores:
// administrators see them, and releases since 2.16 of the API have them.
func (s Session) TellsWeights() bool {
	return s.IsAdmin && MinorVersion(s.APIVersion) >= weightsSince
}

// weightsSince is the first version of the API among whose releases is one
// with weights: 2023.2 is at 2.16, as older ones are that have none.
const weightsSince = 16
