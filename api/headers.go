package api

import "net/http"

// secure are the headers of every response that has no others: it is not cached,
// its type is not guessed, and a page that a browser takes it for can load, run
// and be framed by nothing.
var secure = [...][2]string{
	{"Cache-Control", "no-store"},
	{"Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
	{"Referrer-Policy", "no-referrer"},
	{"X-Content-Type-Options", "nosniff"},
	{"X-Frame-Options", "DENY"},
}

// Secured sets the security headers of the API before next is called, which may
// set others.
func Secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, s := range secure {
			h.Set(s[0], s[1])
		}
		next.ServeHTTP(w, r)
	})
}
