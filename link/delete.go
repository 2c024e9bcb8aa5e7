package link

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Delete dismisses every stored link of the records. It also soft-deletes the
// linked records at ends that cascade, along with what their modules delete with
// them, and dismisses their links in turn. The records themselves are not
// deleted. Records that have no links, or do not exist, are ignored.
//
// Links of records that are deleted through a service are dismissed without a
// call of Delete: it is for records that are deleted elsewhere, such as by
// another program.
func (m *Manager) Delete(ctx context.Context, of *model.Model, ids ...string) (Deleted, error) {
	if err := m.checkRecords(of, ids); err != nil {
		return nil, err
	}
	var out Deleted
	err := db.Savepoint(ctx, m.store.DB, func(ctx context.Context) (err error) {
		out, err = m.delete(ctx, of, ids, m.store.Now())
		return err
	})
	if err != nil {
		return nil, err
	}
	return out.sort(), nil
}

// delete is Delete with a time for deleted_at. It must run in a transaction.
func (m *Manager) delete(ctx context.Context, of *model.Model, ids []string, at time.Time) (Deleted, error) {
	s := &sweep{Manager: m, at: at, out: Deleted{}, root: of, roots: map[record]string{}, operations: map[string]string{}}
	if err := s.run(ctx, ids); err != nil {
		return nil, err
	}
	return s.out, s.note(ctx)
}

// checkRecords checks the arguments of Delete and Restore.
func (m *Manager) checkRecords(of *model.Model, ids []string) error {
	if err := m.known(of); err != nil {
		return err
	}
	for _, id := range ids {
		if err := checkID(of, id); err != nil {
			return err
		}
	}
	return nil
}

// known returns an error for a model that is not in the graph.
func (m *Manager) known(of *model.Model) error {
	if of == nil || m.store.Graph.Named(of.Name) != of {
		return fault.New(fault.InvalidData, "%s is not a model of the program: its links cannot be deleted or restored", nameOf(of))
	}
	return nil
}

// record identifies a record of any model.
type record struct {
	model *model.Model
	id    string
}

// sweep is one call of Delete. It goes from the records, which are its roots,
// along their links, level by level, and keeps the root of each record it
// deletes, because Restore can be called for one of the roots alone.
type sweep struct {
	*Manager
	at         time.Time
	out        Deleted
	root       *model.Model
	roots      map[record]string // the id of the root of each record visited
	operations map[string]string // by the id of the root
	lines      []*deletion
}

// level holds records of one model whose links are to be dismissed.
type level struct {
	of  *model.Model
	ids []string
}

func (s *sweep) run(ctx context.Context, ids []string) error {
	next := s.visit(nil, s.root, ids, func(id string) string { return id })
	for len(next) > 0 {
		now := next[0]
		found, err := s.unlink(ctx, now)
		if err != nil {
			return err
		}
		next = append(next[1:], found...)
	}
	return nil
}

// visit adds the records that have not been visited, with their roots, to the
// levels.
func (s *sweep) visit(levels []level, of *model.Model, ids []string, root func(id string) string) []level {
	fresh := level{of: of}
	for _, id := range ids {
		if _, visited := s.roots[record{of, id}]; !visited {
			s.roots[record{of, id}] = root(id)
			fresh.ids = append(fresh.ids, id)
		}
	}
	if len(fresh.ids) == 0 {
		return levels
	}
	return append(levels, fresh)
}

// unlink dismisses all links of a level's records and returns the records
// deleted by cascade.
func (s *sweep) unlink(ctx context.Context, records level) ([]level, error) {
	var next []level
	for _, d := range s.definitions {
		if d.kind != stored {
			continue
		}
		for i, end := range d.ends() {
			if end.Model != records.of {
				continue
			}
			rows, err := s.dismissOf(ctx, d, end, records.ids)
			if err != nil {
				return nil, err
			}
			if other := d.ends()[1-i]; other.Delete {
				if next, err = s.cascade(ctx, next, end, other, rows); err != nil {
					return nil, err
				}
			}
		}
	}
	return next, nil
}

// dismissOf dismisses the rows of a link that have one of the ids at an end, and
// returns them.
func (s *sweep) dismissOf(ctx context.Context, d *Definition, end *End, ids []string) ([]Row, error) {
	q := s.dialect()
	sql := "UPDATE " + q.Quote(d.TableName()) + " AS t SET deleted_at = " + q.Placeholder(1) + ", updated_at = " + q.Placeholder(1) +
		" WHERE t.deleted_at IS NULL AND " + q.List("t."+q.Quote(end.Column), 2) + " RETURNING " + d.selected(q, "")
	rows, err := d.read(ctx, s.conn(ctx), sql, s.at, ids)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b Row) int { return strings.Compare(a.ID, b.ID) })
	for _, r := range rows {
		s.line(d.rows, r.ID, s.roots[record{end.Model, r.Keys[end.Column]}], true)
	}
	return rows, s.changed(ctx, d, module.Deleted, rows)
}

// cascade soft-deletes the records at the other end of rows, and what their
// modules delete with them, noting the root of each.
func (s *sweep) cascade(ctx context.Context, next []level, end, other *End, rows []Row) ([]level, error) {
	byRoot := map[string][]string{}
	for _, r := range rows {
		root := s.roots[record{end.Model, r.Keys[end.Column]}]
		byRoot[root] = append(byRoot[root], r.Keys[other.Column])
	}
	for _, root := range slices.Sorted(maps.Keys(byRoot)) {
		ids := byRoot[root]
		touched, err := module.SoftDelete(ctx, s.store, other.Model, ids, s.at, cascade{})
		if err != nil {
			return nil, err
		}
		same := func(string) string { return root }
		next = s.visit(next, other.Model, ids, same) // one that was deleted before has links to lose, too
		for of, ids := range touched {
			for _, id := range ids {
				s.line(of, id, root, false)
			}
			next = s.visit(next, of, ids, same)
		}
	}
	return next, nil
}

// line adds a line to the journal: a row that was deleted with a root.
func (s *sweep) line(of *model.Model, id, root string, isLink bool) {
	s.out[of.Name] = append(s.out[of.Name], id)
	if s.operations[root] == "" {
		s.operations[root] = s.store.NewID("lnkdel")
	}
	s.lines = append(s.lines, &deletion{Operation: s.operations[root], RootModel: s.root.Name, RootID: root,
		Model: of.Name, RowID: id, Link: isLink, At: s.at})
}

// note writes the lines to the journal.
func (s *sweep) note(ctx context.Context) error {
	if len(s.lines) == 0 {
		return nil
	}
	return module.For[deletion](s.store, s.journal).Create(ctx, s.lines...)
}
