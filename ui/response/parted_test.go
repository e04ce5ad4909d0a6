package response

import (
	"context"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

// An edit that deletes data goes in two requests: the second, which deletes,
// only after the first was accepted and left the image as it was to.

// parted is prepare for an edit in as many requests as are safe.
func parted(base, wanted model.Image) stage {
	return agreed(base, wanted, false, nil, nil)
}

// onPatch runs before the nth edit is applied, counted from 1.
func (s stage) onPatch(n int, do func() error) {
	s.service.BeforePatch = func(context.Context) error {
		if len(s.service.Patches()) == n {
			return do()
		}
		return nil
	}
}

// onGet runs before the first reading, the one between the two requests.
func (s stage) onGet(do func() error) {
	s.service.BeforeGet = func(_ context.Context, n int) error {
		if n == 1 {
			return do()
		}
		return nil
	}
}

func (s stage) has(url string) bool {
	return slices.ContainsFunc(s.service.Image(s.base().ID).Locations, func(l model.Location) bool { return l.URL == url })
}

// keepsData: the file that the edit was to delete is still a location.
func (s stage) keepsData(t *testing.T, patches int) {
	t.Helper()
	if n := len(s.service.Patches()); n != patches {
		t.Errorf("%d requests were sent, want %d", n, patches)
	}
	if !s.has(s.base().Locations[0].URL) {
		t.Error("the data is gone")
	}
}

func TestTwoRequestsThatAreBothAccepted(t *testing.T) {
	s := parted(move())
	s.send()
	s.golden(t, "parted-success")
	s.shows(t, "✓ Request 2 of 2: 200 OK req-5c1f2e8a", "request 1 ✓ 200 OK, 41 ms 2 operations: rename, location",
		"request 2 ✓ 200 OK, 41 ms remove the location file:///var/lib", `name "ubuntu-24.04-server" → "ubuntu-24.04 LTS"`)
	patches := s.service.Patches()
	if len(patches) != 2 || len(patches[0]) != 2 || string(patches[1].JSON()) != `[{"op":"remove","path":"/locations/0"}]` {
		t.Errorf("sent %v", patches)
	}
	if s.service.Gets() != 2 {
		t.Errorf("the image was read %d times: once between, once after", s.service.Gets())
	}
	told := 0
	for _, m := range s.msgs {
		if done, ok := m.(screen.Sent); ok {
			told++
			if done.Before.Name.Value != "ubuntu-24.04-server" || len(done.After.Locations) != 2 {
				t.Errorf("told of %+v", done)
			}
		}
	}
	if told != 1 {
		t.Errorf("the others are told %d times", told)
	}
	s.lookOn()
	if s.watching() || !found[screen.Home](s.press(uitest.Keys("esc"))) {
		t.Error("it is not done")
	}
}

func TestBothRequestsAreFollowedInFlight(t *testing.T) {
	s := parted(move())
	s.SetSize(80, 20)
	first := s.Init()
	s.golden(t, "parted-first")
	s.shows(t, "Sending request 1 of 2: 2 operations", "Request 2 of 2 waiting for the first request")
	read := s.Update(first())
	s.golden(t, "parted-between")
	s.shows(t, "Request 1 of 2 accepted; checking the image before the next", "Request 1 of 2 200 OK, 41 ms", "Request 2 of 2 waiting for the check of the image")
	second := s.Update(read())
	s.golden(t, "parted-second")
	s.shows(t, "Sending request 2 of 2: 1 operation", "The server is deleting the data", "Request 2 of 2 in progress")
	if s.Unsaved() == "" {
		t.Error("quitting would not ask")
	}
	s.press(second)
	s.shows(t, "Request 2 of 2: 200 OK")
}

func TestARefusalOfTheFirstCostsNoData(t *testing.T) {
	s := parted(move())
	s.onPatch(1, func() error {
		return fakeservice.Refused(413, "The limit has been exceeded on the number of allowed image properties. Attempted: 3, Maximum: 2", "send the edit", api.Exchange{})
	})
	s.send()
	s.golden(t, "parted-first-refused")
	s.shows(t, "✗ Request 1 of 2: 413", "nothing was changed", "The second request, which deletes data, was not sent. Nothing was deleted.",
		"request 2 – not sent")
	s.keepsData(t, 1)
	if s.service.Gets() != 0 || found[screen.Sent](s.msgs) {
		t.Error("a plain refusal needs no reading and is no success")
	}
	if again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("r"))); !ok || again.Base.Name.Value != "ubuntu-24.04-server" {
		t.Error("r does not go back through the review")
	}
}

func TestARefusalOfTheSecondSaysWhatIsDone(t *testing.T) {
	s := parted(move())
	s.onPatch(2, func() error {
		return fakeservice.Refused(403, "You are not authorized to complete delete_image_location action.", "send the edit", api.Exchange{})
	})
	s.send()
	s.golden(t, "parted-second-refused")
	s.shows(t, "✗ Request 2 of 2: 403 Forbidden", "applied except the removal",
		"The first request was applied. The second was rejected: nothing was deleted.",
		"refused operation 3: remove the location file:///var/lib/glance/images", "Locations now 3", "with the remaining changes")
	s.keepsData(t, 2)
	if found[screen.Sent](s.msgs) {
		t.Error("the others are told of a success")
	}
	if seen, ok := uitest.Find[screen.ImageSeen](s.msgs); !ok || seen.Image.Name.Value != "ubuntu-24.04 LTS" || len(seen.Image.Locations) != 3 {
		t.Error("the form does not learn what is done")
	}
	again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("r")))
	if !ok {
		t.Fatal("r does not go back through the review")
	}
	rest, err := rules.Diff(again.Base, again.Wanted)
	if err != nil || string(rest.JSON()) != `[{"op":"remove","path":"/locations/0"}]` {
		t.Errorf("left is %s, %v", rest.JSON(), err)
	}
}

func TestAListThatWasNotPredictedEndsIt(t *testing.T) {
	s := parted(move())
	s.onGet(func() error {
		s.service.Change(s.base().ID, func(i *model.Image) {
			precious := model.Location{URL: "rbd://pool/precious", Metadata: map[string]any{}}
			i.Locations = append([]model.Location{precious}, i.Locations...)
		})
		return nil
	})
	s.send()
	s.golden(t, "parted-not-predicted")
	s.shows(t, "▲ Request 2 of 2 was not sent", "nothing was deleted", "locations are not the expected ones", "Locations now 4", "Also changed, not by this edit")
	s.keepsData(t, 1)
	if !s.has("rbd://pool/precious") || s.watching() {
		t.Error("it goes on")
	}
	again, ok := uitest.Find[screen.Review](s.press(uitest.Keys("r")))
	if !ok {
		t.Fatal("r does not go back through the review")
	}
	rest, err := rules.Diff(again.Base, again.Wanted)
	if err != nil || string(rest.JSON()) != `[{"op":"remove","path":"/locations/1"}]` {
		t.Errorf("left is %s, %v", rest.JSON(), err)
	}
}

func TestWhatSomeoneElseRemovedAlreadyIsNotSent(t *testing.T) {
	s := parted(move())
	s.onGet(func() error {
		s.service.Change(s.base().ID, func(i *model.Image) { i.Locations = i.Locations[1:] })
		return nil
	})
	s.send()
	s.shows(t, "✓ Request 2 of 2 was not sent", "already done")
	if len(s.service.Patches()) != 1 || !found[screen.Sent](s.msgs) {
		t.Error("the edit is as wanted, and no one is told")
	}
}

func TestAnImageThatCannotBeReadInBetweenKeepsItsData(t *testing.T) {
	s := parted(move())
	down := fakeservice.Refused(503, "down", "read the image", api.Exchange{})
	s.service.BeforeGet = func(context.Context, int) error { return down }
	s.send()
	s.golden(t, "parted-unread")
	s.shows(t, "▲ Request 2 of 2 was not sent", "could not be read after it", "Could not read the image")
	s.keepsData(t, 1)
	s.service.BeforeGet = nil
	s.press(uitest.Keys("ctrl+r"))
	s.shows(t, "nothing was deleted", "with the remaining changes")
	s.keepsData(t, 1)
}

func TestAnImageThatVanishesInBetween(t *testing.T) {
	s := parted(move())
	s.onGet(func() error { s.service.Delete(s.base().ID); return nil })
	s.send()
	s.shows(t, "Request 2 of 2 was not sent", "This image was deleted while your edit was in progress")
	if !found[screen.ImageGone](s.msgs) || len(s.service.Patches()) != 1 || s.watching() {
		t.Error("it goes on")
	}
}

func TestALostAnswerOfTheFirstEndsIt(t *testing.T) {
	for _, c := range []struct {
		name, shows string
		done        bool
	}{
		{"not done", "not applied so far", false},
		{"done", "The first request was applied nevertheless. The second request, which deletes data, was not sent. Nothing was deleted.", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := parted(move())
			if c.done {
				s.service.AfterPatch = func() error { return fakeservice.Lost() }
			} else {
				s.onPatch(1, func() error { return fakeservice.Lost() })
			}
			s.send()
			s.shows(t, "Request 1 of 2: no response", c.shows)
			s.keepsData(t, 1)
			if found[screen.Sent](s.msgs) {
				t.Error("the others are told of a success")
			}
		})
	}
}

func TestALostAnswerOfTheSecondIsLookedInto(t *testing.T) {
	t.Run("not done", func(t *testing.T) {
		s := parted(move())
		s.onPatch(2, func() error { return fakeservice.Lost() })
		s.send()
		s.golden(t, "parted-second-lost")
		s.shows(t, "Request 2 of 2: no response", "applied except the removal", "all locations are still listed")
		s.keepsData(t, 2)
		if !s.watching() {
			t.Error("it may still be applied, and no one looks")
		}
	})
	t.Run("done", func(t *testing.T) {
		s := parted(move())
		s.service.AfterPatch = func() error {
			if len(s.service.Patches()) == 2 {
				return fakeservice.Lost()
			}
			return nil
		}
		s.send()
		s.shows(t, "applied nevertheless", "Both requests were applied.")
		if !found[screen.Sent](s.msgs) || len(s.service.Patches()) != 2 {
			t.Error("no one is told")
		}
	})
}

// Of two removals the first took effect, then the server failed.
func TestASecondThatIsDoneInPart(t *testing.T) {
	base, wanted := rename()
	base.Locations = append(base.Locations, model.Location{URL: "rbd://pool/x", Metadata: map[string]any{}})
	wanted.Locations = base.Clone().Locations[1:2]
	s := parted(base, wanted)
	s.onPatch(2, func() error {
		s.service.Change(base.ID, func(i *model.Image) { i.Locations = i.Locations[:2] })
		return fakeservice.Refused(500, "oops", "send the edit", api.Exchange{})
	})
	s.send()
	s.shows(t, "partly applied", "the second at least partly: data was deleted", "Locations now 2")
}

func TestEscStopsBeforeTheSecond(t *testing.T) {
	t.Run("while the first is in flight", func(t *testing.T) {
		s := parted(move())
		s.SetSize(80, 20)
		first := s.Init()
		s.press(uitest.Keys("esc"))
		s.press(first) // the answer comes all the same
		s.shows(t, "Request 2 of 2 was not sent", "You stopped waiting.", "nothing was deleted")
		s.keepsData(t, 1)
	})
	t.Run("in between", func(t *testing.T) {
		s := parted(move())
		s.SetSize(80, 20)
		read := s.Update(s.Init()())
		s.press(uitest.Keys("esc"))
		if cmd := s.Update(read()); cmd != nil {
			t.Error("the late reading is taken")
		}
		s.shows(t, "Request 2 of 2 was not sent", "nothing was deleted", "with the remaining changes")
		s.keepsData(t, 1)
		if !found[screen.Back](s.press(uitest.Keys("esc"))) {
			t.Error("esc does not go back to the form")
		}
	})
}

func TestBothExchangesAreShownAndCopied(t *testing.T) {
	s := parted(move())
	s.onPatch(2, func() error { return fakeservice.Refused(403, "no", "send the edit", api.Exchange{}) })
	s.send()
	s.press(uitest.Keys("tab"))
	s.golden(t, "parted-exchange")
	s.shows(t, "Request 1 of 2", "Request 2 of 2", "Response 1 of 2 200 OK", "Response 2 of 2 403 Forbidden")
	copied := func(s stage) string {
		text, _ := uitest.Find[screen.Copy](s.press(uitest.Keys("y")))
		return text.Text
	}
	rest := copied(s)
	for _, part := range []string{"PATCH /v2/images/", `"value": "ubuntu-24.04 LTS"`, "HTTP 200 OK", "PATCH /v2/images/", `"/locations/0"`, "HTTP 403 Forbidden"} {
		at := strings.Index(rest, part)
		if at < 0 {
			t.Fatalf("%q is not where it should be in\n%s", part, copied(s))
		}
		rest = rest[at+len(part):]
	}
	s = parted(move())
	s.onPatch(1, func() error { return fakeservice.Refused(403, "no", "send the edit", api.Exchange{}) })
	s.send()
	if text := copied(s); !strings.Contains(text, "Request 2 of 2 was not sent") || strings.Contains(text, `"remove"`) {
		t.Errorf("copied\n%s", text)
	}
}

// Whatever fails and whoever else edits: each request is sent at most once, the
// second only after the first was applied, and no data goes that was not
// to go.
func TestNoDataGoesThatWasToStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		urls := []string{"file:///a", "rbd://b", "http://c", "file:///d", "https://e"}
		base := uitest.Active()
		base.Locations = nil
		for _, u := range rapid.Permutation(urls).Draw(t, "urls") {
			base.Locations = append(base.Locations, model.Location{URL: u, Metadata: map[string]any{}})
		}
		wanted := base.Clone()
		wanted.Name = model.Some("new")
		keep := rapid.SliceOfNDistinct(rapid.SampledFrom(urls), 1, 4, func(s string) string { return s }).Draw(t, "keep")
		wanted.Locations = slices.DeleteFunc(wanted.Locations, func(l model.Location) bool { return !slices.Contains(keep, l.URL) })
		s := parted(base, wanted)
		const others = "file:///others"
		mayGo := map[string]bool{others: true} // until it is there
		for _, l := range base.Locations {
			mayGo[l.URL] = !slices.Contains(keep, l.URL)
		}
		mischief := func(what string) error {
			switch rapid.IntRange(0, 7).Draw(t, what) {
			case 0:
				return fakeservice.Lost()
			case 1:
				return fakeservice.Refused(rapid.SampledFrom([]int{403, 409, 413, 500}).Draw(t, "code"), "no", "send the edit", api.Exchange{})
			case 2:
				s.service.Change(base.ID, func(i *model.Image) {
					i.Locations = append([]model.Location{{URL: others, Metadata: map[string]any{}}}, i.Locations...)
				})
				mayGo[others] = false
			case 3:
				s.service.Change(base.ID, func(i *model.Image) {
					if len(i.Locations) > 1 {
						mayGo[i.Locations[0].URL] = true
						i.Locations = i.Locations[1:]
					}
				})
			case 4:
				s.service.Change(base.ID, func(i *model.Image) { slices.Reverse(i.Locations) })
			}
			return nil
		}
		s.service.BeforePatch = func(context.Context) error {
			// No one else edits now: between the last reading and the edit no
			// client can notice it, since no request says which image it is for.
			if rapid.IntRange(0, 3).Draw(t, "before the edit") == 0 {
				return fakeservice.Lost()
			}
			return nil
		}
		s.service.AfterPatch = func() error { return mischief("after the edit") }
		s.service.BeforeGet = func(context.Context, int) error { return mischief("before the reading") }
		s.send()
		uitest.Run(s.Response, uitest.Keys("ctrl+r", "enter"), s.Init())

		patches := s.service.Patches()
		if len(patches) > len(s.requests()) {
			t.Fatalf("%d requests were sent of %d", len(patches), len(s.requests()))
		}
		for n, p := range patches {
			if string(p.JSON()) != string(s.requests()[n].Patch.JSON()) {
				t.Fatalf("sent %s, want %s", p.JSON(), s.requests()[n].Patch.JSON())
			}
		}
		for url, may := range mayGo {
			if !may && !s.has(url) {
				t.Fatalf("%s is gone", url)
			}
		}
	})
}
