package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
)

//go:embed explore
var explore embed.FS

// File is a file of the explorer.
type File struct {
	text []byte
	kind string // its media type
	etag string
}

// explorerPolicy lets the explorer load its own files and talk to its own server,
// and nothing else.
const explorerPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// mediaTypes of files, by the ends of their names.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
	".json": "application/json", ".map": "application/json", ".webmanifest": "application/manifest+json", ".txt": "text/plain; charset=utf-8",
	".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon", ".woff": "font/woff", ".woff2": "font/woff2", ".wasm": "application/wasm",
}

// Explorer returns the files of the explorer by name: index.html, its scripts and
// its style.
func Explorer() map[string]File {
	files := map[string]File{}
	entries, err := explore.ReadDir("explore")
	if err != nil {
		panic("web: " + err.Error()) // the folder is part of the program
	}
	for _, e := range entries {
		text, err := explore.ReadFile("explore/" + e.Name())
		kind := mediaTypes[path.Ext(e.Name())]
		if err != nil || kind == "" {
			panic("web: explore/" + e.Name() + " cannot be served")
		}
		sum := sha256.Sum256(text)
		files[e.Name()] = File{text, kind, `"` + hex.EncodeToString(sum[:12]) + `"`}
	}
	return files
}

// Send responds with the file, or with 304 if the client has it.
func (f File) Send(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Content-Security-Policy", explorerPolicy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-cache") // the client asks whether its copy is the newest
	h.Set("ETag", f.etag)
	if r.Header.Get("If-None-Match") == f.etag {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	_, _ = w.Write(f.text) // the client may be gone
	return nil
}
