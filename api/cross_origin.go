package api

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/fault"
)

// protect refuses requests that a page of another site makes in the name of a
// session: those that change something and carry the cookie. Pages of the
// configured origins may. A request with a token in a header is not one that a
// browser adds credentials to by itself.
func (h *handler) protect(next http.Handler) http.Handler {
	areas := map[string]func(origin string) bool{"/admin": allows(h.Origins.Admin), "/store": allows(h.Origins.Store), "/auth": allows(h.Origins.Auth)}
	rule := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie(SessionCookie); err == nil && r.Header.Get("Authorization") == "" && !trusted(areas, r) {
			if err := rule.Check(r); err != nil {
				fail(w, r, h.Log, fault.New(fault.NotAllowed, "a page of another site cannot use the session; allow its origin, or send the token in a header"))
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func trusted(areas map[string]func(origin string) bool, r *http.Request) bool {
	for area, allowed := range areas {
		if under(r.URL.Path, area) {
			return allowed(r.Header.Get("Origin"))
		}
	}
	return false
}

// HTTPS reports whether the client has sent the request over HTTPS: to this
// server, or to a proxy that it trusts.
func (c *Call) HTTPS() bool { return c.https }

func (h *handler) https(r *http.Request) bool {
	if r.TLS != nil || h.TrustedProxies == 0 {
		return r.TLS != nil
	}
	return lastValue(r.Header.Values("X-Forwarded-Proto")) == "https"
}
