package web_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/web"
)

func wellFormed(svg []byte) error {
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// A name is always the same picture, another name is another one, and none loads
// or runs anything.
func TestPicture(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, name := range []string{"enamel-mug", "enamel-mug-small", "enamel-mug-in-use", "enamel-mug-claim", "wool-blanket", "-", "-small", "7", strings.Repeat("a-", 40)} {
		svg, ok := web.Picture(name)
		again, _ := web.Picture(name)
		if !ok || !bytes.Equal(svg, again) {
			t.Errorf("%s: %t, first %s, then %s", name, ok, svg, again)
		}
		if err := wellFormed(svg); err != nil {
			t.Errorf("%s: %v in %s", name, err, svg)
		}
		if other := seen[string(svg)]; other != "" {
			t.Errorf("%s is the picture of %s", name, other)
		}
		seen[string(svg)] = name
		for _, bad := range []string{"script", "style", "href", "url(", "<image", "foreignObject"} {
			if strings.Contains(string(svg), bad) {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
	if svg, _ := web.Picture("enamel-mug"); !strings.Contains(string(svg), ">enamel mug</text>") || !strings.Contains(string(svg), ">EM</text>") {
		t.Errorf("%s", svg)
	}
}

func TestPictureRefusesNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "A", "a b", "a\n", "a.b", "../a", "a/b", `"`, "<script>", "&lt;", "%3c", "ü", "a\x00", "\xff", strings.Repeat("a", 81)} {
		if svg, ok := web.Picture(name); ok || svg != nil {
			t.Errorf("%q: %s", name, svg)
		}
	}
}

func TestSendPicture(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	svg, _ := web.Picture("enamel-mug")
	if err := web.SendPicture(w, svg); err != nil || !bytes.Equal(w.Body.Bytes(), svg) {
		t.Errorf("%v %s", err, w.Body)
	}
	h := w.Header()
	if policy := h.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none';") || !strings.HasSuffix(policy, "; sandbox") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
	if h.Get("Content-Type") != "image/svg+xml" || h.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(h.Get("Cache-Control"), "public") {
		t.Errorf("%v", h)
	}
}
