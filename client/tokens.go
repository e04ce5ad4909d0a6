package client

import (
	"context"
	"fmt"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
)

// tokens gives the token for requests and gets a new one when it has expired.
type tokens interface {
	// token is the current one; "" where none is needed.
	token() string
	// renew replaces a token that the service refused. Of several callers
	// with the same token one logs in, and the others get its result. The
	// error is a *api.Failure, or errNotRenewable.
	renew(ctx context.Context, refused string) error
	// hidden are the secrets of this run, which a service might send back.
	hidden() *secrets
}

// fixed is a token that was given and cannot be renewed, "" for none. It is a
// function so that fmt never prints it.
type fixed struct {
	text    func() string
	secrets *secrets
}

func fixedToken(token string) tokens {
	return fixed{func() string { return token }, newSecrets(token)}
}

func (f fixed) token() string { return f.text() }

func (f fixed) renew(context.Context, string) error { return errNotRenewable }

func (f fixed) hidden() *secrets { return f.secrets }

// unfit is the failure of a token that no header can hold; nil for any other.
// Such a one often comes from a file with Windows line endings.
func unfit(token, doing string) *api.Failure {
	at := strings.IndexFunc(token, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
	if at < 0 {
		return nil
	}
	return &api.Failure{
		Doing: doing, Kind: api.FailedConfigured,
		Means:  fmt.Sprintf("The token contains %s at position %d of %d, which cannot be sent.", controlName(token[at]), at+1, len(token)),
		Advice: "Correct the token: OS_TOKEN, --os-token, or token in clouds.yaml. A file with Windows line endings leaves \\r at the end.",
	}
}

func controlName(c byte) string {
	switch c {
	case '\r':
		return `a carriage return (\r)`
	case '\n':
		return `a line feed (\n)`
	}
	return fmt.Sprintf("the control character %q", c)
}
