package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"

	"github.com/glance-tui/glance-tui/model"
)

// pageAnswer is the answer to a request for a page.
type pageAnswer struct {
	images []model.Image
	next   string // absent on the last page
}

// marker is where the next page begins: after the last image.
func (p pageAnswer) marker() string {
	if p.next == "" || len(p.images) == 0 {
		return ""
	}
	if id := p.images[len(p.images)-1].ID; id != "" {
		return id
	}
	u, err := url.Parse(p.next)
	if err != nil {
		return ""
	}
	return u.Query().Get("marker")
}

var errNoImages = errors.New(`there is no list "images" in the answer`)

// decodePage reads a page as it arrives, one image after the other: the whole
// of it is never in memory as text. expect is how many images may come.
func decodePage(r io.Reader, expect int) (pageAnswer, error) {
	var p pageAnswer
	d := json.NewDecoder(r)
	if err := want(d, '{'); err != nil {
		return p, err
	}
	found := false
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return p, err
		}
		switch key {
		case "images":
			found = true
			if p.images, err = decodeImages(d, expect); err != nil {
				return p, err
			}
		case "next":
			var next *string
			if err := d.Decode(&next); err != nil {
				return p, err
			}
			if next != nil {
				p.next = *next
			}
		default:
			var skipped json.RawMessage
			if err := d.Decode(&skipped); err != nil {
				return p, err
			}
		}
	}
	if err := want(d, '}'); err != nil {
		return p, err
	}
	if !found {
		return p, errNoImages
	}
	return p, nil
}

func decodeImages(d *json.Decoder, expect int) ([]model.Image, error) {
	if err := want(d, '['); err != nil {
		return nil, err
	}
	images := make([]model.Image, 0, min(max(expect, 0), MaxLimit))
	for d.More() {
		var img model.Image
		if err := d.Decode(&img); err != nil {
			return nil, err
		}
		images = append(images, img)
	}
	return images, want(d, ']')
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
