package demo

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
)

func TestTheWarehouseHoldsNoMoreThanItMay(t *testing.T) {
	w := newWarehouse()
	const piece = maxHeldTotal/4 - 1024 // leaves room for what describes "e"
	block := func() *content { return &content{size: piece, head: make([]byte, piece)} }
	for _, name := range []string{"a", "b", "c", "d"} {
		w.put(name, block())
		if !w.get(name).whole() {
			t.Fatalf("%s is not held", name)
		}
	}
	w.put("e", block())
	if held := w.get("e"); held.whole() || held.size != piece {
		t.Errorf("beyond the limit: %d of %d bytes are held", len(held.head), held.size)
	}
	w.put("a", block()) // in its own place
	w.drop("b")
	w.drop("b")
	w.put("f", block())
	for _, name := range []string{"a", "f"} {
		if !w.get(name).whole() {
			t.Errorf("there is room for %s, yet it is not held", name)
		}
	}
	if w.get("b") != nil {
		t.Error("what was dropped is there")
	}
}

func TestReadersGiveTheirPart(t *testing.T) {
	head := []byte("0123456789")
	c := &content{size: 15, head: head, zeros: true}
	for _, p := range []struct {
		offset, length int64
		want           string
	}{{0, 15, "0123456789" + strings.Repeat("\x00", 5)}, {8, 4, "89\x00\x00"}, {12, 2, "\x00\x00"}, {3, 0, ""}} {
		if got, err := io.ReadAll(c.reader(p.offset, p.length)); err != nil || string(got) != p.want {
			t.Errorf("%d from %d: %q, %v", p.length, p.offset, got, err)
		}
	}
	data, err := ingest(bytes.NewReader(head))
	if err != nil || !data.whole() || data.md5 != "781e5e245d69b566979b86e28d23f2c7" {
		t.Errorf("%+v, %v", data, err)
	}
}

func TestTheFileOfAMirrorHasTheHeaderOfItsName(t *testing.T) {
	c := webContent("http://mirror/f17.qcow2", 17<<10)
	if got := c.virtualSize("qcow2", "bare"); got != model.Some(int64(1<<20)) {
		t.Errorf("virtual size %v", got)
	}
	if got := c.virtualSize("qcow2", "ova"); got.Set {
		t.Errorf("in another container: %v", got)
	}
	if got := webContent("http://mirror/f17.raw", 17<<10).virtualSize("qcow2", "bare"); got.Set {
		t.Errorf("of something else: %v", got)
	}
}
