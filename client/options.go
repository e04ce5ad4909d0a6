package client

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model/api"
)

// Options say what to connect to and how. Connect reads Cloud and Flags, New
// reads Endpoint, Token and TLS, which Connect fills in from the cloud; the
// others count for both. Printing Options shows no secret.
type Options struct {
	// Cloud is the cloud's name in clouds.yaml (--os-cloud); "" leaves the
	// choice to OS_CLOUD and to what is configured.
	Cloud string
	// Flags are further settings from the command line, by flag name
	// ("os-auth-url", "os-region-name", "insecure"; see config.Settings).
	Flags map[string]string
	// Answers are secrets that the user was asked for because Connect said that
	// they are needed (*api.SecretNeeded), by its Key.
	Answers map[string]string
	// Sources replaces the process's environment and the usual folders; its
	// Cloud and Flags are ignored in favour of those above.
	Sources config.Sources

	// Endpoint is the Image service's URL, with or without /v2.
	Endpoint string
	// Token is sent with each request; "" sends none.
	Token string
	// TLS is for https endpoints; nil verifies by the system's authorities.
	TLS *tls.Config

	// Logins is where Connect keeps logins by a password or an application
	// credential from one start to the next; nil for nowhere.
	Logins Logins
	// KeepLogin uses and keeps the login there. Without it, it is forgotten.
	KeepLogin bool

	// ReadOnly keeps the client from sending anything but GET.
	ReadOnly bool
	// UserAgent names the program to the servers: "glance-tui/1.0".
	UserAgent string
	// Release is what the user says of the server's age; the zero value lets
	// the client look.
	Release api.Release
	// Demo marks the session as the embedded service's.
	Demo bool
	// Trace sees every exchange right after it, also those that failed and
	// were tried again, and those with Keystone (without bodies). It may be
	// called from several goroutines at once.
	Trace func(api.Exchange)

	// Dial makes the connections; nil for those of the system. Tests on a clock of
	// their own have a network in memory.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	// Backoff is the pause before a failed read is tried again, about; it
	// doubles each time. 0 is a quarter of a second.
	Backoff time.Duration

	patience *patience // nil means defaultPatience
}

// Format prints where the options lead and hides the rest, whatever the verb.
func (o Options) Format(f fmt.State, _ rune) {
	where := o.Cloud
	if o.Endpoint != "" {
		where = o.Endpoint
	}
	_, _ = io.WriteString(f, "client.Options("+where+")")
}

func (o Options) sources() config.Sources {
	src := o.Sources
	src.Cloud, src.Flags, src.Answers = o.Cloud, o.Flags, o.Answers
	return src
}

// ErrNothingConfigured says that no cloud can be chosen: nothing is configured
// (Looked says where one would be), or several clouds are and none was named
// (Clouds).
type ErrNothingConfigured = config.NothingConfigured
