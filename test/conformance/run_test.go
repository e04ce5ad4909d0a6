package conformance

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// trial is one case while it runs on one server.
type trial struct {
	testing.TB
	at  *endpoint
	who Who
	circumstances
	// over ends what goes on in the background.
	over []func()
}

// circumstances are what a case's Given made.
type circumstances struct {
	places places
	images []string // ids of all that were made
	before any      // the first of them, as last read
}

// timeout is how long a status may take to come by itself.
const timeout = 5 * time.Minute

// run carries a case out on a server.
func run(t testing.TB, s *server, c Case, number int, used *shelf) {
	r := &trial{TB: t, at: s.need(t, c.On), who: c.As}
	defer func() {
		if !t.Failed() && len(r.over) == 0 && c.leavesAll() {
			used.put(c, r.circumstances)
			return
		}
		r.clean()
	}()
	if found, ok := used.take(c); ok {
		r.circumstances = found
	} else {
		r.make(s, c, number)
	}
	if wantsLater(c.Then.Image) {
		time.Sleep(1100 * time.Millisecond) // time stamps are whole seconds
	}
	reply := r.send(c.When)
	r.checkAnswer(c, reply)
	if c.When.Method != http.MethodGet {
		r.checkImage(c, reply)
	}
	if c.Then.Data != "" {
		r.checkData(c.Then.Data)
	}
	if c.Then.Becomes != nil {
		filled, _ := r.places.fillValue(c.Then.Becomes).(J)
		r.await(filled)
	}
}

// make sends what is given.
func (r *trial) make(s *server, c Case, number int) {
	now := time.Now().UnixNano()
	r.places = places{
		"$mirror": s.mirror,
		"$run":    fmt.Sprintf("%s-%d-%d", c.On, number, now),
		"$uuid":   fmt.Sprintf("%08x-%04x-4000-8000-%012x", number, now&0xffff, now>>16&0xffffffffffff),
	}
	r.findProjects()
	for _, call := range c.Given {
		r.prepare(call)
	}
	if len(r.images) > 0 {
		r.before = r.read(r.places["$image"])
		r.places["$file"] = fileLocation(r.before)
		r.places["$updated"], r.places["$after"] = changeOf(r.before)
	}
}

// changeOf is the second of an image's latest change, and the one after it.
func changeOf(image any) (second, after string) {
	object, _ := image.(map[string]any)
	second, _ = object["updated_at"].(string)
	at, _ := time.Parse(time.RFC3339, second)
	return second, at.Add(time.Second).Format(time.RFC3339)
}

// fileLocation is the URL of the data in the file store, if there is any.
func fileLocation(image any) string {
	object, _ := image.(map[string]any)
	list, _ := object["locations"].([]any)
	for _, element := range list {
		l, _ := element.(map[string]any)
		if url, _ := l["url"].(string); strings.HasPrefix(url, "file:") {
			return url
		}
	}
	return ""
}

func (r *trial) findProjects() {
	for _, who := range []Who{Admin, Demo} {
		r.places["$"+string(who)] = ""
		if r.at.auth == nil {
			continue
		}
		s, err := r.at.auth.session(who)
		if err != nil {
			r.Fatal(err)
		}
		r.places["$"+string(who)] = s.project
	}
}

// fill readies a call for sending.
func (r *trial) fill(c Call) Call {
	c.Path, c.Type, c.Body = r.places.fill(c.Path), r.places.fill(c.Type), r.places.fill(c.Body)
	header := map[string]string{}
	for name, value := range c.Header {
		header[name] = r.places.fill(value)
	}
	c.Header = header
	if c.As == "" {
		c.As = r.who
	}
	return c
}

func (r *trial) send(c Call) reply {
	r.Helper()
	c = r.fill(c)
	answer, err := r.at.send(c)
	if err != nil {
		r.Fatalf("%s %s: %v", c.Method, c.Path, err)
	}
	r.note(c, answer)
	return answer
}

// note remembers an image that was made.
func (r *trial) note(c Call, answer reply) {
	if c.Method != http.MethodPost || !strings.HasSuffix(c.Path, "/v2/images") || answer.code != http.StatusCreated {
		return
	}
	body, _ := decode(answer.body)
	object, _ := body.(map[string]any)
	id, _ := object["id"].(string)
	r.images = append(r.images, id)
	if n := len(r.images); n > 1 {
		r.places[fmt.Sprintf("$image%d", n)] = id
	} else {
		r.places["$image"] = id
	}
}

// prepare sends a call that must succeed.
func (r *trial) prepare(c Call) {
	r.Helper()
	switch {
	case c.Method == "":
		time.Sleep(1100 * time.Millisecond)
	case c.Endless:
		r.begin(c)
	case c.Held:
		r.hold(c)
	default:
		if answer := r.send(c); answer.code >= 300 {
			r.Fatalf("given: %s %s: %d %s", c.Method, c.Path, answer.code, answer.message)
		}
	}
	if c.Until != "" {
		want := J{"status": c.Until}
		if c.Settled {
			want["os_glance_import_task"] = absent
		}
		r.await(want)
	}
}

// hold sends a call that is answered late, and gives the server the time to read
// it.
func (r *trial) hold(c Call) {
	c = r.fill(c)
	done := make(chan error, 1)
	go func() {
		answer, err := r.at.send(c)
		if err == nil && answer.code >= 300 {
			err = fmt.Errorf("%d %s", answer.code, answer.message)
		}
		done <- err
	}()
	r.over = append(r.over, func() {
		if err := <-done; err != nil {
			r.Errorf("%s %s: %v", c.Method, c.Path, err)
		}
	})
	time.Sleep(1500 * time.Millisecond)
}

// begin sends a call whose body does not end before the case does.
func (r *trial) begin(c Call) {
	c = r.fill(c)
	body, more := io.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = r.at.sendBody(c, body) // it is broken off, which is an error
	}()
	go func() { _, _ = io.WriteString(more, c.Body) }()
	r.over = append(r.over, func() {
		_ = more.CloseWithError(errors.New("the case is over"))
		<-done
	})
}

// read is an image as the administrator sees it; nil when it is not there.
func (r *trial) read(id string) any {
	r.Helper()
	answer := r.send(by(Admin, get("/v2/images/"+id))[0])
	if answer.code == http.StatusNotFound {
		return nil
	}
	body, err := decode(answer.body)
	if answer.code != http.StatusOK || err != nil {
		r.Fatalf("read the image: %d %s %v", answer.code, answer.message, err)
	}
	return body
}

func (r *trial) checkAnswer(c Case, answer reply) {
	r.Helper()
	want := c.Then
	if answer.code != want.Status {
		r.Errorf("answered %d %s, want %d", answer.code, answer.message, want.Status)
		return
	}
	if want.Says != "" && !regexp.MustCompile("(?i)"+want.Says).MatchString(answer.message) {
		r.Errorf("says %q, want something like %q", answer.message, want.Says)
	}
	if answer.header.Get("X-Openstack-Request-Id") == "" && !beforeImages(c, answer) {
		r.Error("the answer has no request id")
	}
	for _, name := range sorted(want.Header) {
		if got := answer.header.Get(name); !regexp.MustCompile(want.Header[name]).MatchString(got) {
			r.Errorf("header %s is %q, want something like %q", name, got, want.Header[name])
		}
	}
	var expected any = want.Answer
	switch {
	case want.List != nil:
		expected = want.List
	case want.Answer == nil && c.When.Method == http.MethodPatch && answer.code == http.StatusOK:
		expected = want.Image
	}
	if j, isObject := expected.(J); isObject && j == nil {
		return
	}
	body, err := decode(answer.body)
	if err != nil {
		r.Errorf("the answer is no JSON: %v", err)
		return
	}
	for _, fault := range differ("", r.places.fillValue(expected), r.before, body, true) {
		r.Errorf("in the answer: %s", fault)
	}
}

// beforeImages reports whether something else answered than the Image API itself:
// who has no token, and who asks for versions, gets no request id.
func beforeImages(c Case, answer reply) bool {
	return answer.code == http.StatusUnauthorized || !strings.HasPrefix(c.When.Path, "/v2")
}

// derived are the attributes that follow from others.
var derived = []string{"updated_at", "direct_url", "stores"}

func (r *trial) checkImage(c Case, answer reply) {
	r.Helper()
	id := r.places["$image"]
	if id == "" {
		return
	}
	now := r.read(id)
	if c.Then.Gone || now == nil {
		if c.Then.Gone != (now == nil) {
			r.Errorf("the image is gone: %t, want %t", now == nil, c.Then.Gone)
		}
		return
	}
	want, _ := r.places.fillValue(c.Then.Image).(J)
	if c.Then.Image == nil {
		want = J{}
	}
	for _, fault := range differ("", want, r.before, now, true) {
		r.Errorf("the image afterwards: %s", fault)
	}
	if c.Then.Becomes != nil || r.before == nil {
		return
	}
	for _, fault := range othersChanged(want, r.before, now, answer.code >= 400) {
		r.Errorf("the image afterwards: %s", fault)
	}
}

// othersChanged finds attributes that changed though nothing was said of them.
func othersChanged(want J, before, now any, refused bool) (faults []string) {
	was, is := before.(map[string]any), now.(map[string]any)
	for _, name := range sorted(merged(was, is)) {
		if _, said := want[name]; said || !refused && slices.Contains(derived, name) {
			continue
		}
		old, had := was[name]
		if _, has := is[name]; had != has {
			faults = append(faults, fmt.Sprintf("%s was there: %t, is there: %t", name, had, has))
			continue
		}
		if fault := differ(name, plainly(name, old), nil, is[name], true); fault != nil {
			faults = append(faults, fmt.Sprintf("changed without being asked to: %s", strings.Join(fault, "; ")))
		}
	}
	return faults
}

// plainly makes a value that was read one that is wanted.
func plainly(name string, value any) any {
	list, isList := value.([]any)
	if name != "tags" || !isList {
		return matcher{text(value), func(_, now any, _ bool) bool { return text(now) == text(value) }}
	}
	tags := make([]string, len(list))
	for n := range list {
		tags[n], _ = list[n].(string)
	}
	return tags
}

func merged(a, b map[string]any) map[string]any { return map[string]any(J(a).and(b)) }

// checkData downloads what the image holds.
func (r *trial) checkData(want string) {
	r.Helper()
	answer := r.send(by(Admin, get("/v2/images/$image/file"))[0])
	if answer.code != http.StatusOK || string(answer.body) != want {
		r.Errorf("the download gives %d %.80q, want %q", answer.code, answer.body, want)
	}
}

// await waits for the image to show something.
func (r *trial) await(want J) {
	r.Helper()
	var faults []string
	for end := time.Now().Add(timeout); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		faults = differ("", want, r.before, r.read(r.places["$image"]), true)
		if len(faults) == 0 {
			return
		}
	}
	r.Fatalf("does not become %s: %s", describe(want), strings.Join(faults, "; "))
}

// clean ends what goes on and deletes what was made.
func (r *trial) clean() {
	for _, over := range r.over {
		over()
	}
	for _, id := range r.images {
		r.delete(id)
	}
}

func (r *trial) delete(id string) {
	deletion := by(Admin, erase("/v2/images/"+id))[0]
	for range 40 {
		switch answer := r.send(deletion); answer.code {
		case http.StatusNoContent, http.StatusNotFound:
			return
		case http.StatusForbidden: // protected, most likely
			r.send(by(Admin, patchOf(id, replace("/protected", false)))[0])
		case http.StatusConflict, http.StatusInternalServerError: // something is at work on it
			time.Sleep(250 * time.Millisecond)
		default:
			if strings.Contains(answer.message, "from deleted to deleted") {
				return // an earlier try did it and failed afterwards
			}
			r.Errorf("delete image %s: %d %s", id, answer.code, answer.message)
			return
		}
	}
	r.Errorf("image %s cannot be deleted", id)
}

// wantsLater reports whether a moved time stamp is asked for, or one that stays.
func wantsLater(image J) bool {
	_, said := image["updated_at"]
	return said
}
