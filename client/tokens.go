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
