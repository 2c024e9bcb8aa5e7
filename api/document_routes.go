package api

import (
	"crypto/sha256"
	_ "embed" // the reference page is part of the program
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// referencePage shows the document: it reads openapi.json beside it.
//
//go:embed reference.html
var referencePage string

// DocumentRoutes are GET /openapi.json, which describes the routes and itself,
// and GET /docs, a page that shows it. The document is made when somebody asks
// for it first.
func DocumentRoutes(s *Shop, routes []Route, title, version string) []Route {
	own := []Route{
		{Method: http.MethodGet, Path: "/openapi.json", Summary: "This document", Answer: Answer{Body: Body{
			Must("openapi", Text), Must("info", Map), Must("paths", Map), Must("components", Map),
		}}},
		{Method: http.MethodGet, Path: "/docs", Summary: "A page that shows this document", Answer: Answer{Media: "text/html"}},
	}
	all := slices.Concat(routes, own)
	made := sync.OnceValues(func() ([]byte, error) { return Document(s, all, title, version) })
	own[0].Do = func(c *Call) error {
		text, err := made()
		if err != nil {
			return err
		}
		c.raw(text)
		return nil
	}
	policy := pagePolicy(referencePage)
	own[1].Do = func(c *Call) error {
		h := c.w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Length", strconv.Itoa(len(referencePage)))
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		_, _ = c.w.Write([]byte(referencePage)) // the client may be gone
		return nil
	}
	return own
}

// pagePolicy lets a page run its own script, by its hash, and read from here:
// nothing else.
func pagePolicy(page string) string {
	return "default-src 'none'; script-src " + hashOf(page, "script") + "; style-src " + hashOf(page, "style") +
		"; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

// hashOf is the source that a policy names an inline element by.
func hashOf(page, element string) string {
	_, rest, _ := strings.Cut(page, "<"+element+">")
	text, _, _ := strings.Cut(rest, "</"+element+">")
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
