package flow

import (
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/test/terminal"
)

func TestNothingConfiguredOffersTheDemo(t *testing.T) {
	t.Parallel()
	m := run(t, 80, 24, nil)
	m.WaitFor("Open the demo", "clouds.yaml")
	m.Press("enter")
	m.WaitFor("Fedora 17")
}

func TestNothingListens(t *testing.T) {
	t.Parallel()
	m := run(t, 80, 24, nil, "--os-auth-type", "none", "--os-endpoint", "http://127.0.0.1:1")
	m.WaitFor("Could not read the list", "Connection to 127.0.0.1:1 refused", "ctrl+r")
}

func TestWrongPassword(t *testing.T) {
	t.Parallel()
	server := start(t, demo.Options{Still: true})
	m := run(t, 80, 24, nil, "--os-auth-url", server+"/identity/v3", "--os-username", "admin", "--os-password", "wrong-one",
		"--os-project-name", "platform", "--os-user-domain-name", "Default", "--os-project-domain-name", "Default")
	m.WaitFor("Could not log in", "does not accept these credentials", "check user, password, project")
	if strings.Contains(string(m.Raw()), "wrong-one") {
		t.Error("the password is on the screen")
	}
}

// TestImageDeletedMeanwhile: someone deletes the image while the form is open.
func TestImageDeletedMeanwhile(t *testing.T) {
	t.Parallel()
	server := start(t, demo.Options{Still: true})
	m := open(t, server, "Fedora 17")
	m.Press("e")
	m.WaitFor("No changes yet")
	m.Type(" Server")
	erase(t, server, "Fedora 17")
	m.Press("ctrl+s")
	m.WaitFor("Review")
	m.Press("enter")
	m.WaitFor("This image was deleted", "your input is kept")
	m.Press("esc")
	m.WaitFor("Fedora 17 Server")
}

// TestRefusedLocation: the server does not take the URL; the form keeps it.
func TestRefusedLocation(t *testing.T) {
	t.Parallel()
	const url = "http://nowhere.invalid/f17.qcow2"
	server := start(t, demo.Options{Still: true})
	m := open(t, server, "Fedora 17")
	m.Press("e")
	m.WaitFor("No changes yet")
	focusOn(m, "add a location")
	m.Type(url)
	m.WaitFor("1 operation")
	m.Press("ctrl+s")
	m.WaitFor("Review", "enter")
	m.Press("enter")
	m.WaitFor("400 Bad Request", "nothing was changed", "because", "you can")
	m.Press("esc")
	m.WaitFor("Edit Fedora 17", url)
}

// TestForbidden: a member edits an image of someone else.
func TestForbidden(t *testing.T) {
	t.Parallel()
	server := start(t, demo.Options{Still: true})
	m := run(t, 80, 24, nil, "--os-auth-url", server+"/identity/v3", "--os-username", "demo", "--os-password", demo.Password,
		"--os-project-name", "demo", "--os-user-domain-name", "Default", "--os-project-domain-name", "Default")
	pick(m, "almalinux-10")
	m.Press("e")
	m.WaitFor("View almalinux-10", "Read-only for you")
	m.Type("-not")
	m.Press("ctrl+e")
	m.WaitFor("Edit almalinux-10", "No changes yet")
	m.Type("-mine")
	m.WaitFor("1 operation")
	m.Press("ctrl+s")
	m.WaitFor("Review", "rename")
	m.Press("enter")
	m.WaitFor("403 Forbidden", "nothing was changed", "because", "you can")
	m.Press("esc")
	m.WaitFor("almalinux-10-mine")
}

// TestActiveToQueuedOnAnOldServer: taking the last location away, which servers
// of 2015 allow, and which later ones refuse before anything is sent.
func TestActiveToQueuedOnAnOldServer(t *testing.T) {
	t.Parallel()
	const image = "only-on-the-web"
	t.Run("2015", func(t *testing.T) {
		m := run(t, 100, 30, nil, "--demo", "--release", "2015")
		removeLocation(m, image)
		m.WaitFor("1 operation", "queued")
		m.Press("ctrl+s")
		m.WaitFor("Review", "Type queued to confirm")
		m.Type("queued")
		m.Press("enter")
		m.WaitFor("200 OK", "● active", "◌ queued", "as predicted")
	})
	t.Run("later", func(t *testing.T) {
		m := run(t, 100, 30, nil, "--demo")
		removeLocation(m, image)
		m.WaitFor("at least one location")
	})
}

func removeLocation(m *terminal.Terminal, image string) {
	pick(m, image)
	m.Press("e")
	m.WaitFor("No changes yet")
	focusOn(m, "http")
	m.Press("ctrl+k")
}
