package api

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/go-chi/cors"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Origins are the sites whose pages may call, with credentials, for each area
// of the API:
//
//	https://shop.example.com      one site
//	https://*.example.com         those below a domain
//	https://shop-*.example.com    part of a name: letters, digits and hyphens
//	http://localhost:*            any port
//	*                             any site, without credentials
//
// Check reports an origin of any other form; without it, such an origin allows no page.
type Origins struct {
	Admin, Store, Auth []string
}

// Check returns an error if one of the origins cannot be one.
func (o Origins) Check() error {
	for _, origin := range slices.Concat(o.Admin, o.Store, o.Auth) {
		if origin != "*" && originPattern(origin) == nil {
			return fault.New(fault.InvalidData,
				"%q is not an origin: want https://shop.example.com, https://*.example.com or http://localhost:*, without a path", fault.Clip(origin))
		}
	}
	return nil
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
	o := cors.Options{
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodDelete},
		AllowedHeaders: []string{"*"},
		ExposedHeaders: []string{requestIDHeader, IgnoredHeader, "Retry-After"},
		MaxAge:         corsMaxAge,
	}
	if slices.Contains(origins, "*") {
		o.AllowedOrigins = []string{"*"}
	} else {
		allowed := allows(origins)
		o.AllowOriginFunc = func(_ *http.Request, origin string) bool { return allowed(origin) }
		o.AllowCredentials = true
	}
	return cors.Handler(o)(next)
}

// allows returns a function that reports whether an origin is one of those.
func allows(origins []string) func(origin string) bool {
	var patterns []*regexp.Regexp
	for _, origin := range origins {
		if p := originPattern(origin); p != nil {
			patterns = append(patterns, p)
		}
	}
	return func(origin string) bool {
		origin = strings.ToLower(origin)
		return slices.ContainsFunc(patterns, func(p *regexp.Regexp) bool { return p.MatchString(origin) })
	}
}

// originForm is what an origin looks like. The star in a name has a whole domain
// behind it, which is the owner's: neither https://*.com nor
// https://*example.com, which evilexample.com would match.
var originForm = regexp.MustCompile(`^[a-z][a-z0-9+.-]*://(` +
	`[a-z0-9-]+(\.[a-z0-9-]+)*` + // a name, or an IPv4 address
	`|[a-z0-9-]*\*[a-z0-9-]*(\.[a-z0-9-]+){2,}|\*\.localhost` +
	`|\[[0-9a-f:.]+\])(:([0-9]{1,5}|\*))?$`)

// originPattern returns an expression that matches the whole of the origins
// meant, or nil.
func originPattern(origin string) *regexp.Regexp {
	origin = strings.ToLower(origin)
	if !originForm.MatchString(origin) {
		return nil
	}
	text := regexp.QuoteMeta(origin)
	if start, ok := strings.CutSuffix(text, `:\*`); ok {
		text = start + `:[0-9]{1,5}`
	}
	text = strings.Replace(text, `://\*\.`, `://([a-z0-9-]+\.)+`, 1) // a whole name: any depth
	text = strings.Replace(text, `\*`, `[a-z0-9-]+`, 1)
	return regexp.MustCompile("^" + text + "$")
}
