package demo

import (
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// maxHashed is the longest file of the pretended web that an import really
// reads; a longer one gets made-up hashes and its bytes cannot be had.
const maxHashed = 8 << 20

// webContent is a file of the pretended web: zeros, and in front of them a
// header if the name ends with qcow2. It has no hashes.
func webContent(address string, size int64) *content {
	c := &content{size: size, zeros: true, remote: true}
	if strings.HasSuffix(address, ".qcow2") && size >= qcow2Block {
		c.head = emptyQcow2()
	}
	return c
}

const qcow2Block = 1024

// emptyQcow2 is the first block of a qcow2 image of 1 MiB: version 3, clusters
// of 64 KiB, no backing file.
func emptyQcow2() []byte {
	b := make([]byte, qcow2Block)
	copy(b, "QFI\xfb")
	put32 := func(at int, v uint32) { binary.BigEndian.PutUint32(b[at:], v) }
	put64 := func(at int, v uint64) { binary.BigEndian.PutUint64(b[at:], v) }
	put32(4, 3)       // version
	put32(20, 16)     // cluster bits
	put64(24, 1<<20)  // virtual size
	put32(36, 1)      // L1 entries
	put64(40, 196608) // L1 table
	put64(48, 65536)  // refcount table
	put32(56, 1)      // refcount table clusters
	put32(96, 4)      // refcount order
	put32(100, 104)   // header length
	return b
}

// downloaded is what an import makes of a file of the pretended web.
func downloaded(address string, size int64) *content {
	c := webContent(address, size)
	if size <= maxHashed {
		if read, err := ingest(c.reader(0, size)); err == nil {
			return read
		}
	}
	return described(address, size)
}

// described is data of which only the size and two made-up hashes are known.
func described(name string, size int64) *content {
	sum := sha512.Sum512([]byte(name))
	text := hex.EncodeToString(sum[:])
	return &content{size: size, md5: text[:32], sha512: text}
}
