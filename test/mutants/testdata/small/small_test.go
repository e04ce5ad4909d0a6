package small

import "testing"

func TestPut(t *testing.T) {
	var b Box
	if b.Put(1) != nil || b.Put(2) != nil || b.Put(3) == nil || len(b.numbers) != 2 {
		t.Error(b)
	}
}
