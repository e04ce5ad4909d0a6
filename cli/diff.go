package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/glance-tui/glance-tui/model"
	"github.com/glance-tui/glance-tui/model/explain"
	"github.com/glance-tui/glance-tui/model/merge"
	"github.com/glance-tui/glance-tui/model/patch"
	"github.com/glance-tui/glance-tui/model/rules"
	"github.com/glance-tui/glance-tui/ui/safe"
)

type diffCommand struct {
	*options
	*streams
	explain bool
}

func newDiff(o *options, s *streams) *cobra.Command {
	c := &diffCommand{options: o, streams: s}
	cmd := &cobra.Command{
		Use:   "diff BEFORE WANTED",
		Short: "Print the smallest patch between two image documents",
		Long: `Print the smallest JSON patch, valid for Glance, that turns one image into
another. BEFORE and WANTED are files (or pipes) with an image as the API returns
it, or as openstack image show -f json prints it; - is standard input. Base
attributes missing from WANTED are kept; custom properties missing from it are
removed.

Attributes set by the server are ignored. Times, sizes, hashes and links always
differ. If id, status, stores or os_glance_… differ, a note on standard error
says that no patch can change them.

Standard output has only the patch ([] if nothing differs). If no patch is
possible, the reason is printed to standard error and the exit status is 1.`,
		Example: `glance-tui show "Fedora 17" > before.json
sed 's/Fedora 17/F18/' before.json | glance-tui diff before.json - --explain`,
		Args:              exactly("BEFORE", "WANTED"),
		ValidArgsFunction: completeFiles,
		RunE:              runs(c.run),
	}
	cmd.Flags().BoolVar(&c.explain, "explain", false, "explain each operation on standard error")
	return cmd
}

func (c *diffCommand) run(ctx context.Context, args []string) error {
	if args[0] == "-" && args[1] == "-" {
		return wrongUsage("only one of the two documents can come from standard input")
	}
	var before, wanted model.Image
	var notAsked []merge.Change
	if err := c.read(ctx, args[0], nil, func(text []byte) error { return decodeImage(text, &before) }); err != nil {
		return err
	}
	known := before.Properties
	if known == nil {
		known = make(map[string]model.Opt[string])
	}
	err := c.read(ctx, args[1], known, func(text []byte) (err error) {
		wanted, err = model.DecodeWanted(before, text)
		notAsked = merge.NotAsked(before, text)
		return err
	})
	if err != nil {
		return err
	}
	for _, n := range notAsked {
		if !n.ByServer {
			c.note("The property %s is kept: its value in BEFORE (%s) is of an unknown type, and WANTED does not have it.", safe.Text(n.Label), safe.Text(n.Before))
			continue
		}
		if n.Before == merge.Absent {
			n.Before = model.Missing
		}
		c.note("No patch can change this: %s is %s in WANTED and %s in BEFORE. It is set by the server.",
			safe.Text(n.Label), safe.Text(n.After), safe.Text(n.Before))
	}
	rules := rules.For(c.modelRelease())
	patch, err := rules.Diff(before, wanted)
	if err != nil {
		return err
	}
	if c.explain {
		c.words(rules, before, patch)
	}
	_, err = c.out.Write(append(escaped(bytes.TrimSpace(patch.Pretty())), '\n'))
	return err
}

// words says on standard error what a patch does.
func (c *diffCommand) words(rules rules.Rules, before model.Image, patch patch.Patch) {
	if len(patch) == 0 {
		c.note("No differences.")
		return
	}
	for i, step := range explain.Steps(rules, before, patch) {
		line := fmt.Sprintf("%d. %s", i+1, step.Text)
		if step.Note != "" {
			line += " (" + step.Note + ")"
		}
		c.note("%s", safe.Text(line))
		for _, hazard := range step.Hazards {
			c.note("   ! %s", safe.Text(hazard.Text))
		}
	}
	if after := rules.Predict(before, patch); after != before.Status {
		c.note("Status: %s, then %s", safe.Text(string(before.Status)), safe.Text(string(after)))
	}
}

// read gives a document to decode and says, where that fails, which document
// it was and where in it. known are the properties of the one before it.
func (c *diffCommand) read(ctx context.Context, name string, known map[string]model.Opt[string], decode func([]byte) error) error {
	title := name
	if name == "-" {
		title = "standard input"
	}
	text, err := c.document(ctx, name)
	if errors.Is(err, context.Canceled) {
		return err
	}
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err // the name is said already
		}
		return fmt.Errorf("could not read %s: %w", title, err)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // a byte order mark, as Windows' programs write it
	if text, err = patch.FromOpenStackClient(text, known); err == nil {
		err = decode(text)
	}
	var syntax *json.SyntaxError
	var refusal *model.Refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		return err
	case errors.As(err, &syntax):
		return fmt.Errorf("%s is not JSON: %s: %w", title, place(text, syntax.Offset), err)
	}
	return fmt.Errorf("%s is not an image: %w", title, err)
}

// errNoImage is a document that is JSON and no image.
var errNoImage = errors.New("expected one JSON object, as GET /v2/images/{id} returns it")

func decodeImage(text []byte, img *model.Image) error {
	if err := img.UnmarshalShown(text); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return err
		}
		return errNoImage
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("null")) {
		return errNoImage
	}
	return nil
}

// place is where in a text an offset is, for users.
func place(text []byte, offset int64) string {
	before := string(text[:min(max(offset, 0), int64(len(text)))])
	line := strings.Count(before, "\n") + 1
	column := len([]rune(before[strings.LastIndexByte(before, '\n')+1:]))
	return fmt.Sprintf("line %d, column %d", line, max(column, 1))
}
