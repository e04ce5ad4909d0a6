// Package client talks to an OpenStack Image service (Image API v2) over HTTP,
// and logs in to Keystone to be allowed to.
//
// [Connect] finds the cloud (package client/config), logs in, takes the Image
// service's endpoint from the catalogue and gives a [Client]; [New] takes a
// plain endpoint. All methods take a context first and may be called from
// several goroutines at once.
//
// What it promises:
//
//   - Errors are [*api.Failure] with the exchange filled in, and
//     [*ErrNothingConfigured] from Connect. None of them, and nothing that is
//     printed of a Client, holds a token, a password or a secret.
//   - A read is tried again, with longer and longer pauses, when the network, a
//     gateway or the server fails, and when the server asks for it (not longer
//     than 20 s). A write is sent once, and at most one write per image is
//     under way. The only repetition of a write follows a 401, which means that
//     it was not carried out.
//   - Lists go last: one page is read at a time, and none is begun while
//     another request is under way or has just ended.
//   - The token goes to the configured service alone: redirects to other
//     hosts are not followed.
//   - In read-only mode nothing but GET leaves the program.
package client
