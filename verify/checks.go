package verify

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// reference is a column whose values are keys of another model.
type reference struct {
	kind   Kind
	holder *model.Model
	column string
	list   bool // the column is a list of keys
	target *model.Model
	key    string     // the target's key column
	gone   bool       // the problem is a target that is soft-deleted, not one that is missing
	only   []model.On // constants that the holder's rows must have to be checked
}

// unique is a set of columns that no two live rows of a link table share.
type unique struct {
	rows    *model.Model
	columns []string
}

// checks are the checks of a model graph, in the order of its models, and those of
// modules.
type checks struct {
	references []reference
	uniques    []unique
	rules      []module.Check
	settling   []*module.Module // those that store what follows from their records
}

func (c *checks) len() int {
	return len(c.references) + len(c.uniques) + len(c.rules) + len(c.settling)
}

func checksOf(s *module.Store) *checks {
	c, g := &checks{}, s.Graph
	for _, m := range s.Modules() {
		c.rules = append(c.rules, m.Checks...)
		if m.Settle != nil {
			c.settling = append(c.settling, m)
		}
	}
	links := map[string]bool{}
	for _, m := range g.Models() {
		for _, e := range g.Edges(m) {
			c.addEdge(e)
			if e.Link != "" {
				links[e.Link] = true
			}
		}
	}
	for _, m := range g.Models() {
		if links[m.Table] {
			c.addLink(m)
		}
	}
	return c
}

// addEdge adds the check of an edge that uses one column. The two directions of
// a relation use the same column, which is checked once.
func (c *checks) addEdge(e *model.Edge) {
	if len(e.Hops) != 1 || e.Kind == model.Stored {
		return
	}
	r, ok := referenceOf(e)
	if !ok || r.holder.Field(r.column).References != nil { // the database enforces foreign keys
		return
	}
	same := func(o reference) bool {
		return o.holder == r.holder && o.column == r.column && o.target == r.target && slices.Equal(o.only, r.only)
	}
	if !slices.ContainsFunc(c.references, same) {
		c.references = append(c.references, r)
	}
}

// referenceOf returns the column that an edge uses. It is in the model where the
// edge starts, or where it leads to. ok is false for an edge that uses more than
// one column, or no column that names records.
func referenceOf(e *model.Edge) (r reference, ok bool) {
	var by *model.On
	var only []model.On
	hop := e.Hops[0]
	for i := range hop.On {
		switch on := &hop.On[i]; {
		case on.Of == "":
			only = append(only, *on)
		case on.Row == model.FromRow && by == nil:
			by = on
		default:
			return r, false
		}
	}
	kind := Orphan
	if e.Kind == model.ReadOnly {
		kind = Dangling
	}
	switch {
	case by == nil:
		return r, false
	case by.Of != e.From.PrimaryKey() && by.Column == hop.Model.PrimaryKey():
		return reference{kind: kind, holder: e.From, column: by.Of, list: by.Listed, target: hop.Model, key: by.Column}, true
	case by.Of == e.From.PrimaryKey() && by.Column != hop.Model.PrimaryKey():
		return reference{kind: kind, holder: hop.Model, column: by.Column, target: e.From, key: by.Of, only: only}, true
	}
	return r, false // both are keys: either record may exist without the other
}

// addLink adds the checks of a link table.
func (c *checks) addLink(rows *model.Model) {
	for _, f := range rows.Fields {
		if to := f.References; to != nil {
			c.references = append(c.references, reference{kind: MissingEnd, holder: rows, column: f.Name, target: to.Model, key: to.Column})
			if to.Model.SoftDeletes() {
				c.references = append(c.references, reference{kind: DeletedEnd, holder: rows, column: f.Name, target: to.Model, key: to.Column, gone: true})
			}
		}
	}
	for _, i := range rows.Indexes {
		if i.Unique && i.Where == "" {
			c.uniques = append(c.uniques, unique{rows, i.Columns})
		}
	}
}

// column returns the columns as a report names them.
func (u unique) column() string { return strings.Join(u.columns, ", ") }
