package admin

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/query"
)

// shell returns what the dashboard asks for around its pages, of which there is nothing
// here.
func (r *routes) shell() []api.Route {
	out := []api.Route{
		constant("/admin/layouts/{zone}/configuration", "The widgets of a page, in an order of one's own: pages have the order they come with", layout{Scope: "personal"},
			body.Object{body.Required("personal_configuration", body.Any), body.Required("default_configuration", body.Any), body.Required("active_scope", body.Text)}),
		constant("/admin/views/entities", "The entities with views of one's own: none", views{Entities: []string{}}, listOf("entities")),
		constant("/admin/views/{entity}/columns", "The columns that a view can have: none", columns{Columns: []string{}}, listOf("columns")),
		constant("/admin/views/{entity}/configurations/active", "The view in use: the one that the dashboard comes with", view{Default: true, Type: "code"},
			body.Object{body.Required("view_configuration", body.Any), body.Required("is_default_active", body.Flag), body.Required("default_type", body.Text)}),
		constant("/admin/plugins", "The plugins of the server: none", plugins{Plugins: []string{}}, listOf("plugins")),
		constant("/admin/search-indexes", "The indexes of a search engine: there is none, the database searches", searchIndexes{Indexes: []string{}},
			append(listOf("search_indexes"), body.Required("enabled", body.Flag))),
		constant("/admin/translations/settings", "What is translated: nothing", translations{}, body.Object{body.Required("translation_settings", body.Map)}),
		constant("/admin/translations/statistics", "How much is translated: nothing", statistics{}, body.Object{body.Required("statistics", body.Map)}),
	}
	for _, e := range []empty{
		{Many: "workflow_executions", Path: "/admin/workflows-executions", Limit: 100},
		{Many: "layout_configurations", Path: "/admin/layouts/configurations", Limit: 20},
		{Many: "view_configurations", Path: "/admin/views/{entity}/configurations", Limit: 20},
		{Many: "property_labels", Path: "/admin/property-labels", Limit: 20},
		{Many: "translations", Path: "/admin/translations", Limit: 20},
	} {
		out = append(out, e.route())
	}
	return out
}

// What the routes of the shell answer.
type (
	layout struct {
		Personal *struct{} `json:"personal_configuration"`
		Default  *struct{} `json:"default_configuration"`
		Scope    string    `json:"active_scope"`
	}
	view struct {
		View    *struct{} `json:"view_configuration"`
		Default bool      `json:"is_default_active"`
		Type    string    `json:"default_type"`
	}
	views struct {
		Entities []string `json:"entities"`
	}
	columns struct {
		Columns []string `json:"columns"`
	}
	plugins struct {
		Plugins []string `json:"plugins"`
	}
	searchIndexes struct {
		Indexes []string `json:"search_indexes"`
		Enabled bool     `json:"enabled"`
	}
	translations struct {
		Settings struct{} `json:"translation_settings"`
	}
	statistics struct {
		Statistics struct{} `json:"statistics"`
	}
)

func listOf(key string) body.Object { return body.Object{body.Required(key, body.List(body.Any))} }

// constant returns a route whose answer never changes.
func constant(path, summary string, value any, shape body.Object) api.Route {
	return api.Route{
		Method: http.MethodGet, Path: path, Access: api.Admin, Summary: summary, Answer: api.Answer{Body: shape},
		Do: func(c *api.Call) error { return c.JSON(value) },
	}
}

// empty is a list without records.
type empty struct {
	Many, Path string
	Limit      int
}

func (e empty) route() api.Route {
	shape := append(listOf(e.Many), body.Required("count", body.Integer), body.Required("offset", body.Integer), body.Required("limit", body.Integer))
	return api.Route{
		Method: http.MethodGet, Path: e.Path, Access: api.Admin, Summary: "List " + e.Many + ": there are none", Answer: api.Answer{Body: shape},
		Params: []api.Parameter{{Name: "limit", Description: "records of a page", Type: body.Integer}, {Name: "offset", Description: "records before the page", Type: body.Integer}},
		Do: func(c *api.Call) error {
			p, err := c.Page(e.Limit)
			if err != nil {
				return err
			}
			return c.List(e.Many, &query.Result{Data: []byte("[]"), Metadata: query.Metadata{Count: new(int64(0))}}, p)
		},
	}
}
