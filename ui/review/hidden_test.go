package review_test

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/review"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// TestAHiddenLocationIsCalledFor: both requests are shown as they will be sent.
func TestAHiddenLocationIsCalledFor(t *testing.T) {
	base := uitest.Fedora()
	base.LocationsShown = false
	wanted := base.Clone()
	wanted.DiskFormat, wanted.ContainerFormat = model.Some("qcow2"), model.Some("bare")
	wanted.Locations, wanted.LocationsShown = []model.Location{{URL: "http://mirror/f17.qcow2"}}, true
	s := on(base, wanted)
	rules := rules.Rules{LocationCalls: true}
	s.Review = review.New(s.ctx, screen.Review{Base: base, Wanted: wanted, Rules: rules})
	uitest.Start(s.Review, 80, 20)
	s.golden(t, "hidden")
	s.shows(t, "Two requests: the second is sent only if the first succeeds.", "Operations 3 in 2 requests",
		"POST /v2/images/da3b75d9-3f4a-40e7-8a2c-bfab23927dea/locations", "Content-Type: application/json", `{"url": "http://mirror/f17.qcow2"}`,
		"the image becomes active and usable")
	s.press(uitest.Keys("1"))
	s.shows(t, "Two requests:")
	copied, _ := uitest.Find[screen.Copy](s.press(uitest.Keys("c")))
	if !strings.Contains(copied.Text, "-X POST") || !strings.Contains(copied.Text, "/locations") {
		t.Errorf("curl: %s", copied.Text)
	}
	got, ok := sent(t, s.press(uitest.Keys("enter")))
	if !ok || len(got.Run.Edit().Plan().Patches()) != 2 || len(got.Run.Edit().Plan().Patches()[1]) != 1 {
		t.Errorf("sent %v", got.Run.Edit().Plan().Patches())
	}
}
