package response

import (
	"fmt"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/draw"
)

// viewExchange is what went over the wire, both ways.
func (r *Response) viewExchange(room int) []string {
	t := r.ctx.Theme
	sent := slices.Concat(
		[]string{draw.Heading(t, "The request", draw.Bytes(int64(len(r.patch.JSON()))), room)},
		draw.Para(t.Strong, r.requestLine(), room),
		draw.Para(t.Dim, "Content-Type: "+r.contentType(), room), []string{""},
		draw.JSON(t, r.patch.Pretty(), room))
	head := draw.Heading(t, "The answer", r.answerLine(), room)
	if len(r.exchange.Response) == 0 {
		what := "No answer came."
		switch {
		case r.outcome == sending:
			what = "Not there yet."
		case r.exchange.Code != 0:
			what = "It has no body."
		}
		return slices.Concat(sent, []string{"", head}, draw.Para(t.Dim, what, room))
	}
	if r.body == nil {
		r.body = draw.NewDocument(draw.Indent(r.exchange.Response))
	}
	return slices.Concat(sent, []string{"", head}, r.body.Lines(t, room))
}

func (r *Response) requestLine() string {
	if r.exchange.Path != "" {
		return r.exchange.Method + " " + r.exchange.Path
	}
	return "PATCH /v2/images/" + r.base.ID
}

// contentType is the one that was sent; before anything was, the one to be sent.
func (r *Response) contentType() string {
	if r.exchange.ContentType != "" {
		return r.exchange.ContentType
	}
	return model.MediaTypeV21
}

func (r *Response) answerLine() string {
	if r.exchange.Code == 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", r.exchange.Code, r.exchange.Reason))
}

// exchangeText is the exchange for a ticket or a colleague. It holds no token:
// an Exchange never does.
func (r *Response) exchangeText() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nContent-Type: %s\n", r.requestLine(), r.contentType())
	if r.exchange.RequestID != "" {
		fmt.Fprintf(&b, "X-Openstack-Request-Id: %s\n", r.exchange.RequestID)
	}
	if !r.exchange.Sent.IsZero() {
		fmt.Fprintf(&b, "Date: %s\n", r.exchange.Sent.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	fmt.Fprintf(&b, "\n%s\n\n", strings.TrimSpace(string(r.patch.Pretty())))
	if r.exchange.Code != 0 {
		fmt.Fprintf(&b, "HTTP %s (%s)\n\n%s\n", r.answerLine(), draw.Elapsed(r.exchange.Duration),
			strings.TrimSpace(string(draw.Indent(r.exchange.Response))))
		return b.String()
	}
	b.WriteString("no answer")
	if r.failure != nil && r.failure.Detail != "" {
		b.WriteString(": " + r.failure.Detail)
	}
	b.WriteByte('\n')
	return b.String()
}
