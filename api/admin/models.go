package admin

import (
	"net/http"
	"slices"
	"sync"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/diagram"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/query"
)

// models describe what queries can read.
func (r *routes) models() []api.Route {
	list := func(of body.Object) api.Answer {
		return api.Answer{Body: body.Object{body.Required("models", body.List(body.Nested(of))), body.Required("count", body.Integer)}}
	}
	return []api.Route{
		{
			Method: http.MethodGet, Path: "/admin/models", Access: api.Admin, Answer: list(modelShape),
			Summary: "The models that queries read: columns, relations and links",
			Do: func(c *api.Call) error {
				all := link.DescribeAll(r.Query.Models())
				return c.JSON(described[link.Description]{all, len(all)})
			},
		},
		{
			Method: http.MethodGet, Path: "/admin/models/counts", Access: api.Admin, Answer: list(countShape),
			Summary: "How many live records models have; beyond 10,000 an estimate", Params: []api.Parameter{{
				Name: "entity", Description: "names of models, which may be repeated; all models without it", Type: body.List(body.Text),
			}},
			Do: r.countModels,
		},
		{
			Method: http.MethodGet, Path: "/admin/models/diagram", Access: api.Admin, Answer: api.Answer{Body: diagramShape},
			Summary: "A diagram of modules, models, relations and links: where each is drawn", Params: []api.Parameter{{
				Name: "around", Description: "a module: only its links, and what they lead to", Type: body.Text,
			}},
			Do: r.drawModels(),
		},
	}
}

// described is what the routes answer.
type described[T any] struct {
	Models []T `json:"models"`
	Count  int `json:"count"`
}

var (
	fieldShape = body.Object{
		body.Required("name", body.Text), body.Required("kind", body.Text), body.Required("null", body.Flag),
		body.Required("default", body.Text), body.Required("enum", body.List(body.Text)), body.Required("references", body.Text),
	}
	edgeShape = body.Object{
		body.Required("name", body.Text), body.Required("to", body.Text), body.Required("many", body.Flag),
		body.Required("kind", body.OneOf("relation", "stored", "read-only", "rows")), body.Required("held_by", body.Text),
		body.Required("adds", body.List(body.Nested(fieldShape))),
	}
	modelShape = body.Object{
		body.Required("entity", body.Text), body.Required("names", body.List(body.Text)), body.Required("module", body.Text), body.Required("table", body.Text),
		body.Required("key", body.List(body.Text)), body.Required("soft_deletes", body.Flag), body.Required("prefix", body.Text), body.Required("fields", body.List(body.Nested(fieldShape))),
		body.Required("relations", body.List(body.Nested(edgeShape))), body.Required("links", body.List(body.Nested(edgeShape))),
	}
	countShape = body.Object{
		body.Required("entity", body.Text), body.Required("count", body.Integer), body.Required("count_is_estimate", body.Flag),
	}
)

var (
	position     = body.Object{body.Required("x", body.Integer), body.Required("y", body.Integer), body.Required("width", body.Integer), body.Required("height", body.Integer)}
	diagramShape = body.Object{
		body.Required("width", body.Integer), body.Required("height", body.Integer),
		body.Required("areas", body.List(body.Nested(append(body.Object{body.Required("module", body.Text)}, position...)))),
		body.Required("boxes", body.List(body.Nested(append(body.Object{body.Required("entity", body.Text), body.Required("module", body.Text)}, position...)))),
		body.Required("lines", body.List(body.Nested(body.Object{
			body.Required("from", body.Text), body.Required("to", body.Text), body.Required("kind", body.OneOf("relation", "stored", "read-only", "virtual")),
			body.Required("field", body.Text), body.Required("inverse", body.Text), body.Required("from_many", body.Flag), body.Required("to_many", body.Flag),
			body.Required("table", body.Text), body.Required("column", body.Text), body.Required("columns", body.List(body.Text)),
			body.Required("cascades", body.List(body.Text)), body.Required("path", body.Text),
		}))),
	}
)

// drawModels responds with the diagram of all models, which is drawn once, or of
// those around a module.
func (r *routes) drawModels() func(c *api.Call) error {
	whole := sync.OnceValue(func() diagram.Diagram { return diagram.All(r.Query.Models(), r.Blueprint.Links) })
	return func(c *api.Call) error {
		module := c.Query("around")
		if module == "" {
			return c.JSON(whole())
		}
		d, err := diagram.Around(r.Query.Models(), r.Blueprint.Links, module)
		if err != nil {
			return err
		}
		return c.JSON(d)
	}
}

// modelCount is the number of live records of a model.
type modelCount struct {
	Entity     string `json:"entity"`
	Count      int64  `json:"count"`
	IsEstimate bool   `json:"count_is_estimate"`
}

// countModels counts the records of each model that is named, or of all. Each is a
// statement that reads no more than the 10,000 records of Limits.MaxCount.
func (r *routes) countModels(c *api.Call) error {
	named := slices.Compact(slices.Sorted(slices.Values(c.QueryList("entity"))))
	if len(named) == 0 {
		for _, m := range r.Query.Models().Models() {
			if len(m.Entities) > 0 {
				named = append(named, m.Entities[0])
			}
		}
	}
	all := []modelCount{}
	for _, entity := range named {
		res, err := r.Query.Graph(c.Context(), query.Request{Entity: entity, Fields: []string{"*"}, Limit: query.None, Count: true, Estimate: true})
		if err != nil {
			return err
		}
		n := modelCount{Entity: entity, IsEstimate: res.Metadata.CountIsEstimate}
		if res.Metadata.Count != nil {
			n.Count = *res.Metadata.Count
		}
		all = append(all, n)
	}
	return c.JSON(described[modelCount]{all, len(all)})
}
