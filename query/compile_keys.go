package query

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// access says how the records that conditions hold for are found.
type access uint8

const (
	byIndex access = iota // by keys where an index selects them
	byKeys                // by keys, since otherwise every record would be tried
	byLead                // by the keys of the compiler's lead
	walking               // by trying one after the other
)

// keyed returns the conditions over edges that are best written as a list of
// the keys that fulfill them: those that an index selects or, if there are none
// and every record would be tried, one that compares with given values. SQLite
// can start from the keys in an IN list, but not from the records of an EXISTS.
func (c *compiler) keyed(all []*cond, a access) []*cond {
	if a == byLead {
		return []*cond{c.lead}
	}
	if !c.dialect.prefersIn || a == walking {
		return nil
	}
	var found []*cond
	selective := false
	for _, k := range all {
		if k.selects(true) {
			selective = true
			if k.op == opSome && keyCondition(k.end.edge) >= 0 {
				found = append(found, k)
			}
		}
	}
	if selective || a != byKeys {
		return found
	}
	for _, k := range all {
		if k.op == opSome && keyCondition(k.end.edge) >= 0 && k.selects(false) {
			return []*cond{k}
		}
	}
	return nil
}

// inKeys returns the condition that the record's key is among those for which
// some record at the edge's end fulfills k.
func (c *compiler) inKeys(k *cond) string {
	on := k.end.edge.Hops[0].On[keyCondition(k.end.edge)]
	from, conditions := c.ends(k)
	return c.column(k.end.parent.alias, on.Of) + " IN (SELECT " + c.column(k.end.hops[0], on.Column) + " FROM " + from + c.where(conditions) + ")"
}

// keyCondition returns the index of the one condition that ties an edge's first
// hop to the record where it starts; -1 if other conditions depend on the record
// too.
func keyCondition(e *model.Edge) int {
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

// selects reports whether a condition compares a column with given values; with
// indexed, whether an index begins with that column.
func (c *cond) selects(indexed bool) bool {
	if c.op == opAll || c.op == opSome {
		return slices.ContainsFunc(c.children, func(k *cond) bool { return k.selects(indexed) })
	}
	o := c.left
	if c.op != opCompare || c.compare != "$eq" && c.compare != "$in" || c.hasNull || o.field == nil || o.inJSON || o.overlay != nil || o.aggregate != nil {
		return false
	}
	m := o.scope.model
	return !indexed || m.Key[0] == o.field.Name || slices.ContainsFunc(m.Indexes, func(i model.Index) bool { return i.Columns[0] == o.field.Name })
}

// cost ranks conditions for SQLite, which tries those over edges in the order
// they are written: the ones that probably match few records come first.
func (c *cond) cost() int {
	switch {
	case c.end == nil && len(c.children) == 0:
		return 0
	case c.selects(true):
		return 1
	case c.selects(false):
		return 2
	}
	return 3
}
