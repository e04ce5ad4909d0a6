package cli

import (
	"bytes"
	"log"
	"log/slog"
	"testing"
)

// What libraries log while a command works, net/http with a server's words, is not
// printed.
func TestCommandsPrintNoLibrarysLines(t *testing.T) {
	var said bytes.Buffer
	log.SetOutput(&said)
	var out, err bytes.Buffer
	if status := Run([]string{"--version"}, nil, &out, &err); status != exitDone {
		t.Fatalf("exit status %d: %s", status, err.String())
	}
	log.Print("by log")
	slog.Error("by slog")
	if said.Len() > 0 {
		t.Errorf("%q", said.String())
	}
}
