package admin

import (
	"encoding/json"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/query"
)

// query returns the routes that run a query over the graph, or explain it.
func (r *routes) query() []api.Route {
	sent := body.Object{
		body.Required("entity", body.Text), body.Required("fields", body.List(body.Text)), body.Optional("filters", body.Map),
		body.Optional("order", body.Text.Or(body.List(body.Text)).Or(body.Map)), body.Optional("limit", body.Integer), body.Optional("offset", body.Integer),
		body.Optional("after", body.Text), body.Optional("count", body.Flag), body.Optional("with_deleted", body.Flag), body.Optional("version", body.Integer),
		body.Optional("lists", body.Map), body.Optional("keep_order", body.Flag), body.Optional("require_keys", body.Flag), body.Optional("pagination", body.Map), body.Optional("context", body.Map),
	}
	return []api.Route{
		{
			Method: http.MethodPost, Path: "/admin/query", Access: api.Admin, Body: sent,
			Summary: "Read records across modules", Answer: api.Answer{Body: body.Object{body.Required("data", body.List(body.Map)), body.Required("metadata", body.Map)}},
			Do: func(c *api.Call) error {
				request, err := readQuery(c)
				if err != nil {
					return err
				}
				res, err := r.Query.Graph(c.Context(), request)
				if err != nil {
					return err
				}
				return c.Result(res)
			},
		},
		{
			Method: http.MethodPost, Path: "/admin/query/explain", Access: api.Admin, Body: sent,
			Summary: "How a query is run", Answer: api.Answer{Body: body.Object{body.Required("plan", body.Text), body.Required("sql", body.Text), body.Required("database_plan", body.Text)}},
			Do: func(c *api.Call) error {
				request, err := readQuery(c)
				if err != nil {
					return err
				}
				return explain(c, r.Query, request)
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
		return r, body.NotJSON(err)
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
