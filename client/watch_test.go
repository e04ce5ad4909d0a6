package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

func TestCancelling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := make(chan struct{}, 8)
		c := serve(t, Options{}, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			began <- struct{}{}
			<-r.Context().Done()
		})
		stopped := func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(background())
			go func() { <-began; cancel() }()
			return ctx, cancel
		}
		ctx, cancel := stopped()
		defer cancel()
		_, err := c.Get(ctx, "a")
		f := failureOf(t, err, api.FailedCancelled, "Canceled")
		if !errors.Is(f, context.Canceled) {
			t.Error("context.Canceled is not to be found in it")
		}

		ctx, cancel = stopped()
		defer cancel()
		_, _, err = c.Patch(ctx, "a", rename)
		failed(t, err, api.FailedAnswerLost, "stopped waiting")

		ctx, cancel = context.WithTimeout(background(), 2*time.Second)
		defer cancel()
		_, err = c.Get(ctx, "a")
		failed(t, err, api.FailedNetwork, "timed out")

		ctx, cancel = context.WithCancel(background())
		cancel()
		_, _, err = c.Patch(ctx, "a", rename)
		failed(t, err, api.FailedCancelled, "nothing was changed")
	})
}

func TestStalledAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				w.Header().Set("Content-Type", "application/json")
				fmt.Fprint(w, `{"images":[`)
				_ = http.NewResponseController(w).Flush()
			}
			select {
			case <-r.Context().Done():
			case <-time.After(time.Minute):
			}
		})
		c.patience.read, c.patience.write = 3*time.Second, 4*time.Second
		_, err := c.Page(background(), "", 1, nil)
		failed(t, err, api.FailedNetwork, "stopped responding")
		_, _, err = c.Patch(background(), "a", rename)
		failed(t, err, api.FailedAnswerLost, "No response arrived for")
	})
}

// A slow but steady answer takes longer than the patience and is read whole.
func TestSlowAnswersAreWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			for _, b := range []byte(imageJSON("a")) {
				_, _ = w.Write([]byte{b})
				_ = http.NewResponseController(w).Flush()
				time.Sleep(time.Second - 1)
			}
		})
		c.patience.read = time.Second // the whole takes much longer
		if _, err := c.Get(background(), "a"); err != nil {
			t.Fatal(err)
		}
	})
}

func TestTooLongAnswers(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if _, err := io.WriteString(w, `{"id":"a","x":"`); err != nil {
			return
		}
		block := strings.Repeat("x", 1<<20)
		for range 40 {
			if _, err := io.WriteString(w, block); err != nil {
				return
			}
		}
	})
	_, err := c.Get(background(), "a")
	f := failureOf(t, err, api.FailedNotAnImage, "too large")
	if f.Detail != "more than 16 MiB" {
		t.Error(f.Detail)
	}
}

func TestTheLargestAnswerThatIsAllowed(t *testing.T) {
	body := imageJSON("a")
	b := &answerBody{from: strings.NewReader(body), left: int64(len(body)), dog: dogFor(t)}
	if data, err := io.ReadAll(b); err != nil || string(data) != body {
		t.Errorf("%q %v", data, err)
	}
	b = &answerBody{from: strings.NewReader(body), left: int64(len(body)) - 1, dog: dogFor(t)}
	if _, err := io.ReadAll(b); !errors.Is(err, errTooLong) {
		t.Errorf("got %v", err)
	}
}

func dogFor(t *testing.T) *watchdog {
	t.Helper()
	_, dog := watch(background(), time.Minute)
	t.Cleanup(dog.stop)
	return dog
}
