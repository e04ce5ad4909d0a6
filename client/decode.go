package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/url"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
)

var errNoImages = errors.New(`there is no list "images" in the answer`)

// decodePage reads a page as it arrives and gives each image's JSON to image,
// which must not keep it: the whole page is never in memory as text. next is
// the server's address of the next page, "" on the last.
func decodePage(r io.Reader, image func(raw []byte) error) (next string, err error) {
	p := newPageReader(r)
	if err := p.want('{'); err != nil {
		return "", err
	}
	found := false
	for first := true; ; first = false {
		if more, err := p.more(first, '}'); err != nil {
			return "", err
		} else if !more {
			break
		}
		var key string
		if err := p.decode(&key); err != nil {
			return "", err
		}
		if err := p.want(':'); err != nil {
			return "", err
		}
		switch key {
		case "images":
			found = true
			err = p.images(image)
		case "next":
			var address *string
			if err = p.decode(&address); address != nil {
				next = *address
			}
		default:
			var skipped json.RawMessage
			err = p.decode(&skipped)
		}
		if err != nil {
			return "", err
		}
	}
	if !found {
		return "", errNoImages
	}
	return next, nil
}

// decode takes one value.
func (p *pageReader) decode(to any) error {
	raw, err := p.value()
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, to)
}

// images takes the list of images.
func (p *pageReader) images(image func(raw []byte) error) error {
	if err := p.want('['); err != nil {
		return err
	}
	for first := true; ; first = false {
		more, err := p.more(first, ']')
		if err != nil || !more {
			return err
		}
		raw, err := p.value()
		if err != nil {
			return err
		}
		if err := image(raw); err != nil {
			return err
		}
	}
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

// decode decodes the images, each by a function.
func (p rawPage) decode(image func(raw []byte, into *model.Image) error) (api.Page, error) {
	images := make([]model.Image, len(p.images))
	for i, raw := range p.images {
		if err := image(raw, &images[i]); err != nil {
			return api.Page{}, err
		}
	}
	return api.Page{Images: images, Marker: p.marker}, nil
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
