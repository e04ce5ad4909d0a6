package state

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/glance-tui/glance-tui/model"
)

// A record is kept as one line of JSON with a checksum, which shows a line that
// a crash or a disk has spoiled:
//
//	{"sum":"1c291ca3","record":{"v":1,"kind":"draft",...}}
//
// A draft's file is one such line, a history many.
const (
	sealBefore = `{"sum":"`
	sealMiddle = `","record":`
	sealAfter  = '}'
	sumLength  = 8
	headLength = len(sealBefore) + sumLength + len(sealMiddle)
)

// version is that of the records. A newer program's are left alone.
const version = 1

// Kinds of records.
const (
	kindDraft = "draft"
	kindBegin = "begin"
	kindEnd   = "end"
)

// header begins every record.
type header struct {
	Version int    `json:"v"`
	Kind    string `json:"kind"`
	// Escaped says that the texts went through model.Escaped.
	Escaped bool `json:"escaped,omitempty"`
}

var (
	errDamaged = errors.New("damaged")
	// errTooDeep: encoding/json writes nested lists that it does not read again.
	errTooDeep = errors.New("the image's JSON is nested too deeply")
	errNewer   = errors.New("written by a newer version of this program")
)

// castagnoli is made when it is first asked for, and kept by hash/crc32.
func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// seal writes a record, which holds a header, as a line with its line feed.
// escaped tells of the record's header.
func seal[R any](record R, escaped func(*R) *bool) ([]byte, error) {
	kept, changed := model.Escaped(record)
	if changed {
		*escaped(&kept) = true
	} else {
		kept = record
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(kept); err != nil {
		return nil, err
	}
	body := bytes.TrimSuffix(text.Bytes(), []byte("\n"))
	if !json.Valid(body) {
		return nil, errTooDeep
	}
	line := make([]byte, 0, headLength+len(body)+2)
	line = fmt.Appendf(line, "%s%08x%s", sealBefore, crc32.Checksum(body, castagnoli()), sealMiddle)
	line = append(line, body...)
	return append(line, sealAfter, '\n'), nil
}

// unseal gives the record of a line, with or without its line feed, and what
// it is. It fails with errDamaged, or with errNewer and what could be read of
// the header.
func unseal(line []byte) (body []byte, h header, err error) {
	line = bytes.TrimSuffix(line, []byte("\n"))
	if len(line) <= headLength || line[len(line)-1] != sealAfter ||
		!bytes.HasPrefix(line, []byte(sealBefore)) || !bytes.HasPrefix(line[len(sealBefore)+sumLength:], []byte(sealMiddle)) {
		return nil, header{}, errDamaged
	}
	body = line[headLength : len(line)-1]
	if sum := line[len(sealBefore) : len(sealBefore)+sumLength]; string(sum) != fmt.Sprintf("%08x", crc32.Checksum(body, castagnoli())) {
		return nil, header{}, errDamaged
	}
	if json.Unmarshal(body, &h) != nil || h.Version < 1 {
		return nil, header{}, errDamaged
	}
	if h.Version > version {
		return nil, h, errNewer
	}
	return body, h, nil
}

// decode reads a record's body, with numbers as they were written.
func decode[R any](body []byte, h header) (record R, err error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(&record); err != nil {
		return record, errDamaged
	}
	if h.Escaped {
		record = model.Unescaped(record)
	}
	return record, nil
}
