package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/glance-tui/glance-tui/demo"
	realglance "github.com/glance-tui/glance-tui/test/real"
)

// house is where the sources are, and what was made of them.
type house struct {
	root    string // of the module
	work    string // a directory that goes with this program
	program string
	with    []string // the clients to measure beside it
}

// findHouse finds the module above the working directory and builds the program
// as it is released.
func findHouse(ctx context.Context) (h house, err error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return h, fmt.Errorf("go env: %w", err)
	}
	h.root = filepath.Dir(strings.TrimSpace(string(out)))
	if h.work, err = os.MkdirTemp("", "glance-tui-bench"); err != nil {
		return h, err
	}
	h.program = filepath.Join(h.work, ours)
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", h.program, ".")
	build.Dir, build.Env = h.root, append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return h, fmt.Errorf("build: %w: %s", err, said)
	}
	return h, nil
}

// home is a new directory for what clients keep.
func (h house) home() (string, error) { return os.MkdirTemp(h.work, "home") }

// clients finds what a user would pick instead: those of known, or of the PATH.
func (h house) clients(known map[string]string) map[string]string {
	found := make(map[string]string)
	for _, name := range h.with {
		if path := known[name]; path != "" {
			found[name] = path
		} else if path, err := exec.LookPath(name); err == nil {
			found[name] = path
		}
	}
	return found
}

// impossible is why something cannot be had on this machine.
type impossible struct{ why string }

func (i impossible) Error() string { return i.why }

// realGlance runs the harness of test/real with a directory of its own.
type realGlance struct {
	house
	dir string
}

// glance.sh's exit status for what the machine cannot do.
const exitImpossible = 3

func (g realGlance) call(ctx context.Context, arguments ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(g.root, "test", "real", "glance.sh"), arguments...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it cleans up after itself
	cmd.WaitDelay = time.Minute
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == exitImpossible {
		return impossible{lastLine(string(out))}
	}
	if err != nil {
		return fmt.Errorf("glance.sh %s: %w: %s", arguments[0], err, lastLine(string(out)))
	}
	return nil
}

// start installs and starts a Glance without images.
func (g realGlance) start(ctx context.Context) (*server, error) {
	if err := g.call(ctx, "install", "debian"); err != nil {
		return nil, err
	}
	if err := g.call(ctx, "start", "--fresh", "--dir", g.dir); err != nil {
		return nil, err
	}
	found, err := realglance.Read(filepath.Join(g.dir, "server.json"))
	if err != nil {
		return nil, err
	}
	home, err := g.home()
	if err != nil {
		return nil, err
	}
	admin := found.Users["admin"]
	s := &server{
		title: "Glance " + found.Release.Glance, image: found.Glance["main"], identity: found.KeystoneURL,
		user: admin.Name, password: admin.Password, project: admin.Project, region: found.Regions["main"],
		program: g.program, clients: g.clients(found.Clients), home: home,
	}
	return s, nil
}

// fill adds images up to a number, and looks through the API whether they are
// there as they should be.
func (g realGlance) fill(ctx context.Context, s *server, number int) (listing, error) {
	if err := g.call(ctx, "fill", fmt.Sprint(number), "--dir", g.dir); err != nil {
		return listing{}, err
	}
	l, err := s.survey(ctx, listPage)
	if err != nil {
		return l, err
	}
	if l.count != number {
		return l, fmt.Errorf("the server was filled with %d images and lists %d", number, l.count)
	}
	c, err := s.connect(ctx)
	if err != nil {
		return l, err
	}
	defer c.Close()
	i, err := c.Get(ctx, l.ids[len(l.ids)/2])
	if err == nil && (i.Name.Value == "" || len(i.Properties) == 0 || !i.LocationsShown) {
		err = fmt.Errorf("image %s is not as the API writes them", i.ID)
	}
	return l, err
}

// stop ends the servers, however this program ends.
func (g realGlance) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	return g.call(ctx, "stop", "--dir", g.dir)
}

// embedded runs the program's own Image service in a process of its own, each
// answer of which is held back for a while.
func (h house) embedded(ctx context.Context, images int, latency time.Duration) (s *server, stop func(), err error) {
	cmd := exec.CommandContext(ctx, h.program, "demo-server", "--images", fmt.Sprint(images), "--still",
		"--latency", latency.String(), "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, nil, err
	}
	stop = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	first, err := bufio.NewReader(out).ReadString('\n')
	addresses := regexp.MustCompile(`http://\S+`).FindAllString(first, 2)
	if err != nil || len(addresses) < 2 {
		stop()
		return nil, nil, fmt.Errorf("the embedded service did not start: %q %w", first, err)
	}
	home, err := h.home()
	if err != nil {
		stop()
		return nil, nil, err
	}
	return &server{
		title: "the embedded service", image: addresses[0], identity: addresses[1],
		user: demo.Username, password: demo.Password, project: demo.Project, region: demo.Region,
		program: h.program, clients: h.clients(nil), home: home,
	}, stop, nil
}
