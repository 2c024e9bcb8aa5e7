package admin

import "github.com/gorgon-commerce/gorgon/api"

func (r *routes) locales() []api.Route {
	return r.resource(api.Resource{
		One: "locale", Many: "locales", Path: "/admin/locales", Entity: "locale", Limit: 200,
		Fields: api.Fields("code, name"),
		Lookup: api.Lookup{Param: "code", Column: "code"},
	})
}
