package querytest

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// evaluator is the state of one request.
type evaluator struct {
	graph       *model.Graph
	data        Data
	withDeleted bool
	version     int64
	conditions  map[*model.Model]query.Filters // of Request.Visible
	inside      []*model.Model                 // whose conditions are being evaluated
}

// follow returns the records at the end of an edge: every combination of rows that
// fulfills the conditions of its hops. They are in natural order: that of the list
// of ids if there is one; else, for a to-one edge, live before deleted; then by
// primary key.
func (e *evaluator) follow(from record, edge *model.Edge) []record {
	found := []record{{edge: edge}}
	for i, hop := range edge.Hops {
		var further []record
		for _, r := range found {
			for _, row := range e.data[hop.Model.Table] {
				if e.visible(edge, i, row) && e.joins(from, r.way, hop, row) {
					further = append(further, record{row, edge, append(slices.Clone(r.way), row)})
				}
			}
		}
		found = further
	}
	found = slices.DeleteFunc(found, func(r record) bool { return !e.seen(scope{e.graph, edge.To, edge}, r) })
	if edge.ListFrom != "" {
		return inListOrder(from, edge, found)
	}
	slices.SortStableFunc(found, func(a, b record) int {
		if !edge.Many && deleted(a.row) != deleted(b.row) {
			return compareBools(deleted(a.row), deleted(b.row))
		}
		return compareKeys(edge.To, a, b)
	})
	return found
}

func deleted(r Row) bool { return r["deleted_at"] != nil }

// visible reports whether a hop may use a row. Deleted rows are visible only with
// WithDeleted, and even then a dismissed link connects nothing.
func (e *evaluator) visible(edge *model.Edge, hop int, row Row) bool {
	if !deleted(row) {
		return true
	}
	throughLink := hop == 0 && len(edge.Hops) > 1 && edge.Kind == model.Stored
	return e.withDeleted && !throughLink
}

// seen reports whether a record fulfills what Request.Visible has for its model.
// Inside that condition, it is not asked again.
func (e *evaluator) seen(at scope, r record) bool {
	filters, ok := e.conditions[at.model]
	if !ok || slices.Contains(e.inside, at.model) {
		return true
	}
	holds, err := e.object(at, filters)
	if err != nil {
		panic(err) // readVisible found none
	}
	e.inside = append(e.inside, at.model)
	defer func() { e.inside = e.inside[:len(e.inside)-1] }()
	return holds(r) == yes
}

// readVisible parses the conditions of a request's Visible.
func (e *evaluator) readVisible(visible map[string]query.Filters) error {
	e.conditions = map[*model.Model]query.Filters{}
	for entity, filters := range visible {
		m, err := e.graph.Model(entity)
		if err != nil {
			return err
		}
		e.conditions[m] = filters
		if _, err := e.object(scope{graph: e.graph, model: m}, filters); err != nil {
			return err
		}
	}
	return nil
}

func (e *evaluator) joins(from record, way []Row, hop model.Hop, row Row) bool {
	for _, on := range hop.On {
		if !e.holds(from, way, on, row) {
			return false
		}
	}
	return true
}

func (e *evaluator) holds(from record, way []Row, on model.On, row Row) bool {
	if on.Null {
		return row[on.Column] == nil
	}
	known := on.Value
	if on.Of != "" {
		known = passed(from, way, on.Row)[on.Of]
	}
	if on.AsOf && e.version != 0 && from.edge == nil { // the version is that of the root only
		known = e.version
	}
	if known == nil || row[on.Column] == nil {
		return false
	}
	if on.Listed {
		return slices.Contains(known.([]string), row[on.Column].(string))
	}
	return row[on.Column] == known
}

// passed returns the row that a condition names.
func passed(from record, way []Row, row int) Row {
	if row == model.FromRow {
		return from.row
	}
	if i, ok := model.ArrivalHop(row); ok {
		return from.way[i]
	}
	return way[row]
}

// inListOrder returns the record of each listed id, in order, skipping ids without a
// record.
func inListOrder(from record, edge *model.Edge, found []record) []record {
	var out []record
	ids, _ := from.row[edge.ListFrom].([]string)
	for _, id := range ids {
		for _, r := range found {
			if r.row[listed(edge)] == id {
				out = append(out, r)
			}
		}
	}
	return out
}

// listed returns the column whose values are in the list.
func listed(edge *model.Edge) string {
	for _, on := range edge.Target().On {
		if on.Listed {
			return on.Column
		}
	}
	return ""
}
