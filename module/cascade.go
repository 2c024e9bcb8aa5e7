package module

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// step is one relation of a model's cascade. It leads to the rows of table
// whose column equals the source column of a record of the model.
type step struct {
	table  *table
	column *column
	source *column
	flag   *column // if not nil, only the rows whose flag equals flagIs belong to the relation
	flagIs bool
}

// cascadeOf returns the steps of a model's cascade. A relation by one foreign
// key leads to its records; a many-to-many relation leads to the rows of its
// pivot table, if those can be soft-deleted. cascadeOf panics if a name is not
// a relation of the model, which is a programming error.
func cascadeOf(g *model.Graph, t *table, tables map[*model.Model]*table) []step {
	var steps []step
	for _, name := range t.model.Cascade {
		s, ok := stepOf(g, t, name, tables)
		if !ok {
			panic(fmt.Sprintf("module: model %s cascades to %q, which is not one of its relations", t.model, name))
		}
		if s.table.model.SoftDeletes() {
			steps = withStep(steps, s)
		}
	}
	return steps
}

// withStep returns the steps with one more. The two halves of a relation that a flag divides
// are one step to all of it, which an index leads to.
func withStep(steps []step, s step) []step {
	for i, other := range steps {
		half := s.flag != nil && other.flag == s.flag && other.flagIs != s.flagIs
		if half && other.table == s.table && other.column == s.column && other.source == s.source {
			steps[i].flag = nil
			return steps
		}
	}
	return append(steps, s)
}

func stepOf(g *model.Graph, t *table, name string, tables map[*model.Model]*table) (step, bool) {
	for _, r := range t.parents {
		if r.name == name {
			return step{table: r.table, column: r.table.key, source: r.column}, true
		}
	}
	for _, r := range t.children {
		if r.name == name {
			return step{r.table, r.column, t.key, r.flag, r.flagIs}, true
		}
	}
	e := g.Edge(t.model, name)
	if e == nil || len(e.Hops) == 0 {
		return step{}, false
	}
	hop := e.Hops[0] // the pivot table, or the record itself
	target := tables[hop.Model]
	return step{table: target, column: target.byName[hop.On[0].Column], source: t.byName[hop.On[0].Of]}, true
}

// sweepLimit bounds the depth of a cascade. No chain of models is this long,
// but a tree of categories could be.
const sweepLimit = 1000

// sweep updates records and, level by level, the records that their models
// cascade to, with one statement per table and level. change returns the SET
// list and the condition of the rows to change; rows that do not meet it are
// not followed. Watchers are called at the end, once per model.
func sweep(ctx context.Context, s *Store, m *model.Model, ids []string, as Change, change func(*clause, *table) (set, where string)) (map[*model.Model][]string, error) {
	t := s.table(m)
	if t == nil {
		return nil, fault.New(fault.UnexpectedState, "%s is not a model of this store", m)
	}
	if !m.SoftDeletes() {
		return nil, t.notSoftDeletable()
	}
	touched := map[*model.Model][]string{}
	if ids = plainAll(ids); len(ids) == 0 {
		return touched, nil
	}
	level := []target{{table: t, steps: []step{{column: t.key}}, ids: [][]string{ids}}}
	err := db.Do(ctx, s.DB, func(ctx context.Context) error {
		if err := s.takeTurn(ctx, t); err != nil {
			return err
		}
		for depth := 0; len(level) > 0; depth++ {
			if depth > sweepLimit {
				return fault.New(fault.UnexpectedState, "the cascade of %s does not end", m)
			}
			var next []target
			for _, to := range level {
				done, err := s.sweepTable(ctx, to, as, change)
				if err != nil {
					return err
				}
				if len(done) > 0 {
					touched[to.table.model] = append(touched[to.table.model], done...)
					next = follow(next, to.table, done)
				}
			}
			level = next
		}
		return s.changedAll(ctx, as, touched)
	})
	if err != nil {
		return nil, err
	}
	return touched, nil
}

// target is one table of a level, with the steps that lead to it and, for each
// step, the table and the keys of the records it starts from.
type target struct {
	table *table
	from  []*table
	steps []step
	ids   [][]string
}

// follow adds the steps of a table's cascade to the targets of the next level
// and returns the level.
func follow(level []target, t *table, ids []string) []target {
	for _, st := range t.cascade {
		i := slices.IndexFunc(level, func(to target) bool { return to.table == st.table })
		if i < 0 {
			i = len(level)
			level = append(level, target{table: st.table})
		}
		to := &level[i]
		to.from, to.steps, to.ids = append(to.from, t), append(to.steps, st), append(to.ids, ids)
	}
	return level
}

// sweepTable runs the one statement for a table and returns the keys of the
// rows that it changed. For a table whose key is a pair it returns nil.
func (s *Store) sweepTable(ctx context.Context, to target, as Change, change func(*clause, *table) (set, where string)) ([]string, error) {
	t := to.table
	q := &clause{Dialect: s.DB.Dialect()}
	set, where := change(q, t)
	var reached []string
	for i, st := range to.steps {
		reached = append(reached, q.reached(st, to, i))
	}
	q.WriteString("UPDATE " + t.name + " SET " + set + " WHERE (" + strings.Join(reached, " OR ") + ")" + where)
	conn := db.Use(ctx, s.DB)
	if t.key == nil {
		as.Model = t.model
		_, err := s.execChange(ctx, as, t, q.String(), q.args)
		return nil, s.refused(ctx, err, t, &patched{})
	}
	q.WriteString(t.returning())
	done, err := db.Collect[string](ctx, conn, q.String(), q.args...)
	return done, s.refused(ctx, err, t, &patched{})
}

// reached returns the condition for the rows that the ith step of a target
// leads to.
func (c *clause) reached(st step, to target, i int) string {
	var condition string
	if st.source == nil || st.source == to.from[i].key {
		condition = c.list(st.column.quoted, to.ids[i])
	} else {
		from := to.from[i]
		condition = st.column.quoted + " IN (SELECT " + st.source.quoted + " FROM " + from.name +
			" WHERE " + c.list(from.key.quoted, to.ids[i]) + ")"
	}
	if st.flag == nil {
		return condition
	}
	return "(" + condition + " AND " + st.flag.quoted + " = " + c.arg(st.flagIs) + ")"
}
