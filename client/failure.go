package client

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
)

// failure makes one, with the exchange and without secrets.
func (c *Client) failure(k call, ex api.Exchange, kind api.FailureKind, means, advice, detail string, cause error) *api.Failure {
	return &api.Failure{
		Exchange: ex, Doing: k.doing, Kind: kind,
		Means: c.scrub(means), Advice: advice, Detail: c.scrub(detail), Err: c.tokens.hidden().hideError(cause),
	}
}

// noAnswer is the failure of a request that got no complete answer. sent says
// whether the service may have seen it.
func (c *Client) noAnswer(parent, ctx context.Context, k call, ex api.Exchange, err error, sent bool) *api.Failure {
	switch {
	case errors.Is(err, errReadOnly):
		return c.failure(k, ex, api.FailedReadOnlyMode, "Read-only mode is on: nothing was sent.", "start without --read-only to change images", "", err)
	case k.write() && sent && !refusedHandshake(err):
		known := "The connection broke before the answer came"
		if badLocation(err) {
			known = "The service sends us on to an address that is not a URL"
		} else if parent.Err() != nil {
			known = "You stopped waiting after the edit was sent"
		} else if errors.Is(context.Cause(ctx), errStalled) {
			known = "No answer came for " + c.patience.write.String()
		}
		return c.lost(k, ex, known, innermost(err), err)
	case parent.Err() != nil:
		return c.cancelled(k, ex, context.Cause(parent))
	case errors.Is(context.Cause(ctx), errStalled):
		host := c.endpoint.base.Host
		return c.failure(k, ex, api.FailedNetwork, host+" stopped answering: nothing came for "+c.patience.read.String()+".", "try again; "+c.advice, "", errStalled)
	}
	t := networkTrouble(err, c.endpoint.base, "Image service")
	advice := t.advice
	if t.reach {
		advice = joinAdvice(t.advice, c.advice)
	}
	return c.failure(k, ex, t.kind, t.means, advice, innermost(err), err)
}

// lost is the failure of a write of which nobody knows what the service did.
func (c *Client) lost(k call, ex api.Exchange, known, detail string, cause error) *api.Failure {
	f := c.failure(k, ex, api.FailedAnswerLost, known+", so nobody knows whether the edit was carried out.", lostAdvice, detail, cause)
	f.Known = c.scrub(known) + "."
	return f
}

// cancelled is the failure of a request that the caller no longer wants, and
// that changed nothing.
func (c *Client) cancelled(k call, ex api.Exchange, cause error) *api.Failure {
	if errors.Is(cause, context.DeadlineExceeded) {
		return c.failure(k, ex, api.FailedNetwork, "The answer did not come in the time given.", "try again; "+c.advice, "", cause)
	}
	return c.failure(k, ex, api.FailedCancelled, "You stopped it; nothing was changed.", "try again when you like", "", cause)
}

// redirected is the failure of a request that the service sends elsewhere.
func (c *Client) redirected(k call, ex api.Exchange, location string) *api.Failure {
	where := "another address"
	if u, err := url.Parse(location); err == nil && u.Host != "" {
		where = u.Scheme + "://" + u.Host
	}
	return c.failure(k, ex, api.FailedConfigured, "The service sends us on to "+where+", where the token must not go unasked.",
		"put that address into the configuration if it is right: the endpoint in the catalogue, or --os-image-endpoint-override", "", nil)
}

// noEndpoint is the failure of a client without a usable address.
func (c *Client) noEndpoint(k call, ex api.Exchange) *api.Failure {
	return c.failure(k, ex, api.FailedConfigured, "The endpoint is not an http or https URL: "+clip(plainText(c.endpoint.text), 200)+".", "write it as https://HOST:PORT/PATH", "", nil)
}

// notRenewed is the failure of a request that got 401 where no new token can
// be had.
func (c *Client) notRenewed(refused *api.Failure, err error) *api.Failure {
	var why *api.Failure
	f := *refused
	switch {
	case errors.As(err, &why):
		f = *why
		f.Exchange, f.Doing = refused.Exchange, refused.Doing
	case c.tokens.token() == "":
		f.Means = "The service wants a token, and the configuration has none (auth type none)."
		f.Advice = "configure how to log in: clouds.yaml, or the OS_* variables"
	default: // errNotRenewable
		f.Means = "The token has expired or was never valid, and a token that was given cannot be renewed."
		f.Advice = "get a new one with `openstack token issue`, or connect with a password or an application credential; nothing was changed"
	}
	return &f
}

// scrub takes secrets out of the text of an error: what an answer holds has
// none any more.
func (c *Client) scrub(text string) string { return c.tokens.hidden().hide(text) }

// innermost is the text of an error without the URL that net/http puts before
// it.
func innermost(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return err.Error()
}

func joinAdvice(parts ...string) string {
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, "; ")
}
