package screen

import "github.com/glance-tui/glance-tui/watch"

// Asked is a place in the order of this program's requests.
type Asked = watch.Asked

// Ask gives a request its place, before it is sent. What it reads is at least as
// new as what was read by those before it. An edit gets its place when its
// answer comes, since a reading that was asked for meanwhile may not have it
// yet. Zero comes before every request. It may be called by several at a time.
func (c *Context) Ask() Asked { return Asked(c.asked.Add(1)) }
