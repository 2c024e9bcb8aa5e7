package web_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/web"
)

// dashboard writes a built dashboard, beside a file that is none of its own.
func dashboard(t *testing.T, page string) string {
	t.Helper()
	above := t.TempDir()
	folder := filepath.Join(above, "app")
	for name, text := range map[string]string{
		"secret.txt": "secret", "app/index.html": page, "app/assets/index-1.js": "run()", "app/logo.png": "png", "app/data.bin": "bin",
	} {
		path := filepath.Join(above, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(above, "secret.txt"), filepath.Join(folder, "link.txt")); err != nil {
		t.Fatal(err)
	}
	return folder
}

const page = `<script src="/app/assets/index-1.js"></script>`

func TestDashboard(t *testing.T) {
	t.Parallel()
	folder := dashboard(t, page)
	d, err := web.NewDashboard(folder)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct{ body, kind, cache string }{
		"":                       {page, "text/html; charset=utf-8", "no-cache"},
		"index.html":             {page, "text/html; charset=utf-8", "no-cache"},
		"orders/order_1/returns": {page, "text/html; charset=utf-8", "no-cache"},
		"assets/index-1.js":      {"run()", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		"logo.png":               {"png", "image/png", "no-cache"},
		"data.bin":               {"bin", "application/octet-stream", "no-cache"},
		"assets":                 {page, "text/html; charset=utf-8", "no-cache"},
		"assets/gone.js":         {},
		"gone.css":               {},
		"link.txt":               {},
		"../secret.txt":          {},
		"..%2f/../secret.txt":    {},
	} {
		w := httptest.NewRecorder()
		err := d.Send(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/app/x", http.NoBody), name)
		if want.body == "" {
			if fault.TypeOf(err) != fault.NotFound {
				t.Errorf("%q: %v, %s", name, err, w.Body)
			}
			continue
		}
		h := w.Header()
		if err != nil || w.Body.String() != want.body || h.Get("Content-Type") != want.kind || h.Get("Cache-Control") != want.cache {
			t.Errorf("%q: %v, %s, %v", name, err, w.Body, h)
		}
		if policy := h.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self';") || !strings.Contains(policy, "frame-ancestors 'none'") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%q: the policy is %s", name, policy)
		}
	}
}

// A dashboard is built anew while it is served.
func TestDashboardIsBuiltAnew(t *testing.T) {
	t.Parallel()
	folder := dashboard(t, page)
	d, err := web.NewDashboard(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/app", http.NoBody)
	if err := d.Send(w, r, ""); fault.TypeOf(err) != fault.UnexpectedState {
		t.Errorf("without the folder: %v", err)
	}
	if err := os.Mkdir(folder, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "index.html"), []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Send(w, r, ""); err != nil || w.Body.String() != "new" {
		t.Errorf("with a new folder: %v, %s", err, w.Body)
	}
}

func TestNoDashboard(t *testing.T) {
	t.Parallel()
	for folder, want := range map[string]string{
		filepath.Join(t.TempDir(), "gone"): "--dashboard",
		t.TempDir():                        "index.html",
		dashboard(t, `<script src="/assets/index-1.js"></script>`): `path: "/app"`,
	} {
		if _, err := web.NewDashboard(folder); fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want it to name %s", folder, err, want)
		}
	}
}
