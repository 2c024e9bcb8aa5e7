package fault_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/fault"
)

func TestClip(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"short":                  "short",
		strings.Repeat("x", 100): strings.Repeat("x", 100),
		strings.Repeat("x", 101): strings.Repeat("x", 100) + "…",
		"a\xffb":                 "a\uFFFDb",
	} {
		if got := fault.Clip(in); got != want {
			t.Errorf("Clip(%q) = %q, want %q", in, got, want)
		}
	}
	if got := fault.Clip(strings.Repeat("é", 99)); !utf8.ValidString(got) || len(got) > 100+len("…") {
		t.Errorf("a character is cut in two: %q", got)
	}
}

func TestArticle(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"order": "an order", "cart": "a cart", "": "a "} {
		if got := fault.Article(in); got != want {
			t.Errorf("Article(%q) = %q, want %q", in, got, want)
		}
	}
}
