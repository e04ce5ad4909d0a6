package client

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
)

func TestStores(t *testing.T) {
	c := serve(t, Options{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v2/info/stores/detail" {
			t.Errorf("asked %s", r.URL.Path)
		}
		// As Glance 33 answers.
		answerJSON(w, 200, `{"stores":[{"id":"local","default":"true","type":"file","properties":{"data_dir":"/x"},"weight":0},{"id":"web","type":"http","read-only":"true","weight":100},{"id":"old","type":"rbd"}]}`)
	})
	got, err := c.Stores(background())
	if want := "[{local file 0} {web http 100} {old rbd 0}]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v, %v; want %s", got, err, want)
	}
	c = serve(t, Options{}, func(w http.ResponseWriter, _ *http.Request) {
		answerJSON(w, 403, `{"message":"You are not authorized to complete stores_info_detail action."}`)
	})
	_, err = c.Stores(background())
	failed(t, err, api.FailedForbidden, "")
}
