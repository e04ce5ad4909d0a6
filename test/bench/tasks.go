package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// ours is the program's name in the table.
const ours = "glance-tui"

// base is what the others are compared with: little more than the server's
// own time.
const base = "curl"

// others are the clients beside which the program is measured.
var others = []string{base, "openstack", "glance"}

const (
	listPage  = 500 // images a request, as `glance-tui list` asks for
	firstPage = 25  // what the server gives at a time where no one says otherwise
)

// task is something that users do, and how each client does it.
type task struct {
	title string
	with  map[string]func(ctx context.Context, image string) (sample, error) // by client
	// skipped is why a client that could do it does not.
	skipped map[string]string
}

// command makes a way to do a task of a command line.
func (s *server) command(argv ...string) func(context.Context, string) (sample, error) {
	return func(ctx context.Context, image string) (sample, error) {
		return command{argv: argv, env: s.environment(image)}.run(ctx)
	}
}

// openstack makes a way to do a task of the openstack client. It takes another
// Image service from clouds.yaml alone.
func (s *server) openstack(arguments ...string) func(context.Context, string) (sample, error) {
	return func(ctx context.Context, image string) (sample, error) {
		argv := append([]string{s.clients["openstack"]}, arguments...)
		env := s.environment(image)
		if image != s.image {
			env = append(env, "OS_CLOUD=relayed")
		}
		return command{argv: argv, env: env}.run(ctx)
	}
}

// login is a shell's way to a token: one request, as every client's.
const login = `set -eu
token=$(curl -sSf -o /dev/null -D - -H 'Content-Type: application/json' -d "{\"auth\": {
  \"identity\": {\"methods\": [\"password\"], \"password\": {\"user\": {\"name\": \"$OS_USERNAME\",
    \"domain\": {\"name\": \"Default\"}, \"password\": \"$OS_PASSWORD\"}}},
  \"scope\": {\"project\": {\"name\": \"$OS_PROJECT_NAME\", \"domain\": {\"name\": \"Default\"}}}}}" \
  "$OS_AUTH_URL/auth/tokens" | sed -n 's/^[Xx]-[Ss]ubject-[Tt]oken: *\([^[:space:]]*\).*/\1/p')
get() { curl -sSf -H "X-Auth-Token: $token" "$@"; }
`

// curl makes a way to do a task of a shell script, which finds the Image
// service's URL in $image, and what the function gives as its arguments.
func (s *server) curl(script string, arguments func(image string) ([]string, error)) func(context.Context, string) (sample, error) {
	return func(ctx context.Context, image string) (sample, error) {
		more, err := arguments(image)
		if err != nil {
			return sample{}, err
		}
		argv := append([]string{"sh", "-c", login + script, "sh"}, more...)
		return command{argv: argv, env: append(s.environment(image), "image="+image)}.run(ctx)
	}
}

func nothing(string) ([]string, error) { return nil, nil }

// wholeList prints everything. curl is given the addresses of all pages at
// once: it reads the server's answers over one connection and looks at nothing.
func (s *server) wholeList(l listing) task {
	return task{title: fmt.Sprintf("the whole list, %s images", grouped(l.count)), with: map[string]func(context.Context, string) (sample, error){
		ours: s.command(s.program, "list", "--format", "json"),
		base: s.curl(`get -K "$1"`, func(image string) ([]string, error) {
			var pages strings.Builder
			for _, p := range l.pages {
				fmt.Fprintf(&pages, "url = \"%s%s\"\noutput = \"/dev/null\"\n", image, p)
			}
			file := filepath.Join(s.home, "pages")
			return []string{file}, os.WriteFile(file, []byte(pages.String()), 0o600)
		}),
		"openstack": s.openstack("image", "list", "--long", "-f", "json"),
		"glance":    s.command(s.clients["glance"], "image-list"),
	}}
}

// firstRows is about the newest images alone. Ours is the terminal UI, from
// the command to the first image on the screen.
func (s *server) firstRows(l listing) task {
	few := fmt.Sprint(firstPage)
	return task{title: fmt.Sprintf("the first %d of %s", firstPage, grouped(l.count)), with: map[string]func(context.Context, string) (sample, error){
		ours: func(ctx context.Context, image string) (sample, error) {
			u, err := startUI(ctx, s, image)
			if err != nil {
				return sample{}, err
			}
			defer u.end()
			took, err := u.firstImage(l.names[0])
			return sample{took: took, peak: u.memory().peak}, err
		},
		base:        s.curl(`get -o /dev/null "$image/v2/images?limit=`+few+`&sort_key=created_at&sort_dir=desc"`, nothing),
		"openstack": s.openstack("image", "list", "--limit", few),
		"glance":    s.command(s.clients["glance"], "image-list", "--limit", few),
	}}
}

// showOne prints one image.
func (s *server) showOne(l listing) task {
	id := l.ids[len(l.ids)/2]
	return task{title: "show one image", with: map[string]func(context.Context, string) (sample, error){
		ours:        s.command(s.program, "show", id, "--format", "json"),
		base:        s.curl(`get -o /dev/null "$image/v2/images/$1"`, func(string) ([]string, error) { return []string{id}, nil }),
		"openstack": s.openstack("image", "show", id, "-f", "json"),
		"glance":    s.command(s.clients["glance"], "image-show", id),
	}}
}

// changeName gives one image a new name with each run. Ours reads the image
// before and after, as the terminal UI does; curl sends the patch alone.
func (s *server) changeName(l listing) task {
	id := l.ids[len(l.ids)/3]
	name := func() string { return fmt.Sprintf("renamed-%d", time.Now().UnixNano()) }
	self, _ := os.Executable()
	type way = func(context.Context, string) (sample, error)
	named := func(to func(name string) way) way {
		return func(ctx context.Context, image string) (sample, error) { return to(name())(ctx, image) }
	}
	return task{title: "change a name", with: map[string]func(context.Context, string) (sample, error){
		ours: named(func(n string) way { return s.command(self, renameCommand, id, n) }),
		base: s.curl(`get -o /dev/null -X PATCH -H 'Content-Type: application/openstack-images-v2.1-json-patch' \
  -d "[{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"$2\"}]" "$image/v2/images/$1"`,
			func(string) ([]string, error) { return []string{id, name()}, nil }),
		"openstack": named(func(n string) way { return s.openstack("image", "set", "--name", n, id) }),
		"glance":    named(func(n string) way { return s.command(s.clients["glance"], "image-update", "--name", n, id) }),
	}}
}

// measure does a task with each client in turn, n times, and once more with
// each through a relay that counts what goes over the wire.
func (s *server) measure(ctx context.Context, t task, n int) ([]result, error) {
	var contenders []contender
	for _, name := range append([]string{ours}, others...) {
		do := t.with[name]
		c := contender{name: name, run: func(ctx context.Context) (sample, error) { return do(ctx, s.image) }}
		switch {
		case t.skipped[name] != "":
			c.missing = t.skipped[name]
		case name != ours && s.clients[name] == "":
			c.missing = "not there"
		}
		contenders = append(contenders, c)
	}
	results := rounds(ctx, n, contenders)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	compare(results, base)
	r, err := newRelay(s.image)
	if err != nil {
		return nil, err
	}
	defer r.close()
	for i := range results {
		if results[i].missing != "" || results[i].err != nil {
			continue
		}
		if _, results[i].err = t.with[results[i].name](ctx, r.url()); results[i].err == nil {
			r.wait()
			results[i].traffic = r.take()
		}
	}
	return results, ctx.Err()
}
