package module

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// table holds what a Store needs to read and write one model, computed once.
type table struct {
	model    *model.Model
	name     string // quoted
	columns  []column
	byName   map[string]*column
	key      *column // nil if the key is a pair
	created  *column // created_at; nil if the model has none
	updated  *column // updated_at; nil if the model has none
	serials  []*column
	parents  []relation // records that this one refers to; they are written first
	children []relation // records that refer to this one; they are written after it
	pivots   []pivot
	owns     []owned // foreign keys whose rows the database deletes with the records
	clears   []owned // foreign keys that the database sets to null then
	cascade  []step
	rules    *rules    // nil if the model has none
	watched  [ops]bool // whether a kind of change has a watcher
	rank     int       // tables of lower rank are written first

	removalSeen bool // whether what the database does to any row when it deletes records is watched

	mu    sync.Mutex
	texts map[shape]string // cached insert statements
}

// relation is a relation by one foreign key.
type relation struct {
	name   string
	path   []int // the struct field that holds the records
	table  *table
	column *column // the foreign key, in this table for a parent and in the other for a child
	flag   *column // if not nil, a boolean of the child that must equal flagIs
	flagIs bool
}

// pivot is a many-to-many relation.
type pivot struct {
	name        string
	path        []int
	table       *table // the other side
	through     *table // the pivot table
	left, right *column
}

// owned is a foreign key because of which the database changes rows when the
// records they refer to are deleted.
type owned struct {
	table  *table
	column *column
}

func (o owned) compare(other owned) int {
	return cmp.Or(strings.Compare(o.table.model.Name, other.table.model.Name), strings.Compare(o.column.Name, other.column.Name))
}

// newTables returns the tables of all models of a graph.
func newTables(g *model.Graph, d db.Dialect) map[*model.Model]*table {
	tables := map[*model.Model]*table{}
	for _, m := range g.Models() {
		tables[m] = newTable(m, d)
	}
	for _, m := range g.Models() {
		t := tables[m]
		t.relate(g, tables)
		t.cascade = cascadeOf(g, t, tables)
	}
	for _, t := range tables {
		for i := range t.columns {
			c := &t.columns[i]
			if c.References == nil || tables[c.References.Model] == nil {
				continue
			}
			switch owner := tables[c.References.Model]; c.References.OnDelete {
			case "CASCADE":
				owner.owns = append(owner.owns, owned{t, c})
			case "SET NULL":
				owner.clears = append(owner.clears, owned{t, c})
			}
		}
	}
	rank(tables, g.Models())
	return tables
}

func newTable(m *model.Model, d db.Dialect) *table {
	t := &table{model: m, name: d.Quote(m.Table), byName: map[string]*column{}, texts: map[shape]string{}}
	t.columns = make([]column, len(m.Fields))
	for i, f := range m.Fields {
		c := &t.columns[i]
		*c = newColumn(m, f, d)
		t.byName[f.Name] = c
		if f.Serial {
			t.serials = append(t.serials, c)
		}
	}
	t.key = t.byName[m.PrimaryKey()]
	t.created, t.updated = t.byName["created_at"], t.byName["updated_at"]
	return t
}

// relate sets the relations of the model's struct.
func (t *table) relate(g *model.Graph, tables map[*model.Model]*table) {
	for _, n := range t.model.Relations(g) {
		target := tables[n.Model]
		r := relation{name: n.Name, path: n.Path, table: target}
		if n.Belongs {
			r.column = t.byName[n.Column]
			r.column.refersTo = n.Model
			t.parents = append(t.parents, r)
			continue
		}
		r.column = target.byName[n.Column]
		r.flag, r.flagIs = target.byName[n.Flag], n.FlagIs
		t.children = append(t.children, r)
	}
	for _, p := range t.model.Pivots(g) {
		through := tables[p.Table]
		t.pivots = append(t.pivots, pivot{p.Name, p.Path, tables[p.Model], through, through.byName[p.Left], through.byName[p.Right]})
	}
}

// rank numbers the tables so that each comes after the tables that its foreign
// keys refer to. Tables in a reference cycle are numbered in the order of the
// models; their records are best created one side at a time.
func rank(tables map[*model.Model]*table, models []*model.Model) {
	next, seen := 0, map[*model.Model]bool{}
	var visit func(m *model.Model)
	visit = func(m *model.Model) {
		if seen[m] || tables[m] == nil {
			return
		}
		seen[m] = true
		for _, f := range m.Fields {
			if f.References != nil {
				visit(f.References.Model)
			}
		}
		next++
		tables[m].rank = next
	}
	for _, m := range models {
		visit(m)
	}
}

// names returns the names of the columns, sorted, for messages about an unknown
// one.
func (t *table) names() []string {
	names := make([]string, len(t.columns))
	for i := range t.columns {
		names[i] = t.columns[i].Name
	}
	slices.Sort(names)
	return names
}

// String returns the model and field in the form used in messages:
// order.status.
func (c *column) String() string { return fmt.Sprintf("%s.%s", c.model, c.Name) }
