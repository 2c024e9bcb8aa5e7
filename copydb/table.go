package copydb

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// table copies the rows of a table and returns their number.
func (c *copying) table(ctx context.Context, m *model.Model) (n int64, err error) {
	total, err := count(ctx, c.source(ctx), c.from.DB.Dialect(), m.Table)
	if err != nil || total == 0 {
		return 0, err
	}
	cells, columns := make([]cell, len(m.Fields)), make([]string, len(m.Fields))
	dest := make([]any, len(m.Fields))
	for i, f := range m.Fields {
		cells[i].kind = f.Kind
		dest[i] = cells[i].dest()
		columns[i] = c.reader.text(c.from.DB.Dialect().Quote(f.Name), f.Kind)
	}
	rows, err := c.source(ctx).Query(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+c.from.DB.Dialect().Quote(m.Table))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	b := newBatch(c.to.DB.Dialect(), m)
	c.options.Progress("copying "+m.Table, 0, total)
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return n, fmt.Errorf("the table %s cannot be read: %w", m.Table, err)
		}
		if err := b.add(cells); err != nil {
			return n, fault.Wrap(err, fault.InvalidData, "the row of %s with the key %s cannot be copied: %v; nothing was copied", m.Table, key(m, cells), err)
		}
		n++
		if b.full() {
			if err := b.write(ctx, c.target(ctx)); err != nil {
				return n, unwritable(err, "the rows of "+m.Table)
			}
			c.options.Progress("copying "+m.Table, n, total)
		}
	}
	if err := rows.Err(); err != nil {
		return n, err
	}
	return n, unwritable(b.write(ctx, c.target(ctx)), "the rows of "+m.Table)
}

// key returns the primary key of the row that cells hold, for messages.
func key(m *model.Model, cells []cell) string {
	var parts []string
	for _, name := range m.Key {
		for i, f := range m.Fields {
			if f.Name == name {
				parts = append(parts, cells[i].shown())
			}
		}
	}
	return strings.Join(parts, ", ")
}

// unwritable explains an error of the target.
func unwritable(err error, what string) error {
	var f *fault.Error
	var v *db.Violation
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &v) && v.Kind == db.ForeignKeyViolation:
		return fault.Wrap(err, fault.InvalidData, "%s cannot be copied: some refer to records that do not exist (%s); nothing was copied", what, strings.Join(v.Columns, ", "))
	case errors.As(err, &v):
		return fault.Wrap(err, fault.InvalidData, "%s cannot be copied: they violate a constraint of the target (%v); nothing was copied", what, v)
	case errors.As(err, &f):
		return fault.Wrap(err, f.Type, "%s cannot be copied: %s; nothing was copied", what, f.Message)
	}
	return fault.Wrap(err, fault.Internal, "%s cannot be copied: %v; nothing was copied", what, err)
}
