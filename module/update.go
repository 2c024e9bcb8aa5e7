package module

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// fixed are the columns that neither a patch nor Save can change.
var fixed = []string{"created_at", "updated_at", "deleted_at"}

// patched is a checked patch, with its columns in the order of their names.
type patched struct {
	columns []*column
	values  []any
}

func (t *table) patch(p Patch) (*patched, error) {
	out := &patched{}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		c, err := t.column(name)
		if err != nil {
			return nil, err
		}
		if c == t.key || slices.Contains(fixed, name) {
			return nil, fault.New(fault.InvalidData, "%s cannot be changed by an update", c)
		}
		if c.Follows {
			return nil, fault.New(fault.InvalidData, "%s cannot be changed by an update: it follows from other records", c)
		}
		v, err := c.value(p[name])
		if err != nil {
			return nil, err
		}
		out.columns, out.values = append(out.columns, c), append(out.values, v)
	}
	return out, nil
}

// given returns the values of the patch, which are the same for every row.
func (p *patched) given(columns []string) [][]any {
	var row []any
	for _, name := range columns {
		for i, c := range p.columns {
			if c.Name == name {
				row = append(row, p.values[i])
			}
		}
	}
	if len(row) != len(columns) {
		return nil
	}
	return [][]any{row}
}

func (s *Store) update(ctx context.Context, t *table, ids []string, p Patch) (n int64, err error) {
	changes, err := t.patch(p)
	if err != nil {
		return 0, err
	}
	if ids = plainAll(ids); len(ids) == 0 || len(changes.columns) == 0 && t.updated == nil {
		return 0, nil
	}
	if t.rules == nil && !changes.mergesAny() {
		return s.updateRows(ctx, t, ids, changes)
	}
	err = db.Do(ctx, s.DB, func(ctx context.Context) error {
		n, err = s.updateLocked(ctx, t, ids, changes)
		return err
	})
	return n, err
}

// updateRows updates rows with one statement, without reading them first.
func (s *Store) updateRows(ctx context.Context, t *table, ids []string, changes *patched) (n int64, err error) {
	q := &clause{Dialect: s.DB.Dialect()}
	var set []string
	for i, c := range changes.columns {
		set = append(set, c.quoted+" = "+q.arg(changes.values[i]))
	}
	if t.updated != nil {
		set = append(set, t.updated.quoted+" = "+q.arg(s.Now()))
	}
	q.WriteString("UPDATE " + t.name + " SET " + strings.Join(set, ", "))
	q.WriteString(" WHERE " + q.list(t.key.quoted, ids) + " AND " + t.live())
	err = s.inChange(ctx, Updated, t, func(ctx context.Context) error {
		n, err = s.execChange(ctx, Change{Op: Updated, Model: t.model, Columns: names(changes.columns)}, t, q.String(), q.args)
		return s.refused(ctx, err, t, changes)
	})
	return n, err
}

// updateLocked locks the records, runs the rules on them as they will be, and
// writes the columns that changed.
func (s *Store) updateLocked(ctx context.Context, t *table, ids []string, changes *patched) (int64, error) {
	if err := s.takeTurn(ctx, t); err != nil {
		return 0, err
	}
	found, err := s.byKey(ctx, t, ids, true)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	var records, before []reflect.Value
	for _, id := range slices.Sorted(maps.Keys(found)) {
		was := reflect.New(t.model.Go).Elem()
		was.Set(found[id])
		before = append(before, was)
		changes.apply(found[id])
		records = append(records, found[id])
	}
	err = s.saveByRules(ctx, t, records, func() []*column { return t.changed(changes, before, records) })
	return int64(len(records)), err
}

// apply sets the fields of a record. An object for metadata is merged into it.
func (p *patched) apply(record reflect.Value) {
	for i, c := range p.columns {
		field, value := record.FieldByIndex(c.Path), p.values[i]
		if stored, ok := field.Interface().(model.RawJSON); ok && c.merges() {
			if members := object(value); members != nil {
				value = merged(stored, members)
			}
		}
		assign(field, value)
	}
}

// changed returns the columns that a patch sets or rules have changed.
func (t *table) changed(p *patched, before, after []reflect.Value) []*column {
	var out []*column
	for i := range t.columns {
		c := &t.columns[i]
		if c != t.key && !slices.Contains(fixed, c.Name) && (slices.Contains(p.columns, c) || c.differs(before, after)) {
			out = append(out, c)
		}
	}
	return out
}

// differs reports whether some record has another value in the column.
func (c *column) differs(before, after []reflect.Value) bool {
	for i := range before {
		if !reflect.DeepEqual(before[i].FieldByIndex(c.Path).Interface(), after[i].FieldByIndex(c.Path).Interface()) {
			return true
		}
	}
	return false
}
