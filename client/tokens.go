package client

import "context"

// tokens gives the token for requests and gets a new one when it has expired.
type tokens interface {
	// token is the current one; "" where none is needed.
	token() string
	// renew replaces a token that the service refused. Of several callers
	// with the same token one logs in, and the others get its result. The
	// error is a *model.Failure, or errNotRenewable.
	renew(ctx context.Context, refused string) error
	// secrets are the tokens that were sent to the Image service, which it, or
	// a proxy, might echo. It never gets a password.
	secrets() []string
}

// fixedToken is a token that was given and cannot be renewed, "" for none. It
// is a function so that fmt never prints it.
type fixed func() string

func fixedToken(token string) tokens { return fixed(func() string { return token }) }

func (f fixed) token() string { return f() }

func (f fixed) renew(context.Context, string) error { return errNotRenewable }

func (f fixed) secrets() []string {
	if f() == "" {
		return nil
	}
	return []string{f()}
}
