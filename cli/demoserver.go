package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/demo"
	"github.com/glance-tui/glance-tui/model"
)

type demoServerCommand struct {
	*options
	*streams
	listen  string
	images  int
	latency time.Duration
	seed    int64
	still   bool
	hide    bool
	faults  faultList
}

func newDemoServer(o *options, s *streams) *cobra.Command {
	c := &demoServerCommand{options: o, streams: s}
	cmd := &cobra.Command{
		Use:   "demo-server",
		Short: "Serve the embedded Image service for other clients",
		Long: `Serve the Image service that --demo uses, with a token service, in memory, until
ctrl+c. It asks nobody for a token, and takes the one of its own token service;
the openstack and glance clients work with it. What to tell them is printed.

It can also go wrong on purpose, to see what a client makes of it: --fault. What
goes wrong is written to standard error, as it does.`,
		Example: `glance-tui demo-server --listen 127.0.0.1:9292 --images 10000 --latency 150ms
glance-tui demo-server --release 2015
glance-tui demo-server --fault patch:drop-after --fault list:503@1`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              runs(c.run),
	}
	flags := cmd.Flags()
	flags.StringVar(&c.listen, "listen", "127.0.0.1:9292", "`ADDRESS` and port; port 0 takes a free one")
	flags.IntVar(&c.images, "images", 0, "add synthetic images up to this `NUMBER`")
	flags.DurationVar(&c.latency, "latency", 0, "hold every answer back for this `TIME`, as a far away cloud does")
	flags.Int64Var(&c.seed, "seed", 1, "a `NUMBER` that varies the synthetic images")
	flags.BoolVar(&c.hide, "hide-locations", false, "hide locations, as most clouds do; a queued image takes one by API 2.17's call")
	flags.BoolVar(&c.still, "still", false, "no image changes by itself")
	flags.Var(&c.faults, "fault", "let some requests go wrong, such as patch:drop-after; \"help\" lists what can")
	_ = cmd.RegisterFlagCompletionFunc("fault", completeFault)
	for _, name := range []string{"listen", "images", "latency", "seed"} {
		_ = cmd.RegisterFlagCompletionFunc(name, cobra.NoFileCompletions)
	}
	return cmd
}

func (c *demoServerCommand) run(ctx context.Context, _ []string) error {
	if c.faults.help {
		_, err := fmt.Fprintln(c.out, aboutFaults())
		return err
	}
	if c.images < 0 || c.latency < 0 {
		return wrongUsage("--images and --latency cannot be negative")
	}
	host, _, err := net.SplitHostPort(c.listen)
	if err != nil {
		return wrongUsage("--listen takes an address and a port, such as 127.0.0.1:9292, not %q", c.listen)
	}
	service := demo.New(demo.Options{
		Release: c.modelRelease(), Images: c.images, Latency: c.latency, Seed: c.seed, Still: c.still,
		HideLocations: c.hide, LocationCalls: c.hide,
		Faults: c.faults.list, Struck: c.struck,
	})
	running, err := service.Start(c.listen)
	if err != nil {
		return &model.Failure{
			Doing: "listen on " + c.listen, Kind: model.FailedNetwork, Means: cause(err),
			Advice: "Choose another address with --listen; port 0 takes a free one.", Err: err,
		}
	}
	defer closeDemo(running)
	if _, err := fmt.Fprint(c.out, howToConnect(running)); err != nil {
		return err
	}
	if ip := net.ParseIP(host); host != "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		c.note("Anybody who reaches %s can read and change these images: no password is asked.", c.listen)
	}
	c.note("Serving until ctrl+c.")
	<-ctx.Done()
	c.note("Stopped.")
	return nil
}

// cause is what the system says, without the names of its calls: "address
// already in use".
func cause(err error) string {
	var call *os.SyscallError
	if errors.As(err, &call) {
		return call.Err.Error()
	}
	return err.Error()
}

// howToConnect is lines for a shell.
func howToConnect(running *demo.Running) string {
	return fmt.Sprintf(`# Image service: %[1]s   Identity service: %[2]s
# In another shell, for glance-tui, openstack and glance:
export OS_AUTH_URL=%[2]s OS_IDENTITY_API_VERSION=3
export OS_USERNAME=%[3]s OS_PASSWORD=%[4]s OS_PROJECT_NAME=%[5]s
export OS_USER_DOMAIN_NAME=%[6]s OS_PROJECT_DOMAIN_NAME=%[6]s OS_REGION_NAME=%[7]s
# As an ordinary user: OS_USERNAME=%[8]s OS_PROJECT_NAME=%[9]s
# Or without a token, instead of all the above:
#   export OS_AUTH_TYPE=none OS_ENDPOINT=%[1]s
# and for glance, whose auth type none is broken:
#   export OS_IMAGE_URL=%[1]s OS_AUTH_TOKEN=any
`, running.URL, running.AuthURL, demo.Username, demo.Password, demo.Project, demo.Domain, demo.Region,
		demo.MemberUsername, demo.MemberProject)
}
