package response

import (
	"fmt"
	"strings"

	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// viewExchange is what went over the wire, both ways: first all that is asked,
// then the answers, which are long.
func (r *Response) viewExchange(room int) []string {
	var out []string
	for n := range r.requests {
		out = append(out, r.viewRequest(n, room)...)
		out = append(out, "")
	}
	for n := range r.requests {
		if n > 0 && !r.requests[n].sent {
			break
		}
		if n > 0 {
			out = append(out, "")
		}
		out = append(out, r.viewAnswer(n, room)...)
	}
	return out
}

// named is the heading of one of several, or of the only one.
func (r *Response) named(what string, n int) string {
	if r.several() {
		return draw.Nth(what, n, len(r.requests))
	}
	return "The " + strings.ToLower(what)
}

func (r *Response) viewRequest(n, room int) []string {
	t, q := r.ctx.Theme, &r.requests[n]
	remark := draw.Bytes(int64(len(q.Wire.Body)))
	switch {
	case n == 0 || q.sent:
	case r.outcome <= sending:
		remark += ", not sent yet"
	default:
		remark += ", not sent"
	}
	out := []string{draw.Heading(t, r.named("Request", n), remark, room)}
	out = append(out, draw.Para(t.Strong, q.line(), room)...)
	out = append(out, draw.Para(t.Dim, "Content-Type: "+q.contentType(), room)...)
	out = append(out, "")
	return append(out, draw.JSON(t, q.Wire.Pretty, room)...)
}

func (r *Response) viewAnswer(n, room int) []string {
	t, q := r.ctx.Theme, &r.requests[n]
	head := draw.Heading(t, r.named("Answer", n), q.answerLine(), room)
	if len(q.exchange.Response) == 0 {
		what := "No answer came."
		switch {
		case r.outcome == sending && n == r.at && !r.reading:
			what = "Not there yet."
		case q.exchange.Code != 0:
			what = "It has no body."
		}
		return append([]string{head}, draw.Para(t.Dim, what, room)...)
	}
	if q.body == nil {
		q.body = draw.NewDocument(draw.Indent(q.exchange.Response))
	}
	return append([]string{head}, q.body.Lines(t, room)...)
}

func (q *request) line() string {
	if q.exchange.Path != "" {
		return q.exchange.Method + " " + q.exchange.Path
	}
	return q.Wire.Method + " " + q.Wire.Path
}

// contentType is the one that was sent; before anything was, the one to be sent.
func (q *request) contentType() string {
	if q.exchange.ContentType != "" {
		return q.exchange.ContentType
	}
	return q.Wire.ContentType
}

func (q *request) answerLine() string {
	if q.exchange.Code == 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", q.exchange.Code, q.exchange.Reason))
}

// exchangeText is the exchange for a ticket or a colleague. It holds no token:
// an Exchange never does; and no control characters, since it may be pasted into
// a terminal.
func (r *Response) exchangeText() string {
	var b strings.Builder
	for n := range r.requests {
		q := &r.requests[n]
		switch {
		case n > 0 && !q.sent:
			fmt.Fprintf(&b, "\n%s was not sent\n", r.named("Request", n))
			continue
		case n > 0:
			b.WriteByte('\n')
		}
		r.writeExchange(&b, q)
	}
	return strings.Join(safe.Lines(b.String()), "\n")
}

func (r *Response) writeExchange(b *strings.Builder, q *request) {
	fmt.Fprintf(b, "%s\nContent-Type: %s\n", q.line(), q.contentType())
	if q.exchange.RequestID != "" {
		fmt.Fprintf(b, "X-Openstack-Request-Id: %s\n", q.exchange.RequestID)
	}
	if !q.exchange.Sent.IsZero() {
		fmt.Fprintf(b, "Date: %s\n", q.exchange.Sent.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	fmt.Fprintf(b, "\n%s\n\n", strings.TrimSpace(string(q.Wire.Pretty)))
	if q.exchange.Code != 0 {
		fmt.Fprintf(b, "HTTP %s (%s)\n\n%s\n", q.answerLine(), draw.Elapsed(q.exchange.Duration),
			strings.TrimSpace(string(draw.Indent(q.exchange.Response))))
		return
	}
	b.WriteString("no answer")
	if q.failure != nil && q.failure.Detail != "" {
		b.WriteString(": " + q.failure.Detail)
	}
	b.WriteByte('\n')
}
