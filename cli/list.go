package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/filter"
)

// pageSize is how many images a request of a whole list asks for; Glance gives
// at most 1000.
const pageSize = 500

type listCommand struct {
	*options
	*streams
	format *choice
	limit  int
}

func newList(o *options, s *streams) *cobra.Command {
	c := &listCommand{options: o, streams: s, format: newChoice("table", "table", "json")}
	cmd := &cobra.Command{
		Use:   "list [FILTER...]",
		Short: "List images",
		Long: `List images as they arrive. Filters work as in the terminal UI; an image must
match all of them. See: glance-tui help filters`,
		Example: `glance-tui list status:queued,killed
glance-tui list visibility:public 'updated:<2d' --format json
glance-tui list fedora '!tag:lts' 'size:>1G'`,
		Args:              cobra.ArbitraryArgs,
		ValidArgsFunction: completeFilter,
		RunE:              runs(c.run),
	}
	cmd.Flags().VarP(c.format, "format", "f", "output format; json: an array of API image objects")
	cmd.Flags().IntVar(&c.limit, "limit", 0, "list at most `NUMBER` images (0: all)")
	_ = cmd.RegisterFlagCompletionFunc("format", c.format.complete)
	return cmd
}

// errEnough ends a listing that has what was asked for.
var errEnough = errors.New("enough")

func (c *listCommand) run(ctx context.Context, args []string) error {
	filter, err := filter.Parse(strings.Join(args, " "), time.Now())
	if err != nil {
		return wrongUsage("%w", err)
	}
	if c.limit < 0 {
		return wrongUsage("--limit must be 0 or greater: %d", c.limit)
	}
	service, closeService, err := c.connect(ctx, c.streams)
	if err != nil {
		return err
	}
	defer closeService()
	session := service.Session()
	var out imageWriter
	if c.format.value == "json" {
		out = newArray(c.out)
	} else {
		out = newTable(c.out, c.style(), session)
	}
	page := pageSize
	if filter.Empty() && c.limit > 0 {
		page = min(page, c.limit)
	}
	left := c.limit
	err = service.Each(ctx, page, filter.Query(session), func(p api.Page) error {
		images := matching(p.Images, filter, session)
		if c.limit > 0 && len(images) > left {
			images = images[:left]
		}
		left -= len(images)
		if err := out.write(images); err != nil {
			return err
		}
		if c.limit > 0 && left == 0 {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err // an array stays open: what was cut short must not look whole
	}
	return out.close()
}

// matching keeps the images that pass, in place.
func matching(images []model.Image, filter filter.Filter, session api.Session) []model.Image {
	kept := images[:0]
	for i := range images {
		if filter.Match(&images[i], session) {
			kept = append(kept, images[i])
		}
	}
	return kept
}

// imageWriter prints images page by page.
type imageWriter interface {
	write([]model.Image) error
	close() error
}

func (t *table) close() error { return t.w.Flush() }

// array prints images as one JSON array, one document on each line, as they
// come.
type array struct {
	w   *bufio.Writer
	n   int
	doc []byte // room for one document
}

func newArray(out io.Writer) *array { return &array{w: bufio.NewWriterSize(out, 64<<10)} }

func (a *array) write(images []model.Image) error {
	for i := range images {
		separator := ",\n"
		if a.n == 0 {
			separator = "[\n"
		}
		a.n++
		var err error
		if a.doc, err = images[i].AppendJSON(a.doc[:0]); err != nil {
			return err
		}
		_, _ = a.w.WriteString(separator)
		_, _ = a.w.Write(escaped(a.doc))
	}
	return a.w.Flush()
}

func (a *array) close() error {
	end := "\n]\n"
	if a.n == 0 {
		end = "[]\n"
	}
	_, _ = a.w.WriteString(end)
	return a.w.Flush()
}
