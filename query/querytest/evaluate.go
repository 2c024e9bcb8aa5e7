package querytest

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// Evaluate answers a request from rows in memory: the records, as JSON decoded
// into Go would be, and how many there are without limit and offset. A
// json.Number in the answer is exact; a float64 stands for what a database
// calculates in floating point. A request with After, and virtual edges, are not known here.
func Evaluate(g *model.Graph, data Data, req query.Request) (records []map[string]any, count int, err error) {
	m, err := g.Model(req.Entity)
	if err != nil {
		return nil, 0, err
	}
	if err := checkPage(g, m, req); err != nil {
		return nil, 0, err
	}
	e := &evaluator{g, data, req.WithDeleted, req.Version}
	root := place{graph: g, model: m}
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
	answered := page(all, req.Limit, req.Offset)
	if err := requireKeys(m, answered, req); err != nil {
		return nil, 0, err
	}
	for _, r := range answered {
		records = append(records, e.answer(r, fields))
	}
	return records, len(all), nil
}

// requireKeys reports a primary key in the filter that no record of the page
// has.
func requireKeys(m *model.Model, answered []record, req query.Request) error {
	if !req.RequireKeys {
		return nil
	}
	for _, k := range listedKeys(m, req.Filters) {
		if k != nil && !slices.ContainsFunc(answered, func(r record) bool { return r.row[m.PrimaryKey()] == k }) {
			return fault.New(fault.NotFound, "there is no %s %v", m, k)
		}
	}
	return nil
}

// roots are all records that fulfill the filters, in the order asked for.
func (e *evaluator) roots(at place, req query.Request) ([]record, error) {
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
		if (e.withDeleted || !deleted(row)) && keep(r) == yes {
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
		return nil, fault.New(fault.InvalidData, "the filters list no %s", at.model.PrimaryKey())
	}
	if req.KeepOrder {
		position := func(r record) int { return slices.Index(listed, r.row[at.model.PrimaryKey()]) }
		slices.SortStableFunc(kept, func(a, b record) int { return position(a) - position(b) })
	}
	return kept, nil
}

// listedKeys are the primary keys in a filter: one, a list, or those of $in or
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
		return fault.New(fault.InvalidData, "limit and offset are not negative")
	case req.Version != 0 && !versioned(g, m):
		return fault.New(fault.InvalidData, "%s has no versions", m)
	case req.After != "":
		return fault.New(fault.InvalidData, "the evaluator does not know after")
	}
	return nil
}

// versioned tells whether the model has an edge that a version can stand in
// for.
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
