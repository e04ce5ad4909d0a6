package cli

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/glance-tui/glance-tui/client"
	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/demo/demotest"
	"github.com/glance-tui/glance-tui/ui/list"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

// TestBothFiltersFindTheSame runs filters through the terminal UI's list and
// through the list command. What the command leaves out unless it is asked for
// (hidden images, community images of others) is left out of the UI's rows.
func TestBothFiltersFindTheSame(t *testing.T) {
	service := demotest.Start(t, demo.Options{Still: true, Images: 200})
	c := client.New(client.Options{Endpoint: service.URL})
	t.Cleanup(c.Close)
	ctx := uitest.Context(c)
	ctx.Now = time.Now
	l := list.New(ctx)
	uitest.Start(l, 120, 40)

	inUI := func(filter string) (ids []string) {
		out := uitest.Run(l, uitest.Keys("esc", "esc", "/"), uitest.Type(filter), uitest.Keys("enter", "ctrl+a", "y"))
		if copied, ok := uitest.Find[screen.Copy](out); ok {
			ids = strings.Fields(copied.Text)
		}
		uitest.Run(l, uitest.Keys("ctrl+a"))
		return ids
	}
	onCommandLine := func(filter string) (ids []string) {
		got := run("", "list", "--format", "json", "--os-auth-type", "none", "--os-endpoint", service.URL, "--", filter)
		if got.status == exitUsage {
			return nil // and the UI shows no rows
		}
		var images []struct{ ID string }
		if err := json.Unmarshal([]byte(got.out), &images); err != nil || got.status != 0 {
			t.Fatalf("%q: %d %s %v", filter, got.status, got.err, err)
		}
		for _, img := range images {
			ids = append(ids, img.ID)
		}
		return ids
	}
	all, hidden, community := onCommandLine(""), onCommandLine("hidden:yes"), onCommandLine("visibility:community")
	first, empty := all[0][:3], 0
	for _, filter := range []string{
		"ubuntu", "UBUNTU server", "ubsrv", "fdra", "u", "!ubuntu", `"17"`, "lts", "17 fedora", first, strings.ToUpper(first), all[0][4:12],
		"status:queued", "st:q,act", "!status:active", "status:quued", "s:q", "nosuch:x", "status:", "vis:pub", "visibility:private,shared", "visibility:community",
		"tag:lts", "tag:~l", `tag:""`, "size:>1G", "si:<100M", "size:zero", "owner:me", "updated:<2d", "created:>2026-01-01", "cre:<1y", "created:yesterday",
		"prop:os_distro=ubuntu", "prop:os_distro", "!prop:os_distro", "format:qcow2", "container:bare", "location:~http", "protected:yes", "hidden:yes", "hid:y", "hidden:no",
		"min_disk:>1", "min_ram:>=512", "id:" + first, `name:"Fedora 17"`, "name:~fedora !status:active size:>1",
	} {
		ui, cli := inUI(filter), onCommandLine(filter)
		ui = slices.DeleteFunc(ui, func(id string) bool {
			return slices.Contains(hidden, id) && !strings.HasPrefix(filter, "hid") ||
				slices.Contains(community, id) && !slices.Contains(all, id) && !strings.HasPrefix(filter, "vis")
		})
		slices.Sort(ui)
		slices.Sort(cli)
		if !slices.Equal(ui, cli) {
			t.Errorf("%q: %d images in the UI, %d by list", filter, len(ui), len(cli))
		}
		if len(cli) == 0 {
			empty++
		}
	}
	if empty > 16 {
		t.Errorf("%d filters find nothing: the table says little", empty)
	}
}
