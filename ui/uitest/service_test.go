package uitest

import (
	"context"
	"errors"
	"testing"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/ui/screen"
)

var _ screen.Service = (*Service)(nil)
var _ screen.Memory = (*Memory)(nil)

func TestTheServiceAppliesPatchesByTheModelsRules(t *testing.T) {
	ctx := context.Background()
	s := NewService(Fedora())
	after, exchange, err := s.Patch(ctx, Fedora().ID, model.Patch{{Op: model.OpReplace, Path: "/name", Value: "f"}})
	if err != nil || after.Name.Value != "f" || exchange.Code != 200 {
		t.Fatalf("%v, %v, %v", after.Name, exchange.Code, err)
	}
	if got, _ := s.Get(ctx, Fedora().ID); got.Name.Value != "f" {
		t.Errorf("the image is still called %v", got.Name)
	}
	_, _, err = s.Patch(ctx, Fedora().ID, model.Patch{{Op: model.OpReplace, Path: "/status", Value: "active"}})
	var refused *model.Failure
	if !errors.As(err, &refused) || refused.Exchange.Code != 403 {
		t.Errorf("a read-only attribute gave %v", err)
	}
	if _, err := s.Get(ctx, "none"); !errors.As(err, &refused) || refused.Kind != model.FailedNotFound {
		t.Errorf("no image gave %v", err)
	}
	if n := len(s.Sent()); n != 2 {
		t.Errorf("%d patches came", n)
	}
}

func TestPagesEnd(t *testing.T) {
	s := NewService(Fedora(), Active(), Hostile())
	first, _ := s.Page(context.Background(), "", 2, nil)
	second, _ := s.Page(context.Background(), first.Marker, 2, nil)
	if len(first.Images) != 2 || len(second.Images) != 1 || second.Marker != "" {
		t.Errorf("pages of %d and %d, then %q", len(first.Images), len(second.Images), second.Marker)
	}
}
