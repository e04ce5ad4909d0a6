package demo

import (
	"net/http"
	"slices"
	"strings"
)

// Values of filters that stand for everything.
const (
	visibilityAll = "all"
	memberAll     = "all"
)

// listQuery is what a list asks for.
type listQuery struct {
	who          caller
	limit        int
	marker       string
	hasMarker    bool
	visibility   string // "" for none given
	memberStatus string
	conditions   []condition
	sort         []sortKey
}

// candidate is an image that a list looks at; its record is built only when a
// condition needs it.
type candidate struct {
	*entry
	store  *store
	loaded *record
}

// rec is the image's record, without hashes and locations where it is synthetic.
func (c *candidate) rec() *record {
	if c.loaded == nil {
		r := c.store.outline(c.entry)
		c.loaded = &r
	}
	return c.loaded
}

// full is the whole record.
func (c *candidate) full() record { return c.store.load(c.entry) }

// condition is a filter.
type condition func(*candidate) bool

// newListQuery reads the parameters of GET /v2/images.
func newListQuery(ps parameters) (*listQuery, error) {
	q := &listQuery{}
	var err error
	if q.limit, err = readLimit(&ps); err != nil {
		return nil, err
	}
	q.marker, q.hasMarker = ps.pop("marker")
	if err := q.readMemberStatus(&ps); err != nil {
		return nil, err
	}
	q.readTags(ps.popAll("tag"))
	if q.sort, err = readSort(&ps); err != nil {
		return nil, err
	}
	if err := q.readFilters(ps.lasting("")); err != nil {
		return nil, err
	}
	return q, nil
}

func (q *listQuery) readMemberStatus(ps *parameters) error {
	status, found := ps.pop("member_status")
	if !found {
		status = "accepted"
	}
	if !slices.Contains([]string{"pending", "accepted", "rejected", memberAll}, status) {
		return refuse(http.StatusBadRequest, "Invalid status: %s", status)
	}
	q.memberStatus = status
	return nil
}

// readTags wants all the tags.
func (q *listQuery) readTags(tags []string) {
	for _, tag := range tags {
		q.wantTag(strings.TrimSpace(tag))
	}
}

func (q *listQuery) wantTag(tag string) {
	q.where(func(c *candidate) bool { return slices.Contains(c.rec().image.Tags, tag) })
}

func (q *listQuery) where(c condition) { q.conditions = append(q.conditions, c) }

// matches is whether a list shows a candidate. The caller holds the store's lock.
func (q *listQuery) matches(c *candidate) bool {
	if !c.store.listed(c.entry, q.who, q.visibility, q.memberStatus) {
		return false
	}
	for _, holds := range q.conditions {
		if !holds(c) {
			return false
		}
	}
	return true
}

// markerEntry is the image after which the page begins, nil without marker.
// An administrator may go on from an image that was just deleted (measured).
// The caller holds the store's lock.
func (s *store) markerEntry(q *listQuery) (*entry, error) {
	if !q.hasMarker {
		return nil, nil
	}
	e := s.byID[q.marker]
	if e == nil && q.who.admin {
		e = s.gone.find(q.marker)
	}
	switch {
	case e == nil:
		return nil, refuse(http.StatusBadRequest, "No image found with ID %s", q.marker)
	case !s.visible(e, q.who):
		return nil, refuse(http.StatusForbidden, "Forbidding request, image %s not visible", q.marker)
	}
	return e, nil
}

// page is one page of a list.
func (s *store) page(q *listQuery) ([]record, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	marker, err := s.markerEntry(q)
	if err != nil || q.limit == 0 {
		return nil, err
	}
	if desc, ok := byCreation(q.sort); ok {
		return s.inOrder(q, marker, desc), nil
	}
	return s.sorted(q, marker), nil
}

// inOrder walks along the index of creation times, so that a page costs what
// is on it.
func (s *store) inOrder(q *listQuery, marker *entry, desc bool) []record {
	next, step := 0, 1
	if desc {
		next, step = len(s.order)-1, -1
	}
	if marker != nil {
		// The first entry that is not before the marker, or where it was.
		at, found := slices.BinarySearchFunc(s.order, marker, func(e, m *entry) int {
			switch {
			case e.before(m):
				return -1
			case m.before(e):
				return 1
			}
			return 0
		})
		switch {
		case desc:
			next = at - 1
		case found:
			next = at + 1
		default:
			next = at
		}
	}
	var page []record
	for ; next >= 0 && next < len(s.order) && len(page) < q.limit; next += step {
		c := candidate{entry: s.order[next], store: s}
		if q.matches(&c) {
			page = append(page, c.full())
		}
	}
	return page
}

// sorted finds a page in any other order: the best of what comes after the
// marker. It holds little more than the page at any time.
func (s *store) sorted(q *listQuery, marker *entry) []record {
	var after *record
	if marker != nil {
		r := s.load(marker)
		after = &r
	}
	less := func(a, b *candidate) int { return compare(q.sort, a.rec(), b.rec()) }
	var best []*candidate
	for _, e := range s.order {
		c := &candidate{entry: e, store: s}
		if !q.matches(c) || after != nil && !follows(q.sort, c.rec(), after) {
			continue
		}
		best = append(best, c)
		if len(best) >= 2*q.limit+64 {
			slices.SortFunc(best, less)
			best = best[:q.limit]
		}
	}
	slices.SortFunc(best, less)
	page := make([]record, 0, q.limit)
	for _, c := range best[:min(len(best), q.limit)] {
		page = append(page, c.full())
	}
	return page
}
