package query

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// lists are the conditions over edges that are best asked by the list of the
// keys that fulfill them: those that an index finds; without any, when every
// record would be tried, one that compares with given values. SQLite can start
// from the keys that an IN lists, but not from the records of an EXISTS.
func (c *compiler) lists(all []*cond, whole bool) []*cond {
	if !c.dialect.prefersIn {
		return nil
	}
	var found []*cond
	selective := false
	for _, k := range all {
		if k.given(true) {
			selective = true
			if k.op == opSome && tied(k.end.edge) >= 0 {
				found = append(found, k)
			}
		}
	}
	if selective || !whole {
		return found
	}
	for _, k := range all {
		if k.op == opSome && tied(k.end.edge) >= 0 && k.given(false) {
			return []*cond{k}
		}
	}
	return nil
}

// among is the condition that the record's key is in the list of those that
// some record at the edge's end fulfills k for.
func (c *compiler) among(k *cond) string {
	at := tied(k.end.edge)
	on := k.end.edge.Hops[0].On[at]
	from, way := c.from(k.end)
	way = slices.Delete(way, at, at+1)
	if len(k.kids) > 0 {
		way = append(way, c.conjuncts(k.kids[0], true)...)
	}
	return c.column(k.end.parent.alias, on.Of) + " IN (SELECT " + c.column(k.end.hops[0], on.Column) + " FROM " + from + c.where(way) + ")"
}

// tied is the place of the one condition that ties an edge's first hop to the
// record where it starts; -1 when more than that one depends on the record.
func tied(e *model.Edge) int {
	at := -1
	for i, h := range e.Hops {
		for j, o := range h.On {
			switch {
			case o.AsOf || o.Listed || o.Row < model.FromRow:
				return -1
			case o.Of == "" || o.Row != model.FromRow:
			case i > 0 || at >= 0:
				return -1
			default:
				at = j
			}
		}
	}
	return at
}

// given reports whether a condition compares a column with given values; when
// indexed, one that an index begins with.
func (c *cond) given(indexed bool) bool {
	if c.op == opAll || c.op == opSome {
		return slices.ContainsFunc(c.kids, func(k *cond) bool { return k.given(indexed) })
	}
	o := c.left
	if c.op != opCompare || c.compare != "$eq" && c.compare != "$in" || c.hasNull || o.field == nil || o.inJSON || o.overlay != nil || o.measure != nil {
		return false
	}
	m := o.scope.model
	return !indexed || m.Key[0] == o.field.Name || slices.ContainsFunc(m.Indexes, func(i model.Index) bool { return i.Columns[0] == o.field.Name })
}

// cost ranks conditions for SQLite, which tries those over edges in the order
// they are written: those that few records fulfill, as far as one can tell,
// come first.
func (c *cond) cost() int {
	switch {
	case c.end == nil && len(c.kids) == 0:
		return 0
	case c.given(true):
		return 1
	case c.given(false):
		return 2
	}
	return 3
}
