package store

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/query"
)

// locale is a locale in a response.
type locale struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// locales are those that the store supports.
func (r *routes) locales() []api.Route {
	return []api.Route{{
		Method: http.MethodGet, Path: "/store/locales", Access: api.Storefront, Summary: "List the locales that the store supports",
		Answer: api.Answer{Entity: "locale", Key: "locales", Whole: true, Fields: api.Fields("code, name")},
		Do:     r.listLocales,
	}}
}

// listLocales responds with the locales of the oldest store, by code: a publishable key
// belongs to no store.
func (r *routes) listLocales(c *api.Call) error {
	type supporting struct {
		Supported []struct {
			Locale *locale `json:"locale"`
		} `json:"supported_locales"`
	}
	stores, _, err := query.List[supporting](c.Context(), r.Query, "store", query.OrderBy("created_at"), query.Limit(1))
	if err != nil {
		return err
	}
	out := []locale{}
	for _, s := range stores {
		for _, l := range s.Supported {
			if l.Locale != nil { // nil is one that an import brought
				out = append(out, *l.Locale)
			}
		}
	}
	slices.SortFunc(out, func(a, b locale) int { return cmp.Compare(a.Code, b.Code) })
	return c.JSON(map[string][]locale{"locales": out})
}
