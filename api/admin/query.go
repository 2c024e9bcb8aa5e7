package admin

import (
	"encoding/json"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/query"
)

// queryRoutes answer any query over the graph, and tell how it is answered.
func queryRoutes(s *api.Shop) []api.Route {
	body := api.Body{
		api.Must("entity", api.Text), api.Must("fields", api.List(api.Text)), api.May("filters", api.Map),
		api.May("order", api.Text.Or(api.List(api.Text)).Or(api.Map)), api.May("limit", api.Integer), api.May("offset", api.Integer),
		api.May("after", api.Text), api.May("count", api.Flag), api.May("with_deleted", api.Flag), api.May("version", api.Integer),
		api.May("lists", api.Map), api.May("keep_order", api.Flag), api.May("require_keys", api.Flag), api.May("pagination", api.Map),
	}
	return []api.Route{
		{
			Method: http.MethodPost, Path: "/admin/query", Access: api.Admin, Body: body,
			Summary: "Read records across modules", Answer: api.Answer{Body: api.Body{api.Must("data", api.List(api.Map)), api.Must("metadata", api.Map)}},
			Do: func(c *api.Call) error {
				r, err := readQuery(c)
				if err != nil {
					return err
				}
				res, err := s.Query.Graph(c.Context(), r)
				if err != nil {
					return err
				}
				return c.Result(res)
			},
		},
		{
			Method: http.MethodPost, Path: "/admin/query/explain", Access: api.Admin, Body: body,
			Summary: "How a query is answered", Answer: api.Answer{Body: api.Body{api.Must("plan", api.Text), api.Must("sql", api.Text), api.Must("database_plan", api.Text)}},
			Do: func(c *api.Call) error {
				r, err := readQuery(c)
				if err != nil {
					return err
				}
				return explain(c, s.Query, r)
			},
		},
	}
}

func readQuery(c *api.Call) (r query.Request, err error) {
	text, err := c.Text()
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal(text, &r); err != nil {
		return r, api.NotJSON(err)
	}
	return r, nil
}

func explain(c *api.Call, e *query.Engine, r query.Request) error {
	plan, err := e.Explain(r)
	if err != nil {
		return err
	}
	database, err := e.DatabasePlan(c.Context(), r)
	if err != nil {
		return err
	}
	return c.JSON(struct {
		Plan         string `json:"plan"`
		SQL          string `json:"sql"`
		DatabasePlan string `json:"database_plan"`
	}{plan.Plan, plan.SQL, database})
}
