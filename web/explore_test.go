package web_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/web"
)

// maxExplorer is the size of the explorer, in bytes, uncompressed.
const maxExplorer = 150 << 10

// The explorer is small, loads nothing that is not part of it, and never parses
// text as HTML or as a program.
func TestExplorerIsClosed(t *testing.T) {
	t.Parallel()
	files, size := web.Explorer(), 0
	imported := regexp.MustCompile(`(?:\bfrom |src=|href=)["']([^"'#]+)["']`)
	for name, file := range files {
		w := httptest.NewRecorder()
		if err := file.Send(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/explore/"+name, http.NoBody)); err != nil {
			t.Fatal(err)
		}
		text := w.Body.String()
		size += len(text)
		for what, pattern := range map[string]string{
			"an address elsewhere": `https?://[^w]|https?://www\.[^w]`, "text parsed as HTML": `innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc`,
			"text run as a program": `\beval\(|new Function|setTimeout\("`, "an inline handler or style": `\son\w+="|\sstyle="`, "an inline script": `<script>|<style>`,
		} {
			if found := regexp.MustCompile(pattern).FindString(strings.ReplaceAll(text, "http://www.w3.org/2000/svg", "")); found != "" {
				t.Errorf("%s has %s: %s", name, what, found)
			}
		}
		for _, m := range imported.FindAllStringSubmatch(text, -1) {
			target := strings.TrimPrefix(strings.TrimPrefix(m[1], "./"), "/explore/")
			if _, ok := files[target]; !ok && m[1] != "/docs" && m[1] != "data:," {
				t.Errorf("%s loads %q, which is not served", name, m[1])
			}
		}
		again := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/explore/"+name, http.NoBody)
		again.Header.Set("If-None-Match", w.Header().Get("ETag"))
		unchanged := httptest.NewRecorder()
		if err := file.Send(unchanged, again); err != nil || unchanged.Code != http.StatusNotModified || unchanged.Body.Len() > 0 {
			t.Errorf("%s: %d, %d bytes", name, unchanged.Code, unchanged.Body.Len())
		}
	}
	if size > maxExplorer || len(files) < 5 {
		t.Errorf("%d files of %d bytes", len(files), size)
	}
}
