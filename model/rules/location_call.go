package rules

import (
	"net/http"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
)

// Since version 2.17 of the API (Glance 29, 2024.2) locations have calls of
// their own, POST and GET /v2/images/{id}/locations. They are there where a
// server hides locations, too. Measured on Glance 33:
//
//   - POST takes one URL, of http or https unless the caller has the role
//     service, for a queued image that no task is at work on (else 409). It
//     keeps no metadata. The member role in the owning project suffices.
//   - Its answer is 202 at once. Only then the server looks at the URL: the
//     image becomes active within moments, or stays queued where there is
//     nothing to be had. It tells by os_glance_import_task that it is at work.
//   - Without formats the image stays queued too, but keeps the location, which
//     no one can take away any more.
//   - What is changed meanwhile is lost: the task writes the whole image.
//   - GET is for administrators and services.

// LocationCall reports whether a request, an edit's or one of an edit's, adds
// a location by the call of API 2.17 instead of by a PATCH, and which one.
func (r Rules) LocationCall(before model.Image, p patch.Patch) (l model.Location, is bool) {
	if len(p) != 1 || !r.AddsByCall(before, p[0]) {
		return model.Location{}, false
	}
	return patch.Decode(p[0]).Location()
}

// CallsForLocations reports whether the image takes a location by that call alone.
func (r Rules) CallsForLocations(i model.Image) bool {
	return r.LocationCalls && i.HidesLocations() && i.Status == model.StatusQueued
}

// AddsByCall reports whether an operation adds a location by the call of API 2.17.
func (r Rules) AddsByCall(before model.Image, o patch.Operation) bool {
	return r.CallsForLocations(before) && o.Op == patch.OpAdd && strings.HasPrefix(o.Path, "/locations/")
}

// partCall parts an edit that adds a location by a call: all else comes first,
// as the formats must be there before, and as what is changed during the call's
// task is lost.
func (r Rules) partCall(before model.Image, p patch.Patch) (requests []patch.Patch, is bool) {
	for n, o := range p {
		if r.AddsByCall(before, o) {
			return []patch.Patch{append(p[:n:n], p[n+1:]...), {o}}, len(p) > 1
		}
	}
	return nil, false
}

// mayCall is MayFollow for the call: the image must be queued with its formats
// still, or the server would keep a location that it cannot use.
func (r Rules) mayCall(now model.Image) bool {
	return r.CallsForLocations(now) && !now.TaskAtWork() &&
		now.DiskFormat.Or("") != "" && now.ContainerFormat.Or("") != ""
}

// CallFailed reports whether a location that was added by the call, and
// accepted, came to nothing: now is a reading after the answer.
func CallFailed(now model.Image) bool { return now.Status == model.StatusQueued && !now.TaskAtWork() }

// CallFailure is the failure of an accepted call that came to nothing; the
// server keeps its reasons in its log.
func CallFailure(x api.Exchange) *api.Failure {
	return &api.Failure{
		Exchange: x, Doing: "add the location to the image", Kind: api.FailedBadRequest,
		Means:  "The server took the location, looked at its URL afterwards, and could not use it: the image is queued as before.",
		Advice: "check that the server itself reaches the file and that it is not empty; the server's log has the reason",
	}
}

const (
	oneHiddenLocation  = "a server that hides locations takes one, while the image is queued"
	whyHiddenLocations = "this server hides locations and takes one only for a queued image"
)

// checkCall is about the location of an image that hides its locations.
func (d *difference) checkCall() {
	whole := model.Field{Attr: "locations", Index: -1}
	if d.before.TaskAtWork() {
		d.add(whole, &model.Problem{Text: "the server is still at work on the image", Advice: "wait until it is done"})
		return
	}
	if len(d.after.Locations) != 1 {
		d.add(whole, &model.Problem{Text: oneHiddenLocation, Advice: "keep one of them"})
		return
	}
	l := d.after.Locations[0]
	d.add(model.Field{Attr: "locations", Part: "url"}, checkCallURL(l.URL))
	if !model.EqualMetadata(l.Metadata, nil) {
		d.add(model.Field{Attr: "locations", Part: "metadata"}, &model.Problem{
			Text: "a server that hides locations keeps no metadata of them", Advice: "leave it out"})
	}
	d.moves = []patch.Operation{{Op: patch.OpAdd, Path: "/locations/-", Value: model.Location{URL: l.URL, Metadata: map[string]any{}}}}
}

// checkCallURL: the call takes URLs of any length (measured).
func checkCallURL(url string) *model.Problem {
	if fault := checkURL(url, SchemaAttribute{Types: []string{"string"}}); fault != nil {
		return fault
	}
	switch model.LocationScheme(url) {
	case "http", "https":
		return nil
	}
	return &model.Problem{Text: "a server that hides locations takes only http and https", Advice: "serve the file over http"}
}

// addByCall is what comes of the call in the end, where the URL is good.
func (d *workingCopy) addByCall(l model.Location) *patch.Rejection {
	if d.image.TaskAtWork() {
		return patch.Reject(http.StatusConflict, "Image has active task")
	}
	size, refused := d.checkNew(l)
	if refused != nil {
		return refused
	}
	d.fillSize(size)
	return d.activate(nil)
}
