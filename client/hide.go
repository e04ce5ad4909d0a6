package client

// Hide is a text without the secrets of this client: for what libraries log, which
// may quote a server that echoes them.
func (c *Client) Hide(text string) string { return c.scrub(text) }
