package fakeservice_test

import (
	"context"
	"errors"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
	"github.com/glance-tui/glance-tui/ui/uitest/fakeservice"
)

var _ screen.Service = (*fakeservice.Service)(nil)

func TestItAppliesWhatAServerWould(t *testing.T) {
	img := uitest.Fedora()
	s := fakeservice.New(img)
	rename := patch.Patch{{Op: patch.OpReplace, Path: "/name", Value: "Fedora 18"}}
	got, x, err := s.Patch(context.Background(), img.ID, rename)
	if err != nil || got.Name.Value != "Fedora 18" || x.Code != 200 || s.Image(img.ID).Name.Value != "Fedora 18" {
		t.Errorf("%v %v %v", got.Name, x.Code, err)
	}
}

func TestItRefusesWhatAServerWould(t *testing.T) {
	img := uitest.Fedora()
	s := fakeservice.New(img)
	_, _, err := s.Patch(context.Background(), img.ID, patch.Patch{{Op: patch.OpRemove, Path: "/name"}})
	var f *api.Failure
	if !errors.As(err, &f) || f.Exchange.Code != 403 || f.Means == "" {
		t.Errorf("%v", err)
	}
	if s.Image(img.ID).Name != img.Name {
		t.Error("it changed the image all the same")
	}
}
