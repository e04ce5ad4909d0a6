package demo

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/glance-tui/glance-tui/model"
)

// download answers GET /v2/images/{image}/file: the data of the first location
// that has any, 204 when none has. Data on the web is a file of zeros of the
// right length.
func (c *call) download() error {
	r, err := c.lookup()
	if err != nil {
		return err
	}
	if r.image.Status == model.StatusDeactivated && !c.who.admin {
		return refuse(http.StatusForbidden,
			"The requested image has been deactivated. Image data download is forbidden.")
	}
	data := c.dataOf(r)
	if data == nil {
		c.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	// A file on the web may be longer than the image says: no more is sent.
	size := min(data.size, r.image.Size.Or(data.size))
	start, length, err := c.readRange(size)
	if err != nil {
		return err
	}
	if data.remote && c.r.Header.Get("Range") != "" {
		return refuse(http.StatusBadRequest, "Getting images randomly from this store is not supported. "+
			"Offset: %d, length: %d", start, length)
	}
	header := c.w.Header()
	header.Set("Content-Type", "application/octet-stream")
	if r.image.Checksum.Set {
		header.Set("Content-MD5", r.image.Checksum.Value)
	}
	header.Set("Content-Length", strconv.FormatInt(length, 10))
	code := http.StatusOK
	if c.r.Header.Get("Range") != "" {
		code = http.StatusPartialContent
		header.Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", start, start+length-1, size))
	}
	c.w.WriteHeader(code)
	_, _ = io.Copy(c.w, data.reader(start, length)) // a client may stop at any time
	return nil
}

// dataOf is the data of an image, nil when there is none to be had.
func (s *Server) dataOf(r record) *content {
	for _, l := range r.image.Locations {
		if !l.HoldsData() {
			if size, _, refused := s.mirrors.look(l.URL); refused == nil {
				return webContent(l.URL, size)
			}
			continue
		}
		if data := s.files.get(l.URL); data != nil && data.whole() {
			return data
		}
	}
	return nil
}

// readRange reads the Range header: one range of bytes, or all.
func (c *call) readRange(size int64) (start, length int64, err error) {
	text := c.r.Header.Get("Range")
	if text == "" {
		return 0, size, nil
	}
	if strings.Contains(text, ",") {
		return 0, 0, refuse(http.StatusBadRequest, "Requests with multiple ranges are not supported in Glance. "+
			"You may make multiple single-range requests instead.")
	}
	first, last, ok := cutRange(text)
	if !ok {
		return 0, 0, refuseDetail(http.StatusRequestedRangeNotSatisfiable, "Invalid Range header.")
	}
	if first < 0 { // the last bytes
		start = max(0, size+first)
		return start, size - start, nil
	}
	if first >= size {
		return 0, 0, refuseDetail(http.StatusRequestedRangeNotSatisfiable,
			"Invalid start position in Range header. Start position MUST be in the inclusive range [0, %d].", size-1)
	}
	if last < 0 || last >= size {
		last = size - 1
	}
	return first, last - first + 1, nil
}

// cutRange reads "bytes=1-5", "bytes=1-" (last is -1) and "bytes=-5" (first
// is -5).
func cutRange(text string) (first, last int64, ok bool) {
	spec, found := strings.CutPrefix(text, "bytes=")
	from, to, cut := strings.Cut(spec, "-")
	if !found || !cut {
		return 0, 0, false
	}
	if from == "" {
		n, err := strconv.ParseInt(to, 10, 64)
		return -n, 0, err == nil && n > 0
	}
	first, err := strconv.ParseInt(from, 10, 64)
	if err != nil {
		return 0, 0, false
	}
	if to == "" {
		return first, -1, true
	}
	last, err = strconv.ParseInt(to, 10, 64)
	return first, last, err == nil && last >= first
}
