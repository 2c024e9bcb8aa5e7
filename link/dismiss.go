package link

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

func newID(prefix string) string { return model.NewID(prefix) }

// Dismiss undoes links and answers the rows that were live; a pair that is not
// linked is not among them. The rows stay, marked as deleted.
func (m *Manager) Dismiss(ctx context.Context, pairs ...Pair) ([]Row, error) {
	all, err := m.resolveAll(pairs, false)
	if err != nil {
		return nil, err
	}
	out := []Row{}
	err = db.Do(ctx, m.store.DB, func(ctx context.Context) error {
		for _, b := range batches(all, m.store.DB.Dialect().MaxArgs()) {
			rows, err := m.dismiss(ctx, b)
			if err != nil {
				return err
			}
			out = append(out, rows...)
		}
		return nil
	})
	return out, err
}

func (m *Manager) resolveAll(pairs []Pair, wild bool) ([]entry, error) {
	all := make([]entry, 0, len(pairs))
	for _, p := range pairs {
		e, err := m.resolve(p, nil, wild)
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, nil
}

func (m *Manager) dismiss(ctx context.Context, batch []entry) ([]Row, error) {
	d, q := batch[0].definition, m.store.DB.Dialect()
	var b strings.Builder
	args := make([]any, 0, 2*len(batch)+1)
	b.WriteString("UPDATE " + q.Quote(d.TableName()) + " SET deleted_at = " + q.Placeholder(2*len(batch)+1) + ", updated_at = " + q.Placeholder(2*len(batch)+2))
	b.WriteString(" WHERE deleted_at IS NULL AND (" + q.Quote(d.Left.Column) + ", " + q.Quote(d.Right.Column) + ") IN (VALUES ")
	for i, e := range batch {
		writeTuple(&b, q, i, 2)
		args = append(args, e.left, e.right)
	}
	b.WriteString(") RETURNING " + d.selected(q.Quote))
	now := m.now()
	return d.read(ctx, db.Use(ctx, m.store.DB), b.String(), append(args, now, now)...)
}

// List answers the live rows of pairs, in the order of their ids. An empty id
// stands for any record: Pair{order.Orders: id, cart.Carts: ""} are all rows
// of the order.
func (m *Manager) List(ctx context.Context, pairs ...Pair) ([]Row, error) {
	all, err := m.resolveAll(pairs, true)
	if err != nil {
		return nil, err
	}
	out := []Row{}
	for _, e := range all {
		rows, err := m.list(ctx, e)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func (m *Manager) list(ctx context.Context, e entry) ([]Row, error) {
	d, q := e.definition, m.store.DB.Dialect()
	sql := "SELECT " + d.selected(q.Quote) + " FROM " + q.Quote(d.TableName()) + " WHERE deleted_at IS NULL"
	var args []any
	ids := [2]string{e.left, e.right}
	for i, end := range d.ends() {
		if ids[i] != "" {
			args = append(args, ids[i])
			sql += " AND " + q.Quote(end.Column) + " = " + q.Placeholder(len(args))
		}
	}
	return d.read(ctx, db.Use(ctx, m.store.DB), sql+" ORDER BY id", args...)
}
