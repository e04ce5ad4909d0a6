package demo

import (
	"bytes"
	"crypto/md5"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"io"
	"sync"

	"github.com/glance-tui/glance-tui/model"
)

const (
	// maxHeld is the longest upload whose bytes are kept, maxHeldTotal all of
	// them together. What is longer is hashed and counted only: downloading it
	// answers 204, as Glance does for data that a store has lost.
	maxHeld      = 64 << 20
	maxHeldTotal = 256 << 20

	hashAlgorithm = "sha512"
)

// content is the data of an image.
type content struct {
	size   int64
	md5    string
	sha512 string
	head   []byte // the first bytes, or all of them
	zeros  bool   // whether only zeros follow the head
	remote bool   // whether it lies on the web, which gives no part of it
}

// whole is whether the data can be read, not just described.
func (c *content) whole() bool { return c.zeros || int64(len(c.head)) == c.size }

// reader reads length bytes from offset on; both lie within the data.
func (c *content) reader(offset, length int64) io.Reader {
	head := c.head[min(offset, int64(len(c.head))):]
	return io.LimitReader(io.MultiReader(bytes.NewReader(head), zeroReader{}), length)
}

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// ingest reads data to its end.
func ingest(data io.Reader) (*content, error) {
	sum5, sum512 := md5.New(), sha512.New()
	var kept bytes.Buffer
	n, err := io.Copy(io.MultiWriter(sum5, sum512), io.TeeReader(data, &limitedBuffer{&kept, maxHeld}))
	if err != nil {
		return nil, err
	}
	c := &content{
		size: n, md5: hex.EncodeToString(sum5.Sum(nil)), sha512: hex.EncodeToString(sum512.Sum(nil)),
		head: kept.Bytes(),
	}
	if !c.whole() {
		c.head = bytes.Clone(c.head[:qcow2Header])
	}
	return c, nil
}

// limitedBuffer keeps what fits and lets the rest pass.
type limitedBuffer struct {
	*bytes.Buffer
	limit int
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	if room := b.limit - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

const qcow2Header = 104

// virtualSize is the size of the disk in the data where the server works it
// out: of raw data and of a qcow2 header, in the container format bare.
func (c *content) virtualSize(disk, container string) model.Opt[int64] {
	none := model.Null[int64]()
	if container != "bare" || c.size == 0 {
		return none
	}
	switch {
	case disk == "raw":
		return model.Some(c.size)
	case disk == "qcow2" && len(c.head) >= qcow2Header && bytes.HasPrefix(c.head, []byte("QFI\xfb")):
		return model.Some(int64(binary.BigEndian.Uint64(c.head[24:32])))
	}
	return none
}

// fill writes what the server finds out about data into the image.
func (c *content) fill(i *model.Image) {
	i.Size = model.Some(c.size)
	i.VirtualSize = c.virtualSize(i.DiskFormat.Or(""), i.ContainerFormat.Or(""))
	i.Checksum = model.Some(c.md5)
	i.HashAlgo = model.Some(hashAlgorithm)
	i.HashValue = model.Some(c.sha512)
}

// warehouse holds data by the name of its place: a location's URL, or
// stagedName for what waits to be imported.
type warehouse struct {
	mu   sync.Mutex
	held int64
	data map[string]*content
}

func newWarehouse() *warehouse { return &warehouse{data: make(map[string]*content)} }

func stagedName(id string) string { return "staging:" + id }

func (w *warehouse) get(name string) *content {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.data[name]
}

// put stores data. When there is no room for its bytes, only what describes
// them is kept.
func (w *warehouse) put(name string, c *content) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.forget(name)
	if w.held+int64(len(c.head)) > maxHeldTotal {
		short := *c
		short.head = bytes.Clone(c.head[:min(len(c.head), qcow2Header)])
		c = &short
	}
	w.held += int64(len(c.head))
	w.data[name] = c
}

// drop deletes data.
func (w *warehouse) drop(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.forget(name)
}

func (w *warehouse) forget(name string) {
	if c := w.data[name]; c != nil {
		w.held -= int64(len(c.head))
		delete(w.data, name)
	}
}
