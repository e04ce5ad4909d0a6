package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/explain"
)

// maxErrorBody is how much is kept of an answer that is a refusal.
const maxErrorBody = 64 << 10

// readAnswer judges an answer's head and reads its body.
// Its text comes without secrets, by text; body knows how it ended.
func (c *Client) readAnswer(k call, ex *api.Exchange, h http.Header, body *answerBody, text io.Reader) *api.Failure {
	wanted := k.codes
	if wanted == nil {
		wanted = []int{http.StatusOK}
	}
	isJSON := jsonType(h.Get("Content-Type"))
	if k.bodiless && slices.Contains(wanted, ex.Code) {
		ex.Response, _ = io.ReadAll(io.LimitReader(text, maxErrorBody))
		return nil
	}
	if slices.Contains(wanted, ex.Code) && isJSON {
		err := k.read(text, ex)
		switch {
		case err == nil:
			return nil
		case endsEarly(err):
			if body.err == nil {
				body.err = io.ErrUnexpectedEOF
			}
		case errors.Is(err, errTooLong):
			return c.noUse(k, *ex, "The response is too large.",
				"Check the endpoint and the content of the image.", fmt.Sprintf("more than %d MiB", k.limit>>20), err)
		case errors.Is(err, errOtherImage):
			return c.noUse(k, *ex, "The response describes a different image.",
				"Try again; a proxy may be mixing up responses.", err.Error(), err)
		}
		return c.noUse(k, *ex, "The response is not one that an Image service sends.", notImageAdvice, err.Error(), err)
	}
	ex.Response, _ = io.ReadAll(io.LimitReader(text, maxErrorBody))
	detail := detailOf(ex.Response)
	switch {
	case ex.Code >= 200 && ex.Code < 300:
		means := "The response is not JSON: this may not be an Image service."
		if isJSON || len(ex.Response) == 0 {
			means = "The response is not one that an Image service sends here."
		}
		return c.noUse(k, *ex, means, notImageAdvice, detail, nil)
	case ex.Code > 300 && ex.Code < 400:
		return c.redirected(k, *ex, h.Get("Location"))
	case k.write() && lostBehindGateway(ex.Code):
		_, means, _ := explain.Describe(ex.Code, detail, k.doing)
		f := c.failure(k, *ex, api.FailedAnswerLost, means, lostAdvice, detail, nil)
		f.Known = f.Means
		return f
	case plainToTLS(detail):
		return c.failure(k, *ex, api.FailedConfigured, "The service expects https at this address.", "Write https:// in the endpoint.", detail, nil)
	}
	var cause error
	if asksForOlderForm(ex.Code, h, detail) {
		cause = errOlderForm
	}
	kind, means, advice := explain.Describe(ex.Code, detail, k.doing)
	return c.failure(k, *ex, kind, means, advice, detail, cause)
}

// noUse is the failure of a request that was answered as if it had gone well,
// in a way that nobody can read. A write may well have been carried out.
func (c *Client) noUse(k call, ex api.Exchange, means, advice, detail string, cause error) *api.Failure {
	if k.write() {
		return c.lost(k, ex, strings.TrimSuffix(means, "."), detail, cause)
	}
	return c.failure(k, ex, api.FailedNotAnImage, means, advice, detail, cause)
}

const (
	notImageAdvice = "Check the endpoint: it must be that of the Image service; a proxy or login page may be responding instead."
	lostAdvice     = "Read the image again first: the edit may have been applied."
)

// endsEarly is whether JSON stops in the middle: the connection broke, even
// where HTTP gave no sign of it.
func endsEarly(err error) bool {
	var syntax *json.SyntaxError
	return errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &syntax) && syntax.Error() == "unexpected end of JSON input"
}

// lostBehindGateway is a gateway's word that the service behind it gave no
// answer, which may still be carrying the request out. (503 and 429 are given
// before a request is passed on.)
func lostBehindGateway(code int) bool {
	return code == http.StatusBadGateway || code == http.StatusGatewayTimeout
}

// jsonType is whether a Content-Type says JSON.
func jsonType(header string) bool {
	t, _, _ := strings.Cut(header, ";")
	t = strings.ToLower(strings.TrimSpace(t))
	return t == "application/json" || strings.HasSuffix(t, "+json")
}

// detailOf is what the body of a refusal says, without markup and blanks
// around: the message of Glance's or Keystone's JSON, or a page's text.
func detailOf(body []byte) string {
	var plain struct {
		Message string          `json:"message"`
		Title   string          `json:"title"`
		Error   json.RawMessage `json:"error"`
	}
	text := string(body)
	if json.Unmarshal(body, &plain) == nil {
		var inner struct{ Message, Title string }
		_ = json.Unmarshal(plain.Error, &inner)
		text = firstOf(plain.Message, inner.Message, inner.Title, plain.Title, "")
	}
	return clip(plainText(text), 500)
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
