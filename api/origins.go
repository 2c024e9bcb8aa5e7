package api

import (
	"net/http"

	"github.com/go-chi/cors"
)

// Origins are the sites whose pages may call, with credentials, for each area
// of the API. An origin may contain one *: "https://*.example.com".
type Origins struct {
	Admin, Store, Auth []string
}

// corsMaxAge is how many seconds a browser may cache a preflight response.
const corsMaxAge = 600

func (o Origins) handler(next http.Handler) http.Handler {
	areas := map[string]http.Handler{}
	for area, origins := range map[string][]string{"/admin": o.Admin, "/store": o.Store, "/auth": o.Auth} {
		if len(origins) > 0 {
			areas[area] = withOrigins(origins, next)
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for area, h := range areas {
			if under(r.URL.Path, area) {
				h.ServeHTTP(w, r)
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func withOrigins(origins []string, next http.Handler) http.Handler {
	return cors.Handler(cors.Options{
		AllowedOrigins:   origins,
		AllowedMethods:   []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete},
		AllowedHeaders:   []string{"*"},
		ExposedHeaders:   []string{requestIDHeader, IgnoredHeader, "Retry-After"},
		AllowCredentials: true,
		MaxAge:           corsMaxAge,
	})(next)
}
