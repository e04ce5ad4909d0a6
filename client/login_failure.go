package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gophercloud/gophercloud/v2"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
)

const logIn = "log in"

// explainLogin turns what gophercloud says into a failure. gophercloud's own
// errors are not kept: they hold answers with their headers, and those may
// hold tokens.
func explainLogin(ctx context.Context, cloud config.Cloud, origin *url.URL, err error) *api.Failure {
	if err == nil {
		return nil
	}
	var again *gophercloud.ErrUnableToReauthenticate
	if errors.As(err, &again) && again.ErrReauth != nil {
		err = again.ErrReauth
	}
	var refused gophercloud.ErrUnexpectedResponseCode
	switch {
	case errors.As(err, &refused):
		return explainRefusal(cloud, origin, refused)
	case ctx.Err() != nil && errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return loginFailure(cloud, api.FailedNetwork, origin.Host+" timed out.", "Try again, and check auth_url.", "", context.DeadlineExceeded)
	case ctx.Err() != nil:
		return loginFailure(cloud, api.FailedCancelled, "Canceled.", "Try again.", "", context.Canceled)
	case errors.Is(err, errNotIdentity):
		return loginFailure(cloud, api.FailedConfigured, fmt.Sprintf("%s is not an identity service.", origin.Redacted()), "check auth_url: it often ends in /v3 or /identity/v3, and is not the dashboard's", "", nil)
	}
	var other otherService
	if errors.As(err, &other) {
		return notIdentity(cloud, origin, other, "")
	}
	var network *url.Error
	if errors.As(err, &network) {
		t := networkError(network.Err, origin, "identity service")
		advice := t.advice
		if t.reach {
			advice = joinAdvice(advice, "The address is auth_url of "+cloud.Title()+".")
		}
		return loginFailure(cloud, t.kind, t.means, advice, innermost(err), network.Err)
	}
	// What is left: no supported version, answers without a token, options
	// that do not fit together.
	return loginFailure(cloud, api.FailedConfigured, fmt.Sprintf("Login at %s failed.", origin.Redacted()), "Check auth_url and the settings of "+cloud.Title()+".", err.Error(), nil)
}

// explainRefusal explains a status of Keystone.
func explainRefusal(cloud config.Cloud, origin *url.URL, refused gophercloud.ErrUnexpectedResponseCode) *api.Failure {
	detail := detailOf(refused.Body)
	var f *api.Failure
	where, isGuarded := guarded(refused.ResponseHeader, refused.Body)
	switch code := refused.Actual; {
	case code == http.StatusUnauthorized && isGuarded:
		f = notIdentity(cloud, origin, someService, detail)
		f.Advice += " That service names " + newSecrets(cloud.Secrets()...).hideAll(clip(plainText(where), 200)) + " as the identity service."
	case code == http.StatusUnauthorized && cloud.AuthType == config.Token:
		f = loginFailure(cloud, api.FailedAuth, "The identity service does not accept the token: it has expired, or is another cloud's.", "Get a new one with `openstack token issue`.", detail, nil)
	case code == http.StatusNotFound && cloud.AuthType == config.Token && (refused.Method == http.MethodGet || strings.Contains(detail, "token")):
		f = loginFailure(cloud, api.FailedAuth, "Unknown token, or auth_url is wrong.", "Get a new token with `openstack token issue`, and check auth_url.", detail, nil)
	case code == http.StatusNotFound && strings.HasPrefix(detail, "Could not find"): // so for an unknown application credential (measured)
		f = loginFailure(cloud, api.FailedAuth, "Invalid credentials.", "Check user, project and domains, or the application credential's ID.", detail, nil)
	case code == http.StatusNotFound || code == http.StatusMethodNotAllowed:
		f = loginFailure(cloud, api.FailedConfigured, fmt.Sprintf("There is no identity service at %s.", origin.Redacted()), "Check auth_url: it often ends in /v3 or /identity/v3.", detail, nil)
	case code == http.StatusMultipleChoices: // an Image service, for one, answers so to anything
		other, _ := serviceOf(refused.Body)
		f = notIdentity(cloud, origin, other, detail)
	case code > 300 && code < 400:
		where := "another address"
		if u, err := url.Parse(refused.ResponseHeader.Get("Location")); err == nil && u.Host != "" {
			where = newSecrets(cloud.Secrets()...).hideAll(u.Scheme + "://" + u.Host)
		}
		f = loginFailure(cloud, api.FailedConfigured, "The identity service redirects to "+where+"; the password is not sent there without your consent.", "If that address is correct, set auth_url to it.", detail, nil)
	case code == http.StatusBadRequest && plainToTLS(detail):
		f = loginFailure(cloud, api.FailedConfigured, "The identity service expects https at this address.", "Write https:// in auth_url.", detail, nil)
	default:
		kind, means, advice := explain.Describe(code, detail, logIn)
		f = loginFailure(cloud, kind, means, advice, detail, nil)
	}
	f.Exchange = api.Exchange{
		Method: refused.Method, Code: refused.Actual, Reason: http.StatusText(refused.Actual),
		RequestID: refused.ResponseHeader.Get("X-Openstack-Request-Id"),
	}
	if u, err := url.Parse(refused.URL); err == nil {
		f.Exchange.Path = u.Path
	}
	return f
}

// notIdentity is the failure of an auth_url that leads to some other service.
func notIdentity(cloud config.Cloud, origin *url.URL, other otherService, detail string) *api.Failure {
	means := fmt.Sprintf("%s is not an identity service.", origin.Redacted())
	advice := "Set auth_url to the identity service's address: it often ends in /v3 or /identity/v3."
	switch other {
	case imageService:
		means = fmt.Sprintf("%s is an Image service, not the identity service.", origin.Redacted())
		advice += " To use this Image service without a login, take --os-auth-type none and --os-endpoint."
	case someService:
		means = fmt.Sprintf("%s is another service, not the identity service.", origin.Redacted())
	}
	return loginFailure(cloud, api.FailedConfigured, means, advice, detail, nil)
}

// loginFailure makes a failure without secrets.
func loginFailure(cloud config.Cloud, kind api.FailureKind, means, advice, detail string, cause error) *api.Failure {
	hidden := newSecrets(cloud.Secrets()...)
	return &api.Failure{Doing: logIn, Kind: kind, Means: hidden.hide(means), Advice: advice, Detail: hidden.hideAll(detail), Err: cause}
}
