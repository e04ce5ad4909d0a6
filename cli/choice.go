package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// choice is a flag whose value is one of a few words.
type choice struct {
	value   string
	choices []string
}

func newChoice(value string, choices ...string) *choice {
	return &choice{value: value, choices: choices}
}

// String is the chosen word.
func (c *choice) String() string { return c.value }

// Set chooses a word.
func (c *choice) Set(s string) error {
	if !slices.Contains(c.choices, s) {
		return fmt.Errorf("must be one of: %s", strings.Join(c.choices, ", "))
	}
	c.value = s
	return nil
}

// Type is what help shows for the value.
func (c *choice) Type() string { return strings.Join(c.choices, "|") }

func (c *choice) complete(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return c.choices, cobra.ShellCompDirectiveNoFileComp
}
