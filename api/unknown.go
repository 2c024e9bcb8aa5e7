package api

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"github.com/gorgon-commerce/gorgon/fault"
)

// refuseComing makes a router refuse the routes that are to come, also those that
// look like a record of another route: POST /admin/products/export.
func (h *handler) refuseComing(r chi.Router) {
	for _, line := range h.Coming {
		method, path, _ := strings.Cut(line, " ")
		r.Method(method, path, h.limit(&Route{}, func(w http.ResponseWriter, r *http.Request) {
			h.refuse(w, r, "%s %s is to come: this version does not do that yet; GET /docs lists every route")
		}))
	}
}

// notFound responds to paths that no route has.
func (h *handler) notFound(w http.ResponseWriter, r *http.Request) {
	h.refuse(w, r, "there is no %s %s; GET /docs lists every route")
}

// refuse responds that a route is not there, in a format for its method and path.
// Below /admin and /store it first checks that the caller may call there.
func (h *handler) refuse(w http.ResponseWriter, r *http.Request, format string) {
	access := Public
	switch {
	case under(r.URL.Path, "/admin"):
		access = Admin
	case under(r.URL.Path, "/store"):
		access = Storefront
	}
	_, err := h.admit(r, access)
	if err == nil {
		err = fault.New(fault.NotFound, format, fault.Clip(r.Method), fault.Clip(r.URL.Path))
	}
	fail(w, r, h.Log, err)
}

// under reports whether a path is an area or below it.
func under(path, area string) bool {
	rest, ok := strings.CutPrefix(path, area)
	return ok && (rest == "" || rest[0] == '/')
}
