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
	"github.com/glance-tui/glance-tui/model/api"
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
		Short: "Run the built-in Image service for any client",
		Long: `Run the Image service of --demo, with an identity service, in memory, until
Ctrl+C. A token is optional; tokens from its own identity service are accepted.
The settings for the openstack and glance clients are printed at the start.

Use --fault to inject faults and test how a client handles them. Each injected
fault is logged to standard error.`,
		Example: `glance-tui demo-server --listen 127.0.0.1:9292 --images 10000 --latency 150ms
glance-tui demo-server --release 2015
glance-tui demo-server --fault patch:drop-after --fault list:503@1`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              runs(c.run),
	}
	flags := cmd.Flags()
	flags.StringVar(&c.listen, "listen", "127.0.0.1:9292", "`ADDRESS` and port; port 0 chooses a free one")
	flags.IntVar(&c.images, "images", 0, "add generated images up to a total of `NUMBER`")
	flags.DurationVar(&c.latency, "latency", 0, "delay every response by `TIME`")
	flags.Int64Var(&c.seed, "seed", 1, "`NUMBER` that seeds the generated images")
	flags.BoolVar(&c.hide, "hide-locations", false, "hide locations, as most clouds do; a queued image accepts one through the API 2.17 call")
	flags.BoolVar(&c.still, "still", false, "do not change images over time")
	flags.Var(&c.faults, "fault", "inject a `FAULT`, for example patch:drop-after; \"help\" lists all")
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
		return wrongUsage("--listen must be an address and a port, such as 127.0.0.1:9292: %q", c.listen)
	}
	service := demo.New(demo.Options{
		Release: c.modelRelease(), Images: c.images, Latency: c.latency, Seed: c.seed, Still: c.still,
		HideLocations: c.hide, LocationCalls: c.hide,
		Faults: c.faults.list, Struck: c.struck,
	})
	running, err := service.Start(c.listen)
	if err != nil {
		return &api.Failure{
			Doing: "listen on " + c.listen, Kind: api.FailedNetwork, Means: cause(err),
			Advice: "Choose another address with --listen; port 0 chooses a free one.", Err: err,
		}
	}
	defer closeDemo(running)
	if _, err := fmt.Fprint(c.out, howToConnect(running)); err != nil {
		return err
	}
	if ip := net.ParseIP(host); host != "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		c.note("Warning: anyone who can reach %s can read and change these images without a password.", c.listen)
	}
	c.note("Press Ctrl+C to stop.")
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
