// Package clients_test has third-party clients do an administrator's work
// at the embedded service: python-openstackclient, python-glanceclient,
// openstacksdk and gophercloud. They know it only as a cloud, so whatever it
// does unlike one shows here.
//
// The Python ones are run where they are installed. With CI=true, or with
// GLANCE_TUI_CLIENTS=required, it is a failure when they are not.
// GLANCE_TUI_OPENSTACK, GLANCE_TUI_GLANCE and GLANCE_TUI_PYTHON (one that can
// import openstack) say where they are when not in their usual places.
package clients_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
)

// client is what a client does for someone who is logged in. What it says it
// did is not believed: the story looks at the service itself.
type client interface {
	// List gives the names of the images in a status.
	List(status string) ([]string, error)
	Show(id string) (shown, error)
	// Create makes an image, of the formats raw and bare, with data and with the
	// property color.
	Create(name, data, color string) (id string, err error)
	Download(id string) (string, error)
	// Set gives it a name, a number of GiB, a visibility and a color.
	Set(id, name string, minDisk int, visibility, color string) error
	Unset(id, property string) error
	Tag(id, tag string) error
	AddLocation(id, url string) error
	RemoveLocation(id, url string) error
	Share(id, project string) error
	// Accept is for the project that an image is shared with.
	Accept(id, project string) error
	// Members are "project status".
	Members(id string) ([]string, error)
	Deactivate(id string) error
	Reactivate(id string) error
	Delete(id string) error
}

// errCannot is for what a client has no call or command for.
var errCannot = errors.New("the client cannot do that")

// shown is what a client says about an image.
type shown struct {
	Name, Status string
	Size         int64
}

// state is what the service holds of an image.
type state struct {
	shown
	Visibility string
	MinDisk    int `json:"min_disk"`
	Color      string
	Tags       []string
	Locations  []struct{ URL string }
}

// scene is a story while it is played.
type scene struct {
	t     *testing.T
	cloud cloud
	who   client // the administrator
	guest client // an ordinary member of another project
	id    string
}

const (
	data   = "some data"
	mirror = "http://mirror.example.org/f3.raw"
)

// story is what every client does, in order. do says what went wrong; then is
// what the service must hold after it. A step with nothing after it only reads.
var story = []struct {
	step string
	do   func(s *scene) error
	then func(want *state)
}{
	{step: "list", do: func(s *scene) error {
		names, err := s.who.List("queued")
		return s.same(err, slices.Contains(names, "Fedora 17") && !slices.Contains(names, ""), true)
	}},
	{step: "create and upload", do: func(s *scene) (err error) {
		s.id, err = s.who.Create("made", data, "red")
		return err
	}, then: func(want *state) {
		*want = state{shown: shown{"made", "active", int64(len(data))}, Visibility: "shared", Color: "red", Tags: []string{}, Locations: want.Locations}
	}},
	{step: "show", do: func(s *scene) error {
		got, err := s.who.Show(s.id)
		return s.same(err, got, shown{"made", "active", int64(len(data))})
	}},
	{step: "download", do: func(s *scene) error {
		got, err := s.who.Download(s.id)
		return s.same(err, got, data)
	}},
	{step: "set", do: func(s *scene) error { return s.who.Set(s.id, "дом", 3, "public", "a=b/c") },
		then: func(want *state) {
			want.Name, want.MinDisk, want.Visibility, want.Color = "дом", 3, "public", "a=b/c"
		}},
	{step: "unset", do: func(s *scene) error { return s.who.Unset(s.id, "color") },
		then: func(want *state) { want.Color = "" }},
	{step: "tag", do: func(s *scene) error { return s.who.Tag(s.id, "lts") },
		then: func(want *state) { want.Tags = []string{"lts"} }},
	{step: "add a location", do: func(s *scene) error { return s.who.AddLocation(s.id, mirror) },
		then: func(want *state) { want.Locations = append(want.Locations, struct{ URL string }{mirror}) }},
	{step: "remove a location", do: func(s *scene) error { return s.who.RemoveLocation(s.id, mirror) },
		then: func(want *state) { want.Locations = want.Locations[:1] }},
	{step: "set it shared", do: func(s *scene) error { return s.who.Set(s.id, "дом", 3, "shared", "blue") },
		then: func(want *state) { want.Visibility, want.Color = "shared", "blue" }},
	{step: "share", do: func(s *scene) error {
		if err := s.who.Share(s.id, s.cloud.guest); err != nil {
			return err
		}
		got, err := s.who.Members(s.id)
		return s.same(err, got, []string{s.cloud.guest + " pending"})
	}},
	{step: "accept", do: func(s *scene) error {
		if err := s.guest.Accept(s.id, s.cloud.guest); err != nil {
			return err
		}
		got, err := s.who.Members(s.id)
		return s.same(err, got, []string{s.cloud.guest + " accepted"})
	}},
	{step: "deactivate", do: func(s *scene) error { return s.who.Deactivate(s.id) },
		then: func(want *state) { want.Status = "deactivated" }},
	{step: "be refused the data of a deactivated image", do: func(s *scene) error {
		if got, err := s.guest.Download(s.id); err == nil {
			return errors.New("downloaded " + got)
		}
		return nil
	}},
	{step: "reactivate", do: func(s *scene) error { return s.who.Reactivate(s.id) },
		then: func(want *state) { want.Status = "active" }},
	{step: "delete", do: func(s *scene) error {
		if err := s.who.Delete(s.id); err != nil {
			return err
		}
		if _, err := s.who.Show(s.id); err == nil {
			return errors.New("a deleted image is shown")
		}
		return nil
	}},
}

func TestStory(t *testing.T) {
	for _, row := range []struct {
		name   string
		login  func(t *testing.T, a account) client
		cannot []string // steps that it has nothing for
	}{
		{"openstack", newOpenStack, []string{"add a location", "remove a location"}},
		{"glance", newGlance, nil},
		{"openstacksdk", newSDK, nil},
		{"gophercloud", newGophercloud, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			c := open(t)
			play(&scene{t: t, cloud: c, who: row.login(t, c.admin()), guest: row.login(t, c.member())}, row.cannot)
		})
	}
}

// play does the story step by step and compares the service with what must
// have come of it.
func play(s *scene, cannot []string) {
	var want state
	for _, step := range story {
		err := step.do(s)
		if slices.Contains(cannot, step.step) {
			if !errors.Is(err, errCannot) {
				s.t.Errorf("%s: it can, after all (%v)", step.step, err)
			}
			continue
		}
		if err != nil {
			s.t.Fatalf("%s: %v", step.step, err)
		}
		if step.then == nil {
			continue
		}
		got := s.cloud.state(s.t, s.id)
		if want.Locations == nil { // where the data is, the service says
			want.Locations = got.Locations
		}
		step.then(&want)
		if !reflect.DeepEqual(got, want) || !strings.HasPrefix(got.Locations[0].URL, "file:") {
			s.t.Fatalf("%s:\n got %+v\nwant %+v", step.step, got, want)
		}
	}
}

// same is an error, or that something is not what it should be.
func (*scene) same(err error, got, want any) error {
	if err == nil && !reflect.DeepEqual(got, want) {
		g, _ := json.Marshal(got)
		w, _ := json.Marshal(want)
		err = errors.New("got " + string(g) + ", want " + string(w))
	}
	return err
}

// cloud is a running service.
type cloud struct {
	url, auth string
	guest     string // the id of the member's project
}

// account is who logs in where.
type account struct{ auth, user, project string }

func open(t *testing.T) cloud {
	t.Helper()
	running := demotest.Start(t, demo.Options{Still: true})
	c := cloud{url: running.URL, auth: running.AuthURL}
	c.guest = projectOf(t, c.member())
	return c
}

func (c cloud) admin() account  { return account{c.auth, demo.Username, demo.Project} }
func (c cloud) member() account { return account{c.auth, demo.MemberUsername, demo.MemberProject} }

// state reads an image without any client.
func (c cloud) state(t *testing.T, id string) (s state) {
	t.Helper()
	answer, err := http.Get(c.url + "/v2/images/" + id)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if err := json.NewDecoder(answer.Body).Decode(&s); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s, %v", id, answer.Status, err)
	}
	return s
}
