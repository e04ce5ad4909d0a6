package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"github.com/glance-tui/glance-tui/model/api"
)

// call is one request to the Image service and what to do with its answer.
type call struct {
	doing       string // in words, for failures: "read the image"
	method      string
	path        string // escaped, below the endpoint: "/v2/images/ID"
	query       url.Values
	contentType string
	body        []byte
	public      bool  // needs no token
	bulk        bool  // reads many images: all else goes first
	codes       []int // of an answer to be read; nil means 200
	limit       int64 // bytes of an answer, at most
	bodiless    bool  // the answer has nothing to read, and no JSON type
	head        func(http.Header)
	// read takes the answer's body, which is JSON by its header. It may be
	// called again, with a fresh body, after a failed attempt.
	read func(body io.Reader, ex *api.Exchange) error
}

func (k call) write() bool { return k.method != http.MethodGet }

// do carries out a call: it repeats a read when that may help, and anything
// once after getting a new token. The error is a *api.Failure.
func (c *Client) do(ctx context.Context, k call) (api.Exchange, error) {
	renewed := false
	if !k.bulk {
		defer c.gate.first()()
	}
	for tries := 0; ; {
		leave := func() {}
		if k.bulk {
			var err error
			if leave, err = c.gate.bulk(ctx); err != nil {
				return api.Exchange{}, c.cancelled(k, api.Exchange{}, err)
			}
		}
		token := ""
		if !k.public {
			token = c.tokens.token()
		}
		ex, failure, again := c.attempt(ctx, k, token)
		leave()
		if c.trace != nil && !ex.Sent.IsZero() {
			c.trace(ex)
		}
		if failure == nil {
			return ex, nil
		}
		if ex.Code == http.StatusUnauthorized && !k.public && !renewed {
			// 401 means that nothing was carried out: a write may go again.
			renewed = true
			err := c.tokens.renew(ctx, token)
			if err == nil {
				continue
			}
			return ex, c.notRenewed(failure, err)
		}
		wait := c.patience.pause(tries, again.after)
		if k.write() || !again.worth || tries >= c.patience.retries || again.after > c.patience.longest {
			return ex, toldToWait(failure, again.after)
		}
		tries++
		if err := sleep(ctx, wait); err != nil {
			return ex, c.cancelled(k, ex, err)
		}
	}
}

// again is whether and when a repetition may help.
type again struct {
	worth bool
	after time.Duration // asked for by the server; 0 when it did not
}

// attempt sends a call once.
func (c *Client) attempt(parent context.Context, k call, token string) (ex api.Exchange, failure *api.Failure, more again) {
	ex = api.Exchange{Method: k.method, ContentType: k.contentType, Request: k.body, RequestID: newRequestID()}
	if c.endpoint.base == nil {
		return ex, c.noEndpoint(k, ex), again{}
	}
	if f := unfit(token, k.doing); f != nil {
		return ex, f, again{}
	}
	target := c.endpoint.at(k.path, k.query)
	ex.Path = pathOf(target)
	idle := c.patience.read
	if k.write() {
		idle = c.patience.write
	}
	ctx, dog := watch(parent, idle)
	defer dog.stop()
	var sent atomic.Bool // at least the head of the request is on its way
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { sent.Store(true) },
	})
	ex.Sent = time.Now()
	res, err := c.request(ctx, k, token, ex.RequestID).Execute(k.method, target)
	if err != nil {
		ex.Duration = time.Since(ex.Sent)
		if errors.Is(err, errReadOnly) {
			ex.Sent, ex.Duration = time.Time{}, 0 // it was not sent at all
		}
		return ex, c.noAnswer(parent, ctx, k, ex, err, sent.Load()), again{worth: worthRepeating(err)}
	}
	defer res.RawResponse.Body.Close()
	body := &answerBody{from: res.RawResponse.Body, left: k.limit, dog: dog}
	hidden := c.tokens.hidden()
	hidden.hideHeader(res.Header())
	ex.Code, ex.Reason = res.StatusCode(), http.StatusText(res.StatusCode())
	if id := res.Header().Get("X-Openstack-Request-Id"); id != "" {
		ex.RequestID = id
	}
	if k.head != nil {
		k.head(res.Header())
	}
	failure = c.readAnswer(k, &ex, res.Header(), body, hidden.reader(withoutMark(body), true))
	ex.Duration = time.Since(ex.Sent)
	switch {
	case failure == nil:
		_, _ = io.Copy(io.Discard, io.LimitReader(body, 4<<10)) // lets the connection be used again
		return ex, nil, again{}
	case ex.Code < 300 && body.err != nil && !errors.Is(body.err, errTooLong):
		failure = c.noAnswer(parent, ctx, k, ex, body.err, true)
		return ex, failure, again{worth: worthRepeating(body.err)}
	}
	failure.Exchange = ex
	return ex, failure, repeatable(ex.Code, res.Header())
}

// request prepares resty's side of an attempt.
func (c *Client) request(ctx context.Context, k call, token, id string) *resty.Request {
	r := c.http.R().SetContext(ctx).SetDoNotParseResponse(true).SetHeader("X-Openstack-Request-Id", id)
	if token != "" {
		r.SetHeader("X-Auth-Token", token)
	}
	if k.body != nil {
		r.SetHeader("Content-Type", k.contentType).SetBody(k.body)
	}
	return r
}

// pathOf is a URL's path and query as sent.
func pathOf(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return ""
	}
	return u.RequestURI()
}
