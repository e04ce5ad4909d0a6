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
		return c.failure(k, ex, api.FailedReadOnlyMode, "Read-only mode: nothing was sent.", "Start without --read-only to change images.", "", err)
	case k.write() && sent && !refusedHandshake(err):
		known := "The connection was lost before the response arrived"
		if badLocation(err) {
			known = "The service redirects to an address that is not a URL"
		} else if parent.Err() != nil {
			known = "You stopped waiting after the edit was sent"
		} else if errors.Is(context.Cause(ctx), errStalled) {
			known = "No response arrived for " + c.patience.write.String()
		}
		return c.lost(k, ex, known, innermost(err), err)
	case parent.Err() != nil:
		return c.cancelled(k, ex, context.Cause(parent))
	case errors.Is(context.Cause(ctx), errStalled):
		host := c.endpoint.base.Host
		return c.failure(k, ex, api.FailedNetwork, host+" stopped responding: no data for "+c.patience.read.String()+".", "Try again. "+c.advice, "", errStalled)
	}
	t := networkError(err, c.endpoint.base, "Image service")
	advice := t.advice
	if t.reach {
		advice = joinAdvice(t.advice, c.advice)
	}
	return c.failure(k, ex, t.kind, t.means, advice, innermost(err), err)
}

// lost is the failure of a write of which nobody knows what the service did.
func (c *Client) lost(k call, ex api.Exchange, known, detail string, cause error) *api.Failure {
	f := c.failure(k, ex, api.FailedAnswerLost, known+"; the edit may or may not have been applied.", lostAdvice, detail, cause)
	f.Known = c.scrub(known) + "."
	return f
}

// cancelled is the failure of a request that the caller no longer wants, and
// that changed nothing.
func (c *Client) cancelled(k call, ex api.Exchange, cause error) *api.Failure {
	if errors.Is(cause, context.DeadlineExceeded) {
		return c.failure(k, ex, api.FailedNetwork, "The request timed out.", "Try again. "+c.advice, "", cause)
	}
	return c.failure(k, ex, api.FailedCancelled, "Canceled; nothing was changed.", "Try again.", "", cause)
}

// redirected is the failure of a request that the service sends elsewhere.
func (c *Client) redirected(k call, ex api.Exchange, location string) *api.Failure {
	where := "another address"
	if u, err := url.Parse(location); err == nil && u.Host != "" {
		where = u.Scheme + "://" + u.Host
	}
	return c.failure(k, ex, api.FailedConfigured, "The service redirects to "+where+"; the token is not sent there without your consent.",
		"If that address is correct, configure it: in the catalog, or with --os-image-endpoint-override.", "", nil)
}

// noEndpoint is the failure of a client without a usable address.
func (c *Client) noEndpoint(k call, ex api.Exchange) *api.Failure {
	return c.failure(k, ex, api.FailedConfigured, "The endpoint is not an http or https URL: "+clip(plainText(c.endpoint.text), 200)+".", "Write it as https://HOST:PORT/PATH.", "", nil)
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
		f.Means = "The service requires a token, but the auth type is none."
		f.Advice = "Configure a login in clouds.yaml or with the OS_* variables."
	default: // errNotRenewable
		f.Means = "The token is invalid or expired, and a configured token cannot be renewed."
		f.Advice = "Nothing was changed. Get a new token with `openstack token issue`, or connect with a password or an application credential."
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
	return strings.Join(said, " ")
}
