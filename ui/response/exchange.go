package response

import (
	"fmt"
	"strings"

	"github.com/glance-tui/glance-tui/edit"
	"github.com/glance-tui/glance-tui/ui/draw"
	"github.com/glance-tui/glance-tui/ui/safe"
)

// viewExchange is what went over the wire, both ways: first all that is asked,
// then the answers, which are long.
func (r *Response) viewExchange(room int) []string {
	var out []string
	for n := range r.requests() {
		out = append(out, r.viewRequest(n, room)...)
		out = append(out, "")
	}
	for n := range r.requests() {
		if n > 0 && !r.requests()[n].Sent {
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
		return draw.Nth(what, n, len(r.requests()))
	}
	return "The " + strings.ToLower(what)
}

func (r *Response) viewRequest(n, room int) []string {
	t, q := r.ctx.Theme, &r.requests()[n]
	remark := draw.Bytes(int64(len(q.Wire.Body)))
	switch {
	case n == 0 || q.Sent:
	case r.sending():
		remark += ", not sent yet"
	default:
		remark += ", not sent"
	}
	out := []string{draw.Heading(t, r.named("Request", n), remark, room)}
	out = append(out, draw.Para(t.Strong, line(q), room)...)
	out = append(out, draw.Para(t.Dim, "Content-Type: "+contentType(q), room)...)
	out = append(out, "")
	return append(out, draw.JSON(t, q.Wire.Pretty, room)...)
}

func (r *Response) viewAnswer(n, room int) []string {
	t, q := r.ctx.Theme, &r.requests()[n]
	head := draw.Heading(t, r.named("Response", n), answerLine(q), room)
	if len(q.Exchange.Response) == 0 {
		what := "No response received."
		switch {
		case r.sending() && n == r.edit().At() && !r.between():
			what = "Waiting for the response."
		case q.Exchange.Code != 0:
			what = "Empty body."
		}
		return append([]string{head}, draw.Para(t.Dim, what, room)...)
	}
	if r.bodies[n] == nil {
		r.bodies[n] = draw.NewDocument(draw.Indent(q.Exchange.Response))
	}
	return append([]string{head}, r.bodies[n].Lines(t, room)...)
}

func line(q *edit.Attempt) string {
	if q.Exchange.Path != "" {
		return q.Exchange.Method + " " + q.Exchange.Path
	}
	return q.Wire.Method + " " + q.Wire.Path
}

// contentType is the one that was sent; before anything was, the one to be sent.
func contentType(q *edit.Attempt) string {
	if q.Exchange.ContentType != "" {
		return q.Exchange.ContentType
	}
	return q.Wire.ContentType
}

func answerLine(q *edit.Attempt) string {
	if q.Exchange.Code == 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", q.Exchange.Code, q.Exchange.Reason))
}

// exchangeText is the exchange for a ticket or a colleague. It holds no token:
// an Exchange never does; and no control characters, since it may be pasted into
// a terminal.
func (r *Response) exchangeText() string {
	var b strings.Builder
	for n := range r.requests() {
		q := &r.requests()[n]
		switch {
		case n > 0 && !q.Sent:
			fmt.Fprintf(&b, "\n%s was not sent\n", r.named("Request", n))
			continue
		case n > 0:
			b.WriteByte('\n')
		}
		r.writeExchange(&b, q)
	}
	return strings.Join(safe.Lines(b.String()), "\n")
}

func (r *Response) writeExchange(b *strings.Builder, q *edit.Attempt) {
	fmt.Fprintf(b, "%s\nContent-Type: %s\n", line(q), contentType(q))
	if q.Exchange.RequestID != "" {
		fmt.Fprintf(b, "X-Openstack-Request-Id: %s\n", q.Exchange.RequestID)
	}
	if !q.Exchange.Sent.IsZero() {
		fmt.Fprintf(b, "Date: %s\n", q.Exchange.Sent.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	fmt.Fprintf(b, "\n%s\n\n", strings.TrimSpace(string(q.Wire.Pretty)))
	if q.Exchange.Code != 0 {
		fmt.Fprintf(b, "HTTP %s (%s)\n\n%s\n", answerLine(q), draw.Elapsed(q.Exchange.Duration),
			strings.TrimSpace(string(draw.Indent(q.Exchange.Response))))
		return
	}
	b.WriteString("no response")
	if q.Failure != nil && q.Failure.Detail != "" {
		b.WriteString(": " + q.Failure.Detail)
	}
	b.WriteByte('\n')
}
