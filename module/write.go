package module

import (
	"context"
	"reflect"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// write numbers, checks and inserts every batch. All batches are checked before
// the first is inserted.
func (c *creation) write(ctx context.Context) error {
	for _, b := range c.batches {
		if err := c.store.takeTurn(ctx, b.table); err != nil {
			return err
		}
	}
	inserts := make([]*insert, len(c.batches))
	for i, b := range c.batches {
		ins, err := c.prepare(ctx, b)
		if err != nil {
			return err
		}
		inserts[i] = ins
	}
	conn := db.Use(ctx, c.store.DB)
	for _, ins := range inserts {
		if err := ins.run(ctx, conn, c.store.DB.Dialect()); err != nil {
			return c.store.refused(ctx, err, ins.table, ins)
		}
	}
	if err := c.moveAll(ctx); err != nil {
		return err
	}
	for _, ins := range inserts {
		if err := c.store.created(ctx, ins); err != nil {
			return err
		}
	}
	for _, b := range c.batches {
		if err := b.table.afterAll(ctx, b.rows); err != nil {
			return err
		}
	}
	return nil
}

// created calls the watchers of inserted rows.
func (s *Store) created(ctx context.Context, ins *insert) error {
	if !ins.table.watched[Created] {
		return nil
	}
	return s.Changed(ctx, Change{Op: Created, Model: ins.table.model, IDs: ins.ids()})
}

// updated calls the watchers of rows whose columns, except the first, which is
// the key, were written.
func (s *Store) updated(ctx context.Context, ins *insert) error {
	if !ins.table.watched[Updated] {
		return nil
	}
	return s.Changed(ctx, Change{Op: Updated, Model: ins.table.model, IDs: ins.ids(), Columns: names(ins.columns[1:])})
}

func (c *creation) prepare(ctx context.Context, b *batch) (*insert, error) {
	if err := c.number(ctx, b); err != nil {
		return nil, err
	}
	if err := b.table.beforeAll(ctx, b.rows); err != nil {
		return nil, err
	}
	return b.prepare()
}

// number fills in the serial columns of the rows of a batch.
func (c *creation) number(ctx context.Context, b *batch) error {
	for _, serial := range b.table.serials {
		var zero []reflect.Value
		for _, row := range b.rows {
			if field := row.FieldByIndex(serial.Path); field.CanInt() && field.Int() == 0 {
				zero = append(zero, field)
			}
		}
		if len(zero) == 0 {
			continue
		}
		d := c.store.DB.Dialect()
		numbers, err := d.Numbers(ctx, db.Use(ctx, c.store.DB), b.table.model.Table, serial.Name, len(zero))
		if err != nil {
			return err
		}
		for i, field := range zero {
			field.SetInt(numbers[i])
		}
		c.undo = append(c.undo, zero...)
	}
	return nil
}

// move is a stored record that becomes the child of a new one.
type move struct {
	relation *relation
	child    reflect.Value
	parent   string
}

// moveAll sets the foreign keys of stored records, with one statement per
// relation.
func (c *creation) moveAll(ctx context.Context) error {
	byRelation := map[*relation][]move{}
	var order []*relation
	for _, m := range c.moves {
		if byRelation[m.relation] == nil {
			order = append(order, m.relation)
		}
		byRelation[m.relation] = append(byRelation[m.relation], m)
	}
	for _, r := range order {
		if err := c.store.moveTo(ctx, r, byRelation[r]); err != nil {
			return err
		}
		for _, m := range byRelation[r] {
			if field := m.child.FieldByIndex(r.column.Path); text(field) == "" {
				setText(field, m.parent)
				c.undo = append(c.undo, field)
			}
		}
	}
	return nil
}

// moveTo gives records that have no parent a parent. If one of them has another
// parent, it returns an error.
func (s *Store) moveTo(ctx context.Context, r *relation, moves []move) error {
	t, key := r.table, r.table.name+"."+r.column.quoted
	ins := &insert{table: t, columns: []*column{t.key, r.column}, rows: len(moves)}
	var args []any
	if t.updated != nil {
		args = append(args, s.Now())
	}
	for _, m := range moves {
		ins.values = append(ins.values, t.id(m.child), m.parent)
	}
	query := saveText(s.DB.Dialect(), ins, len(moves)) + " AND (" + key + " IS NULL OR " + key + " = v.column2)"
	n, err := db.Use(ctx, s.DB).Exec(ctx, query, append(args, ins.values...)...)
	if err != nil {
		return s.refused(ctx, err, t, ins)
	}
	if n != int64(len(moves)) {
		return s.notMoved(ctx, r, moves)
	}
	return s.updated(ctx, ins)
}

// notMoved returns an error that says which record does not exist or has
// another parent.
func (s *Store) notMoved(ctx context.Context, r *relation, moves []move) error {
	ids := make([]string, len(moves))
	for i, m := range moves {
		ids[i] = r.table.id(m.child)
	}
	found, err := s.byKey(ctx, r.table, ids, false)
	if err != nil {
		return err
	}
	for i, m := range moves {
		now, ok := found[ids[i]]
		if !ok {
			return r.table.notFound(ids[i])
		}
		if parent := text(now.FieldByIndex(r.column.Path)); parent != m.parent {
			return fault.New(fault.InvalidData, "%s %q already belongs to %s %q", r.table.model, ids[i], r.column.refersTo, parent)
		}
	}
	return fault.New(fault.InvalidData, "the same %s is given twice in %s", r.table.model, r.name)
}
