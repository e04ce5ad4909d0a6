package demo

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"hash"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/model"
)

// locationRequest is the body of POST /v2/images/{image}/locations.
type locationRequest struct {
	url             string
	algorithm, want string // of the hash that the data must have; "" for none
}

// hashes are the algorithms that it may name.
var hashes = map[string]func() hash.Hash{"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New}

// addLocation answers POST /v2/images/{image}/locations: 202, and a task that
// looks at the URL afterwards. The order of the checks is the server's.
func (c *call) addLocation() error {
	q, err := c.readLocation()
	if err != nil {
		return err
	}
	r, err := c.lookup()
	if err != nil {
		return err
	}
	if status := r.image.Status; status != model.StatusQueued {
		return refuse(http.StatusConflict, "It's not allowed to add locations if image status is %s.", status)
	}
	if c.who.roleless || !c.who.owns(r.image.Owner.Or("")) {
		return refusePolicy("add_image_location")
	}
	if !strings.HasPrefix(q.url, "http://") && !strings.HasPrefix(q.url, "https://") {
		return refuse(http.StatusForbidden, "http store must be enabled to use location API by normal user.")
	}
	if err := q.checkHash(); err != nil {
		return err
	}
	if !c.mirrors.connects(q.url) {
		return refuse(http.StatusBadRequest, "URI for add location does not pass filtering: %s", q.url)
	}
	if !c.startLocation(r.image.ID, q) {
		return refuse(http.StatusConflict, "Image has active task")
	}
	c.empty(http.StatusAccepted)
	return nil
}

// readLocation reads the body; members that nobody knows are ignored, but for
// those of validation_data.
func (c *call) readLocation() (q locationRequest, err error) {
	value, err := c.jsonBody()
	if err != nil {
		return q, err
	}
	mismatch := func(what string) error {
		return refuse(http.StatusBadRequest, "Provided object does not match schema 'location': %s", what)
	}
	body, isObject := value.(map[string]any)
	if !isObject {
		return q, mismatch(printed(value) + " is not of type 'object'")
	}
	address, given := body["url"]
	if !given {
		return q, mismatch("'url' is a required property")
	}
	var isText bool
	if q.url, isText = address.(string); !isText {
		return q, mismatch(printed(address) + " is not of type 'string'")
	}
	if address, given = body["validation_data"]; !given {
		return q, nil
	}
	data, isObject := address.(map[string]any)
	if !isObject {
		return q, mismatch(printed(address) + " is not of type 'object'")
	}
	for name, value := range data {
		text, isText := value.(string)
		switch {
		case !isText:
			return q, mismatch(printed(value) + " is not of type 'string'")
		case name == "os_hash_algo":
			q.algorithm = text
		case name == "os_hash_value":
			q.want = text
		default:
			return q, mismatch("Additional properties are not allowed ('" + name + "' was unexpected)")
		}
	}
	if q.algorithm != "" && hashes[q.algorithm] == nil {
		return q, mismatch("'" + q.algorithm + "' is not one of ['sha1', 'sha256', 'sha512', 'md5']")
	}
	_, algorithm := data["os_hash_algo"]
	_, want := data["os_hash_value"]
	if algorithm != want {
		return q, mismatch("os_hash_algo and os_hash_value are dependencies of each other")
	}
	return q, nil
}

// checkHash asks for hexadecimal of the right length.
func (q locationRequest) checkHash() error {
	if q.algorithm == "" {
		return nil
	}
	sum, err := hex.DecodeString(q.want)
	if err != nil {
		return refuse(http.StatusBadRequest, "os_hash_value (%s) is not a valid hexadecimal value", q.want)
	}
	if size := hashes[q.algorithm]().Size(); len(sum) != size {
		return refuse(http.StatusBadRequest, "os_hash_value: (%s) is not the correct size for (%s) (should be (%d) bytes)",
			q.want, q.algorithm, size)
	}
	return nil
}

// startLocation takes the image for the task, unless another one has it, and
// plans its end.
func (c *call) startLocation(id string, q locationRequest) bool {
	now, taskID := c.opts.Now(), randomUUID()
	var saved record
	taken := c.images.change(id, func(r *record) bool {
		if r.internal[importTaskName] != "" {
			return false
		}
		r.internal[importTaskName] = taskID
		saved = r.clone()
		return true
	})
	if !taken {
		return false
	}
	c.images.addTask(id, task{
		id: taskID, kind: "location_import", status: taskProcessing, owner: c.who.project, user: c.who.user,
		requestID: c.id, created: now.UTC(), updated: now.UTC(),
	})
	const soon = 300 * time.Millisecond
	_, delay, _ := c.mirrors.look(q.url)
	lasts := min(soon, max(c.opts.ImportTime, 0)) + delay
	end := func(due, _ time.Time) { c.endLocation(taskID, saved, q, due) }
	if lasts == 0 {
		end(now, now)
	} else {
		c.agenda.at(now.Add(lasts), end)
	}
	return true
}

// endLocation adds the location to the image as it was when the task began:
// what was changed meanwhile is lost (measured).
func (s *Server) endLocation(taskID string, saved record, q locationRequest, due time.Time) {
	id := saved.image.ID
	next := saved.clone()
	delete(next.internal, importTaskName)
	next.image.UpdatedAt = moment(due)
	status := taskSuccess
	if !s.takeLocation(&next.image, q) {
		status = taskFailure
	}
	s.images.write(next)
	message := ""
	if status == taskFailure {
		message = "Task failed due to Internal Error"
	}
	s.images.moveTask(id, taskID, status, message, due.UTC())
}

// takeLocation is what the task makes of the image. It is false where it
// fails; a location that was added by then stays (measured).
func (s *Server) takeLocation(i *model.Image, q locationRequest) bool {
	size, _, refused := s.mirrors.look(q.url)
	isThere := func(l model.Location) bool { return l.URL == q.url }
	if refused != nil || slices.ContainsFunc(i.Locations, isThere) {
		return false
	}
	l := model.Location{URL: q.url, Metadata: map[string]any{}}
	s.nameStore(&l)
	i.Locations = append(i.Locations, l)
	data := downloaded(q.url, size)
	if q.algorithm != "" && data.hash(q.algorithm) != q.want {
		return false
	}
	if i.Size.Or(0) == 0 {
		i.Size = model.Some(size)
	}
	if i.DiskFormat.Or("") == "" || i.ContainerFormat.Or("") == "" {
		return false
	}
	i.Status = model.StatusActive
	i.Checksum, i.HashAlgo, i.HashValue = model.Some(data.md5), model.Some(hashAlgorithm), model.Some(data.sha512)
	if q.algorithm != "" {
		i.HashAlgo, i.HashValue = model.Some(q.algorithm), model.Some(q.want)
	}
	return true
}

// hash is the data's hash by an algorithm; "" where its bytes cannot be had.
func (c *content) hash(algorithm string) string {
	if algorithm == hashAlgorithm {
		return c.sha512
	}
	if !c.whole() {
		return ""
	}
	sum := hashes[algorithm]()
	_, _ = io.Copy(sum, c.reader(0, c.size)) // never fails
	return hex.EncodeToString(sum.Sum(nil))
}

// listLocations answers GET /v2/images/{image}/locations, to administrators.
func (c *call) listLocations() error {
	r, err := c.lookup()
	if err != nil {
		return err
	}
	if !c.who.admin || c.who.roleless {
		return refusePolicy("fetch_image_location")
	}
	c.raw(http.StatusOK, mustJSON(append([]model.Location{}, r.image.Locations...)))
	return nil
}
