package client

import (
	"strings"
	"testing"
)

func TestPlainText(t *testing.T) {
	for text, want := range map[string]string{
		"No image found with ID a<br /><br />\n\n\n":                          "No image found with ID a",
		"<html><head><title>404</title></head><body><h1>Not</h1>Found</body>": "Not Found",
		"<SCRIPT>if (a < b) { x() }</Script>text<!-- <b>no</b> -->more":       "text more",
		"a < b, c > d &amp; e &lt;f&gt;":                                      "a < b, c > d & e <f>",
		"open <script> and <!-- open":                                         "open and <!-- open",
		"<style":                                                              "<style",
		"<scripts>shown</scripts>":                                            "shown",
		"3 <4 <é> <":                                                          "3 <4 <é> <",
		"\xff":                                                                "\ufffd",
	} {
		if got := plainText(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// Twice the text takes about twice the work, counted in bytes looked at: no
// clock tells it on a busy machine.
func TestPlainTextIsLinear(t *testing.T) {
	for _, unit := range []string{"<script><!---->", "<script>", "<!--", "<", "<a", "<title><style>", "</script><script>", "<!-- --><script>"} {
		text := strings.Repeat(unit, maxErrorBody/len(unit))
		p := page{text: text, lower: lowerASCII(text)}
		for at := 0; at < len(text); at++ {
			if text[at] != '<' {
				continue
			}
			if end, _ := p.markup(at); end > 0 {
				at = end - 1
			}
		}
		if p.searched > 8*len(text) {
			t.Errorf("%q: %d bytes of %d were searched", unit, p.searched, len(text))
		}
	}
	if got := plainText(strings.Repeat("x", 2*maxErrorBody)); len(got) != maxErrorBody {
		t.Errorf("%d bytes", len(got))
	}
}
