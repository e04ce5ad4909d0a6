// Package demo is an Image service (with the few calls of an identity service
// that clients need) in memory, over real HTTP. It behaves as a real Glance 25
// (Zed) behind Keystone was measured to behave, so that the whole program can
// be tried and tested without a cloud: the same conformance cases run against
// both.
//
// Two things are on purpose not as in a real one:
//
//   - Nothing is fetched. An http or https location on a host that ends with
//     .example, .example.org, .example.com or .example.net, on the host
//     "mirror" or on one of the well-known mirrors of distributions counts as
//     reachable and has a size that follows from its URL; see mirror.go.
//   - Images in the statuses killed, deleted and pending_delete are listed. A
//     real Glance leaves them out, but a viewer wants to see every status.
//
// A request without a token is taken, as a Glance without Keystone does: it has
// the rights of an administrator, but for what the policy ties to the role, such
// as publishing. Options.RequireToken ends that.
//
// Nothing outlives the server. The state moves with the requests: what is due
// since the last one (an import that ended meanwhile) is done before the next
// one is looked at, so there is no goroutine behind a Server.
package demo
