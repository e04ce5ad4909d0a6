package client

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/glance-tui/glance-tui/model"
)

// formerDecodePage reads a page by encoding/json alone, as decodePage did before
// it found the values itself. The two must agree on what they take.
func formerDecodePage(r io.Reader, image func(raw []byte) error) (next string, err error) {
	d := json.NewDecoder(r)
	if err := formerWant(d, '{'); err != nil {
		return "", err
	}
	found := false
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return "", err
		}
		switch key {
		case "images":
			found = true
			err = formerDecodeImages(d, image)
		case "next":
			var address *string
			if err = d.Decode(&address); address != nil {
				next = *address
			}
		default:
			var skipped json.RawMessage
			err = d.Decode(&skipped)
		}
		if err != nil {
			return "", err
		}
	}
	if err := formerWant(d, '}'); err != nil {
		return "", err
	}
	if !found {
		return "", errNoImages
	}
	return next, nil
}

func formerDecodeImages(d *json.Decoder, image func(raw []byte) error) error {
	if err := formerWant(d, '['); err != nil {
		return err
	}
	var raw json.RawMessage
	for d.More() {
		raw = raw[:0]
		if err := d.Decode(&raw); err != nil {
			return err
		}
		if err := image(raw); err != nil {
			return err
		}
	}
	return formerWant(d, ']')
}

// want takes one bracket.
func formerWant(d *json.Decoder, bracket json.Delim) error {
	t, err := d.Token()
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	if t != bracket {
		return fmt.Errorf("expected %v in the answer, got %T", bracket, t)
	}
	return nil
}

// readPage is all that there is to know of a page.
func readPage(read func(io.Reader, func([]byte) error) (string, error), r io.Reader) (images []string, next string, err error) {
	next, err = read(r, func(raw []byte) error {
		var img model.Image
		if err := img.UnmarshalShown(raw); err != nil {
			return err
		}
		images = append(images, string(raw))
		return nil
	})
	if err != nil {
		return nil, "", err
	}
	return images, next, nil
}

// pagesAlike fails where a page is read otherwise than formerly.
func pagesAlike(t *testing.T, page string) {
	t.Helper()
	images, next, err := readPage(decodePage, strings.NewReader(page))
	formerImages, formerNext, formerErr := readPage(formerDecodePage, strings.NewReader(page))
	if (err == nil) != (formerErr == nil) {
		t.Fatalf("%q: %v, formerly %v", page, err, formerErr)
	}
	if !slices.Equal(images, formerImages) || next != formerNext {
		t.Fatalf("%q is %q and %q, formerly %q and %q", page, images, next, formerImages, formerNext)
	}
	slowly, slowNext, slowErr := readPage(decodePage, iotest.OneByteReader(strings.NewReader(page)))
	if fmt.Sprint(slowErr) != fmt.Sprint(err) || !slices.Equal(slowly, images) || slowNext != next {
		t.Fatalf("%q byte by byte is %q, %q, %v; at once %q, %q, %v", page, slowly, slowNext, slowErr, images, next, err)
	}
}

// oddPages are where a reader of one's own goes astray.
var oddPages = []string{
	`{"images": [{"id": "a"}, {"id": "b"}], "next": "/v2/images?marker=b", "first": "/v2/images", "schema": "/s"}`,
	` {"images":[]} `, `{"images":[]}x`, `{"images":null}`, `{"images":{}}`, `{"images":[null]}`, `{"images":[5]}`, `{"images":[[]]}`, `{"images":["a"]}`,
	`{"images":[{}{}]}`, `{"images":[{},]}`, `{"images":[,{}]}`, `{"images":[{}],}`, `{,"images":[{}]}`, `{"images" [{}]}`, `{"images":[{}]"next":1}`, `{"images":[{}]]`, `{"images":[{}}}`,
	`{"images":[{"a":]}]}`, `{"images":[{"a":"]}"}]}`, `{"images":[{"a":"\\"}]}`, `{"images":[{"a":"\""}]}`, `{"images":[{"a":"\u12"}]}`, `{"images":[{"a":"}`, `{"images":[{"a":{"b":[{}]}}]}`,
	`{"next":null,"images":[]}`, `{"next":5,"images":[]}`, `{"next":"\u0061","images":[]}`, `{"next":tru,"images":[]}`, `{"next":"a","next":"b","images":[]}`, `{"next":`, `{"next":"a"`, `{"next":1`,
	`{"im\u0061ges":[]}`, `{"images":[{}],"images":[{}]}`, `{"first":[1,2,{"a":}],"images":[]}`, `{"first":1.5e3,"images":[]}`, `{"first":01,"images":[]}`, `{"first":-,"images":[]}`, `{"first":nul,"images":[]}`,
	`{}`, `{`, ``, ` `, `[]`, `null`, `"x"`, `5`, `{5:1}`, `{null:1}`, `{"a"}`, `{"images":[{}]`, "{\"images\":[{\"a\":\"\t\"}]}", "{\"images\":[{\"a\":\"\xff\"}]}", "\ufeff{}", "\x00",
	`{"images":[{"a":"` + strings.Repeat("x", 3*pageRoom) + `"},{"b":"c"}],"next":"n"}`,
}

func TestPageAsFormerly(t *testing.T) {
	for _, page := range oddPages {
		pagesAlike(t, page)
		for cut := range min(len(page), 200) {
			pagesAlike(t, page[:cut])
		}
	}
}

// TestPageEndsEarly: a page that stops anywhere is told from one that is wrong.
func TestPageEndsEarly(t *testing.T) {
	for cut := range len(oddPages[0]) {
		if _, _, err := readPage(decodePage, strings.NewReader(oddPages[0][:cut])); !endsEarly(err) {
			t.Errorf("%q: %v", oddPages[0][:cut], err)
		}
	}
}

func FuzzPageAsFormerly(f *testing.F) {
	for _, page := range oddPages[:len(oddPages)-1] {
		f.Add(page)
	}
	f.Fuzz(pagesAlike)
}

func TestPageReaderPassesErrorsOn(t *testing.T) {
	for _, r := range []io.Reader{
		iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(oddPages[0]))),
		iotest.ErrReader(iotest.ErrTimeout),
		iotest.DataErrReader(io.MultiReader(strings.NewReader(`{"images":[{"id":`), iotest.ErrReader(iotest.ErrTimeout))),
	} {
		if _, _, err := readPage(decodePage, r); err != iotest.ErrTimeout {
			t.Errorf("the error became %v", err)
		}
	}
	if _, _, err := readPage(decodePage, iotest.DataErrReader(strings.NewReader(oddPages[0]))); err != nil {
		t.Errorf("an end that comes with the last bytes: %v", err)
	}
}
