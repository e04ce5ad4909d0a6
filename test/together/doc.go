// Package together holds the test of several programs that edit one image at
// once: real root models with real clients, driven without a terminal, on the
// embedded service and on a real Glance.
package together
