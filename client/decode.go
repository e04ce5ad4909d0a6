package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/glance-tui/glance-tui/model"
)

var errNoImages = errors.New(`there is no list "images" in the answer`)

// decodePage reads a page as it arrives and gives each image's JSON to image,
// which must not keep it: the whole page is never in memory as text. next is
// the server's address of the next page, "" on the last.
func decodePage(r io.Reader, image func(raw []byte) error) (next string, err error) {
	d := json.NewDecoder(r)
	if err := want(d, '{'); err != nil {
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
			err = decodeImages(d, image)
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
	if err := want(d, '}'); err != nil {
		return "", err
	}
	if !found {
		return "", errNoImages
	}
	return next, nil
}

func decodeImages(d *json.Decoder, image func(raw []byte) error) error {
	if err := want(d, '['); err != nil {
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
	return want(d, ']')
}

// want takes one bracket.
func want(d *json.Decoder, bracket json.Delim) error {
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

// rawPage is a page whose images are not decoded yet.
type rawPage struct {
	images [][]byte
	marker string // of the next page; "" after the last
	err    error  // instead of a page
}

func readRawPage(r io.Reader) (rawPage, error) {
	var p rawPage
	next, err := decodePage(r, func(raw []byte) error {
		p.images = append(p.images, bytes.Clone(raw))
		return nil
	})
	if err != nil {
		return rawPage{}, err
	}
	if n := len(p.images); n > 0 {
		var last struct {
			ID string `json:"id"`
		}
		_ = json.Unmarshal(p.images[n-1], &last) // a strange id ends the list, as below
		p.marker = markerAfter(last.ID, next)
	}
	return p, nil
}

// before gives the ids of up to n images before the last, in their order.
func (p rawPage) before(n int) []string {
	var ids []string
	for _, raw := range p.images[max(0, len(p.images)-1-n):max(0, len(p.images)-1)] {
		var img struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(raw, &img) == nil && img.ID != "" {
			ids = append(ids, img.ID)
		}
	}
	return ids
}

// decode decodes the images.
func (p rawPage) decode() (model.Page, error) {
	images := make([]model.Image, len(p.images))
	for i, raw := range p.images {
		if err := images[i].UnmarshalShown(raw); err != nil {
			return model.Page{}, err
		}
	}
	return model.Page{Images: images, Marker: p.marker}, nil
}

// markerAfter is where the page after an image begins, "" when the server
// knows of no next page.
func markerAfter(id, next string) string {
	if next == "" {
		return ""
	}
	if id != "" {
		return id
	}
	u, err := url.Parse(next)
	if err != nil {
		return ""
	}
	return u.Query().Get("marker")
}
