package model

// Status is the state of an image as the server reports it. Unknown values are
// kept as they came.
type Status string

// The nine image statuses of the Image API v2 (API reference, "Image statuses").
const (
	StatusQueued        Status = "queued"
	StatusSaving        Status = "saving"
	StatusUploading     Status = "uploading"
	StatusImporting     Status = "importing"
	StatusActive        Status = "active"
	StatusDeactivated   Status = "deactivated"
	StatusKilled        Status = "killed"
	StatusDeleted       Status = "deleted"
	StatusPendingDelete Status = "pending_delete"
)

// Statuses lists them all, in the order in which an image usually meets them.
var Statuses = []Status{
	StatusQueued, StatusUploading, StatusSaving, StatusImporting, StatusActive,
	StatusDeactivated, StatusPendingDelete, StatusDeleted, StatusKilled,
}

// Transitional reports whether the server is expected to leave the status by
// itself, so that it is worth watching closely.
func (s Status) Transitional() bool {
	switch s {
	case StatusSaving, StatusUploading, StatusImporting, StatusPendingDelete:
		return true
	}
	return false
}

// Visibility is who can see an image.
type Visibility string

// The visibilities of the Image API v2.
const (
	Private   Visibility = "private"
	Shared    Visibility = "shared"
	Community Visibility = "community"
	Public    Visibility = "public"
)

// Visibilities lists them from the narrowest to the widest audience.
var Visibilities = []Visibility{Private, Shared, Community, Public}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}
