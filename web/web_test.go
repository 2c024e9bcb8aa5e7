package web_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/web"
)

// reference is the page of the API as a browser gets it.
func reference(t *testing.T) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	if err := web.Reference().Send(w); err != nil {
		t.Fatal(err)
	}
	return w
}

// between returns what is between two texts, each of which must be there once.
func between(t *testing.T, text, from, to string) string {
	t.Helper()
	if strings.Count(text, from) != 1 || strings.Count(text, to) != 1 {
		t.Fatalf("the page has %d of %q and %d of %q", strings.Count(text, from), from, strings.Count(text, to), to)
	}
	_, text, _ = strings.Cut(text, from)
	text, _, ok := strings.Cut(text, to)
	if !ok {
		t.Fatalf("%q is not after %q", to, from)
	}
	return text
}

// The page may run its own script and nothing else, and talks to its own server
// only: it sees credentials.
func TestReferencePageIsClosed(t *testing.T) {
	t.Parallel()
	w := reference(t)
	page := w.Body.String()
	hash := func(element string) string {
		sum := sha256.Sum256([]byte(between(t, page, "<"+element+">", "</"+element+">")))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	policy := "default-src 'none'; script-src " + hash("script") + "; connect-src 'self'; style-src " + hash("style") +
		"; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	for name, want := range map[string]string{
		"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
		"Content-Type": "text/html; charset=utf-8",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for what, pattern := range map[string]string{
		"an address elsewhere":           `https?://`,
		"a file to load":                 `(?i)\s(src|srcset|action|formaction)\s*=\s*["']|<(link|iframe|object|embed|base)\s[^>]*href="[^d]|@import|\burl\(|\bimport\(`,
		"inline handlers or styles":      `(?i)<[a-z][^>]*\s(on\w+|style)\s*=`,
		"markup made of data":            `innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment|srcdoc`,
		"code made of data":              `\beval\(|new Function`,
		"storage that stays":             `localStorage|document\.cookie|indexedDB`,
		"cookies that go with a request": `credentials: "(include|same-origin)"`,
	} {
		if found := regexp.MustCompile(pattern).FindString(page); found != "" {
			t.Errorf("the page has %s: %q", what, found)
		}
	}
}

// Who opens the page learns first how to get a token, and where it is kept.
func TestReferencePageStartsWithAToken(t *testing.T) {
	t.Parallel()
	page := reference(t).Body.String()
	access := between(t, page, `<section id="access"`, `<section id="reading"`)
	if rest := between(t, page, `<section id="reading"`, "<script>"); !strings.Contains(rest, `<div id="routes"`) {
		t.Error("the routes are not below the token")
	}
	for _, want := range []string{
		`id="email" type="email"`, `id="password" type="password"`, `id="token"`, `id="key"`, `id="login-curl"`, "session storage of this tab only", "The password is not kept.",
	} {
		if !strings.Contains(access, want) {
			t.Errorf("the section about the token has no %s", want)
		}
	}
	if printed := between(t, page, "@media print {", "</style>"); !strings.Contains(printed, ".login,") || !strings.Contains(access, `<div class="grid login">`) {
		t.Error("the token is printed")
	}
	if !strings.Contains(page, `"/auth/user/emailpass"`) || !strings.Contains(page, "sessionStorage.setItem(") {
		t.Error("the page does not log in, or keeps nothing")
	}
}

// Each control of the page has a label, so that it can be used without seeing it.
func TestReferencePageIsLabelled(t *testing.T) {
	t.Parallel()
	page := reference(t).Body.String()
	markup, _, _ := strings.Cut(page, "<script>")
	for _, found := range regexp.MustCompile(`<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"`).FindAllStringSubmatch(markup, -1) {
		if !strings.Contains(markup, `<label for="`+found[1]+`">`) {
			t.Errorf("%s has no label", found[1])
		}
	}
	for _, want := range []string{`<html lang="en">`, `name="viewport"`, `class="skip" href="#routes"`, "@media (prefers-color-scheme: dark)", "@media (max-width: 800px)", "@media print"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
}
