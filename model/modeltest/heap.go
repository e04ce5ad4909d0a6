package modeltest

import "runtime"

// Heap is how many bytes are in use, once what no one needs was collected.
func Heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
