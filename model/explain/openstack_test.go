package explain_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/modeltest"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules/rulestest"
)

// FedoraID is the ID of most test images.

func TestOpenStack(t *testing.T) {
	for _, c := range []struct{ operation, command, cannot string }{
		{`"replace","path":"/name","value":"x"`, `openstack image set --name=x `, ``},
		{`"replace","path":"/name","value":"-x y"`, `openstack image set --name='-x y' `, ``},
		{`"replace","path":"/name","value":""`, `openstack image set --name='' `, ``},
		{`"replace","path":"/name","value":null`, ``, `clear the name: the openstack client sends only a text`},
		{`"replace","path":"/name","value":"a\u0000b"`, ``, `rename it to "a\x00b": no command can hold the character 0`},
		{`"replace","path":"/name","value":"a\\u0000b"`, `openstack image set --name='a\u0000b' `, ``},
		{`"replace","path":"/visibility","value":"public"`, `openstack image set --public `, ``},
		{`"replace","path":"/visibility","value":"private"`, `openstack image set --private `, ``},
		{`"replace","path":"/visibility","value":"shared"`, `openstack image set --shared `, ``},
		{`"replace","path":"/visibility","value":"community"`, `openstack image set --community `, ``},
		{`"replace","path":"/protected","value":true`, `openstack image set --protected `, ``},
		{`"replace","path":"/protected","value":false`, `openstack image set --unprotected `, ``},
		{`"replace","path":"/os_hidden","value":true`, `openstack image set --hidden `, ``},
		{`"replace","path":"/os_hidden","value":false`, `openstack image set --unhidden `, ``},
		{`"replace","path":"/min_disk","value":20`, `openstack image set --min-disk=20 `, ``},
		{`"replace","path":"/min_ram","value":0`, `openstack image set --min-ram=0 `, ``},
		{`"replace","path":"/disk_format","value":"qcow2"`, `openstack image set --disk-format=qcow2 `, ``},
		{`"replace","path":"/disk_format","value":null`, ``, `clear the disk format: the openstack client sends only a text`},
		{`"replace","path":"/container_format","value":"ovf"`, `openstack image set --container-format=ovf `, ``},
		{`"replace","path":"/container_format","value":"compressed"`, ``,
			`set the container format to compressed: the openstack client does not know this format`},
		{`"replace","path":"/owner","value":"p2"`, `openstack image set --project=p2 `, ``},
		{`"replace","path":"/owner","value":null`, ``, `take its owner away: the openstack client has no option for it`},
		{`"replace","path":"/tags","value":["beefy","fedora","lts","a b"]`, `openstack image set --tag='a b' --tag=lts `, ``},
		{`"replace","path":"/tags","value":["beefy"]`, `openstack image unset --tag=fedora `, ``},
		{`"add","path":"/os_version","value":"a=b c"`, `openstack image set --property='os_version=a=b c' `, ``},
		{`"add","path":"/a=b","value":"c"`, ``, `set property a=b to c: the openstack client takes the first = for the end of the name`},
		{`"add","path":"/","value":"c"`, ``, `set property "" to c: the openstack client wants a name before the =`},
		{`"replace","path":"/kernel_id","value":null`, ``, `clear property kernel_id but keep it, as null: the openstack client sends only a text`},
		{`"add","path":"/image","value":"c"`, ``, `set property image to c: the openstack client takes this name for something else`},
		{`"remove","path":"/os_distro"`, `openstack image unset --property=os_distro `, ``},
	} {
		command, cannot := explain.OpenStack(modeltest.Fedora(t), rulestest.PatchOf(t, `[{"op":`+c.operation+`}]`))
		want := c.command
		if want != "" {
			want += modeltest.FedoraID
		}
		if command != want {
			t.Errorf("%s\n got %s\nwant %s", c.operation, command, want)
		}
		if got := strings.Join(cannot, "\n"); got != c.cannot {
			t.Errorf("%s cannot\n got %s\nwant %s", c.operation, got, c.cannot)
		}
	}
}

func TestOpenStackUnsetsOnlyTagsThatItCanAddress(t *testing.T) {
	i := modeltest.Fedora(t)
	i.Tags = []string{"", ".", "a/b", "a?b", "a#b", "50%", "..", "ok", "two words", "名", "a;b", "\u200b"}
	command, cannot := explain.OpenStack(i, patch.Patch{{Op: patch.OpReplace, Path: "/tags", Value: []string{}}})
	if want := "openstack image unset --tag=ok --tag='two words' --tag='名' " + modeltest.FedoraID; !strings.HasSuffix(strings.ReplaceAll(command, " \\\n  ", " "), want) {
		t.Errorf("got %s, want %s", command, want)
	}
	if len(cannot) != 9 {
		t.Errorf("cannot: %q", cannot)
	}
}

func TestOpenStackSetsFirstAndUnsetsThen(t *testing.T) {
	p := patch.Patch{
		{Op: patch.OpRemove, Path: "/os_distro"},
		{Op: patch.OpReplace, Path: "/name", Value: "first"},
		{Op: patch.OpReplace, Path: "/name", Value: "Fedora 17 Server"},
		{Op: patch.OpReplace, Path: "/tags", Value: []string{"fedora", "lts"}},
	}
	command, cannot := explain.OpenStack(modeltest.Fedora(t), p)
	want := `openstack image set \
  --name='Fedora 17 Server' \
  --tag=lts \
  ` + modeltest.FedoraID + ` &&
openstack image unset \
  --property=os_distro \
  --tag=beefy \
  ` + modeltest.FedoraID
	if command != want || len(cannot) > 0 {
		t.Errorf("got\n%s\n%q, want\n%s", command, cannot, want)
	}

	full := modeltest.Fedora(t)
	full.Tags = nil
	for n := range 128 {
		full.Tags = append(full.Tags, fmt.Sprintf("t%03d", n))
	}
	command, _ = explain.OpenStack(full, patch.Patch{{Op: patch.OpReplace, Path: "/tags", Value: append([]string{"new"}, full.Tags[1:]...)}})
	if want := "openstack image unset --tag=t000 " + modeltest.FedoraID + " &&\nopenstack image set --tag=new " + modeltest.FedoraID; command != want {
		t.Errorf("at the quota: got %s, want %s", command, want)
	}
}

func TestOpenStackRefersToGlanceForLocations(t *testing.T) {
	const (
		file = `{"url":"file:///images/da3b","metadata":{"store":"local"}}`
		http = `{"url":"http://mirror/f17.qcow2","metadata":{"region":"north"}}`
		rbd  = `{"url":"rbd://pool/f17","metadata":{}}`
		curl = `: neither the openstack nor the glance client can do it; use curl`
	)
	for _, c := range []struct{ patch, want string }{
		{`{"op":"add","path":"/locations/-","value":{"url":"http://a/$(x)","metadata":{}}}`,
			`add the location http://a/$(x): use  glance location-add --url='http://a/$(x)' ` + modeltest.FedoraID},
		{`{"op":"add","path":"/locations/-","value":{"url":"http://a/x","metadata":{"k":"it's"}}}`,
			`add the location http://a/x with the metadata {"k":"it's"}: use  glance location-add --url=http://a/x --metadata='{"k":"it'\''s"}' ` + modeltest.FedoraID},
		{`{"op":"remove","path":"/locations/1"}`,
			`remove the location http://mirror/f17.qcow2: use  glance location-delete --url=http://mirror/f17.qcow2 ` + modeltest.FedoraID},
		{`{"op":"remove","path":"/locations/9"}`, `remove location 10` + curl},
		{`{"op":"replace","path":"/locations","value":[` + file + `,{"url":"http://mirror/f17.qcow2","metadata":{}},` + rbd + `]}`,
			`change the metadata of the location http://mirror/f17.qcow2: use  glance location-update --url=http://mirror/f17.qcow2 --metadata='{}' ` + modeltest.FedoraID},
		{`{"op":"replace","path":"/locations","value":[` + rbd + `,` + file + `,` + http + `]}`,
			`move location 3: it becomes the first (rbd://pool/f17)` + curl},
		{`{"op":"replace","path":"/locations","value":[]}`, `remove all locations` + curl},
	} {
		command, cannot := explain.OpenStack(modeltest.Stored(t), rulestest.PatchOf(t, `[`+c.patch+`]`))
		if command != "" || len(cannot) != 1 || cannot[0] != c.want {
			t.Errorf("%s\n got %q %q\nwant %q", c.patch, command, cannot, c.want)
		}
	}

	twice := modeltest.Stored(t)
	twice.Locations = []model.Location{{URL: "http://a/x", Metadata: map[string]any{"n": "1"}}, {URL: "http://a/x", Metadata: map[string]any{"n": "2"}}}
	_, cannot := explain.OpenStack(twice, patch.Patch{{Op: patch.OpRemove, Path: "/locations/1"}})
	if want := `remove the location http://a/x` + curl; len(cannot) != 1 || cannot[0] != want {
		t.Errorf("glance would remove the other one: %q", cannot)
	}
	_, cannot = explain.OpenStack(modeltest.Fedora(t), rulestest.PatchOf(t, `[{"op":"replace","path":"/locations","value":[`+file+`,`+rbd+`]}]`))
	if len(cannot) != 2 || !strings.HasPrefix(cannot[1], "add the location rbd://pool/f17: use  glance location-add") {
		t.Errorf("got %q", cannot)
	}
}

// Whatever the texts are, both shells hand them to the client byte by byte.
func TestShellsGiveTheClientItsOptions(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		name, tag, value := anyText().Draw(r, "name"), anyText().Draw(r, "tag"), anyText().Draw(r, "value")
		property := rapid.StringMatching(`[a-z '"$!\n]{1,8}`).Filter(func(s string) bool {
			return s == strings.TrimSpace(s) && !model.ReservedProperty(s) && !explain.OpenstackMistakes(s)
		}).Draw(r, "property")
		before := model.Image{ID: modeltest.FedoraID, Tags: []string{"gone away"}, Properties: map[string]model.Opt[string]{"going": model.Some("x")}}
		command, cannot := explain.OpenStack(before, patch.Patch{
			{Op: patch.OpReplace, Path: "/name", Value: name},
			{Op: patch.OpReplace, Path: "/tags", Value: []string{tag}},
			{Op: patch.OpAdd, Path: "/" + patch.EscapePointer(property), Value: value},
			{Op: patch.OpRemove, Path: "/going"},
		})
		if len(cannot) > 0 {
			r.Fatalf("cannot: %q", cannot)
		}
		shell := rapid.SampledFrom(shells).Draw(r, "shell")
		calls := runInShell(r, shell, command, "openstack")
		want := []ran{
			{"openstack", []string{"image", "set", "--name=" + name, "--tag=" + tag, "--property=" + property + "=" + value, modeltest.FedoraID}},
			{"openstack", []string{"image", "unset", "--tag=gone away", "--property=going", modeltest.FedoraID}},
		}
		if !slices.EqualFunc(calls, want, func(a, b ran) bool { return a.name == b.name && slices.Equal(a.arguments, b.arguments) }) {
			r.Errorf("%s ran\n%q, want\n%q", shell, calls, want)
		}
	})
}

func TestShellsReadTheGlanceCommands(t *testing.T) {
	var urls []string
	var script strings.Builder
	for _, url := range modeltest.Hostile {
		_, cannot := explain.OpenStack(modeltest.Stored(t), patch.Patch{{Op: patch.OpAdd, Path: "/locations/-", Value: model.Location{URL: url, Metadata: map[string]any{"k": url}}}})
		_, command, found := strings.Cut(cannot[0], "use  ")
		if !found {
			t.Fatalf("no command in %q", cannot)
		}
		urls = append(urls, url)
		script.WriteString(command + "\n")
	}
	for _, shell := range shells {
		calls := runInShell(t, shell, script.String(), "glance")
		for n, url := range urls {
			if got := calls[n].arguments; len(got) != 4 || got[1] != "--url="+url {
				t.Errorf("%s ran %q for %q", shell, got, url)
			}
		}
	}
}

func ExampleOpenStack() {
	before := model.Image{ID: "da3b75d9", Tags: []string{"fedora"}}
	command, cannot := explain.OpenStack(before, patch.Patch{
		{Op: patch.OpReplace, Path: "/name", Value: "Fedora 17 Server"},
		{Op: patch.OpReplace, Path: "/tags", Value: []string{"fedora", "lts"}},
		{Op: patch.OpAdd, Path: "/locations/-", Value: model.Location{URL: "http://mirror/f17.qcow2"}},
	})
	fmt.Println(command)
	fmt.Println(cannot[0])
	// Output:
	// openstack image set --name='Fedora 17 Server' --tag=lts da3b75d9
	// add the location http://mirror/f17.qcow2: use  glance location-add --url=http://mirror/f17.qcow2 da3b75d9
}
