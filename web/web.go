// Package web holds the pages that the server shows to people, and the security
// headers they are served with.
package web

import (
	"crypto/sha256"
	_ "embed" // the pages are part of the program
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// Page is an HTML page with at most one inline script and one inline style.
type Page struct {
	HTML    []byte
	Headers map[string]string // to be sent with it
}

//go:embed reference.html
var reference string

// Reference returns the page that shows the API: it reads openapi.json beside
// it.
func Reference() Page { return page(reference) }

// Send responds with the page.
func (p Page) Send(w http.ResponseWriter) error {
	for _, name := range slices.Sorted(maps.Keys(p.Headers)) {
		w.Header().Set(name, p.Headers[name])
	}
	_, _ = w.Write(p.HTML) // the client may be gone
	return nil
}

// page returns a page with headers that let it run its own script and style,
// read from its own server, and do nothing else.
func page(html string) Page {
	policy := "default-src 'none'"
	if strings.Contains(html, "<script>") {
		policy += "; script-src " + hashOf(html, "script") + "; connect-src 'self'"
	}
	policy += "; style-src " + hashOf(html, "style") + "; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return Page{HTML: []byte(html), Headers: map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy,
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer",
	}}
}

// hashOf returns the source by which a policy names an inline element.
func hashOf(html, element string) string {
	_, rest, _ := strings.Cut(html, "<"+element+">")
	text, _, _ := strings.Cut(rest, "</"+element+">")
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
