package querytest

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// Evaluate returns the result of a request from rows in memory: the records, as
// JSON decodes into Go, and the number of matching records regardless of limit and
// offset. In the records, a json.Number is exact, and a float64 is what a database
// calculates in floating point. After and virtual edges are not supported.
func Evaluate(g *model.Graph, data Data, req query.Request) (records []map[string]any, count int, err error) {
	m, err := g.Model(req.Entity)
	if err != nil {
		return nil, 0, err
	}
	if err := checkPage(g, m, req); err != nil {
		return nil, 0, err
	}
	e := &evaluator{graph: g, data: data, withDeleted: req.WithDeleted, version: req.Version}
	if err := e.readVisible(req.Visible); err != nil {
		return nil, 0, err
	}
	root := scope{graph: g, model: m}
	fields, err := e.selectFields(root, req.Fields)
	if err != nil {
		return nil, 0, err
	}
	if err := e.narrow(fields, req.Lists); err != nil {
		return nil, 0, err
	}
	all, err := e.roots(root, req)
	if err != nil {
		return nil, 0, err
	}
	returned := page(all, req.Limit, req.Offset)
	if err := requireKeys(m, returned, req); err != nil {
		return nil, 0, err
	}
	for _, r := range returned {
		records = append(records, e.result(r, fields))
	}
	return records, len(all), nil
}

// requireKeys returns an error for a primary key in the filter that no record of the
// page has.
func requireKeys(m *model.Model, returned []record, req query.Request) error {
	if !req.RequireKeys {
		return nil
	}
	for _, k := range listedKeys(m, req.Filters) {
		if k != nil && !slices.ContainsFunc(returned, func(r record) bool { return r.row[m.PrimaryKey()] == k }) {
			return fault.New(fault.NotFound, "there is no %s %v", m, k)
		}
	}
	return nil
}

// roots returns all records that fulfill the filters, in the requested order.
func (e *evaluator) roots(at scope, req query.Request) ([]record, error) {
	keep, err := e.object(at, req.Filters)
	if err != nil {
		return nil, err
	}
	keys, err := e.order(at, req.Order)
	if err != nil {
		return nil, err
	}
	var kept []record
	for _, row := range e.data[at.model.Table] {
		r := record{row: row}
		if (e.withDeleted || !deleted(row)) && keep(r) == yes && e.seen(at, r) {
			kept = append(kept, r)
		}
	}
	slices.SortFunc(kept, func(a, b record) int { return compareKeys(at.model, a, b) })
	arrange(at.model, kept, keys)
	if !req.KeepOrder && !req.RequireKeys {
		return kept, nil
	}
	listed := listedKeys(at.model, req.Filters)
	if listed == nil {
		return nil, fault.New(fault.InvalidData, "the filters have no %s", at.model.PrimaryKey())
	}
	if req.KeepOrder {
		position := func(r record) int { return slices.Index(listed, r.row[at.model.PrimaryKey()]) }
		slices.SortStableFunc(kept, func(a, b record) int { return position(a) - position(b) })
	}
	return kept, nil
}

// listedKeys returns the primary keys in a filter: one, a list, or those of $in or
// $eq.
func listedKeys(m *model.Model, filters query.Filters) []any {
	value := filters[m.PrimaryKey()]
	if operators, ok := asMap(value); ok && len(operators) == 1 {
		if value, ok = operators["$in"]; !ok {
			value = operators["$eq"]
		}
	}
	if list, ok := asList(value); ok {
		return list
	}
	if key, ok := value.(string); ok {
		return []any{key}
	}
	return nil
}

func checkPage(g *model.Graph, m *model.Model, req query.Request) error {
	switch {
	case req.Limit < query.All || req.Offset < 0:
		return fault.New(fault.InvalidData, "limit and offset must not be negative")
	case req.Version != 0 && !versioned(g, m):
		return fault.New(fault.InvalidData, "%s has no versions", m)
	case req.After != "":
		return fault.New(fault.InvalidData, "the evaluator does not support after")
	}
	return nil
}

// versioned reports whether an edge of the model depends on the request's version.
func versioned(g *model.Graph, m *model.Model) bool {
	for _, e := range g.Edges(m) {
		for _, h := range e.Hops {
			if slices.ContainsFunc(h.On, func(o model.On) bool { return o.AsOf }) {
				return true
			}
		}
	}
	return false
}
