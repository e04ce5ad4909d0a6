// Command bench measures glance-tui beside what a user would pick instead:
// curl, openstack and glance, on a real Glance that it fills with images and on
// the embedded service, and then the terminal UI itself in a pseudo-terminal.
// `make bench` starts it. It prints Markdown for docs/performance.md, says what
// it could not run, and judges nothing: machines are noisy, so times are
// compared pair by pair, run in turn.
package main
