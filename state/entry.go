package state

import (
	"time"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/record"
)

// beginRecord is an entry as it is written before it is sent. P is patch.Patch to
// write one, and patchRecord to read one.
type beginRecord[P patch.Patch | patchRecord] struct {
	header
	ID       string        `json:"id"` // without the place
	Owner    string        `json:"owner"`
	Begun    time.Time     `json:"begun"`
	Place    api.ServiceID `json:"place"`
	Base     *imageRecord  `json:"base"`
	Wanted   *imageRecord  `json:"wanted"`
	Requests []P           `json:"requests"`
	Undoes   string        `json:"undoes,omitempty"`
	Cut      bool          `json:"cut,omitempty"`
}

type (
	writtenBegin = beginRecord[patch.Patch]
	readBegin    = beginRecord[patchRecord]
)

// endRecord is what came of an entry; the last one of an entry counts.
type endRecord struct {
	header
	ID       string            `json:"id"`
	Outcome  record.Outcome    `json:"outcome"`
	Ended    time.Time         `json:"ended"`
	Answers  []record.Response `json:"answers"`
	After    *imageRecord      `json:"after,omitempty"`
	Resolved bool              `json:"resolved,omitempty"`
}

func sealBegin(r writtenBegin) ([]byte, error) {
	r.header = header{Version: version, Kind: kindBegin}
	return seal(r, func(r *writtenBegin) *bool { return &r.Escaped })
}

func sealEnd(r endRecord) ([]byte, error) {
	r.header = header{Version: version, Kind: kindEnd}
	return seal(r, func(r *endRecord) *bool { return &r.Escaped })
}

func newEnd(id string, e record.Result) endRecord {
	r := endRecord{ID: id, Outcome: e.Outcome, Ended: e.Ended, Answers: e.Responses, Resolved: e.Resolved}
	if e.After != nil {
		r.After = recordImage(*e.After)
	}
	return r
}

// ending is the reverse of newEnd.
func (r endRecord) ending() record.Result {
	e := record.Result{Outcome: r.Outcome, Ended: r.Ended, Responses: r.Answers, Resolved: r.Resolved}
	if r.After != nil {
		after := r.After.Image
		e.After = &after
	}
	return e
}

// beginEntry is the entry of a begin record, without what came of it.
func beginEntry(place string, r readBegin) record.Entry {
	e := record.Entry{
		ID: place + "/" + r.ID, Service: r.Place, StartedAt: r.Begun, Base: r.Base.Image, Wanted: r.Wanted.Image,
		Undoes: r.Undoes, Abbreviated: r.Cut,
	}
	for _, p := range r.Requests {
		e.Requests = append(e.Requests, p.patch())
	}
	return e
}

func decodeBegin(body []byte, h header) (readBegin, error) {
	r, err := decode[readBegin](body, h)
	if err == nil && (r.ID == "" || r.Base == nil || r.Wanted == nil) {
		err = errDamaged
	}
	return r, err
}

func decodeEnd(body []byte, h header) (endRecord, error) {
	r, err := decode[endRecord](body, h)
	if err == nil && r.ID == "" {
		err = errDamaged
	}
	return r, err
}
