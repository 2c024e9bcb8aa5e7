package module

import (
	"context"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// save writes all columns of records, by their keys.
func (s *Store) save(ctx context.Context, t *table, records []reflect.Value) error {
	return db.Do(ctx, s.DB, func(ctx context.Context) error {
		if err := s.takeTurn(ctx, t); err != nil {
			return err
		}
		return s.saveByRules(ctx, t, records, func() []*column {
			var all []*column
			for i := range t.columns {
				if c := &t.columns[i]; c != t.key && !slices.Contains(fixed, c.Name) {
					all = append(all, c)
				}
			}
			return all
		})
	})
}

// saveByRules runs the rules and writes the columns that the function returns
// after Each and Before have run.
func (s *Store) saveByRules(ctx context.Context, t *table, records []reflect.Value, columns func() []*column) error {
	if err := t.eachOf(records); err != nil {
		return err
	}
	if err := t.beforeAll(ctx, records); err != nil {
		return err
	}
	ins := &insert{table: t, columns: append([]*column{t.key}, columns()...), rows: len(records)}
	for _, r := range records {
		for _, c := range ins.columns {
			v, _, err := c.cell(r)
			if err != nil {
				return err
			}
			ins.values = append(ins.values, v)
		}
	}
	now := s.Now()
	if err := s.saveRows(ctx, ins, now); err != nil {
		return err
	}
	if err := t.afterAll(ctx, records); err != nil {
		return err
	}
	for _, r := range records {
		t.touch(r, now)
	}
	return nil
}

// touch sets a record's updated_at.
func (t *table) touch(record reflect.Value, now time.Time) {
	if t.updated == nil {
		return
	}
	if at, ok := record.FieldByIndex(t.updated.Path).Addr().Interface().(*time.Time); ok {
		*at = now
	}
}

// saveRows runs UPDATE … FROM (VALUES …), in as few statements as the limit on
// arguments allows. It returns an error if a row does not exist.
func (s *Store) saveRows(ctx context.Context, ins *insert, now time.Time) error {
	d, n, touched := s.DB.Dialect(), len(ins.columns), ins.table.updated != nil && !ins.quiet
	if n == 1 && !touched {
		return nil // the key is the only column
	}
	chunk := max(1, (d.MaxArgs()-1)/n)
	for start := 0; start < ins.rows; start += chunk {
		rows := min(chunk, ins.rows-start)
		var args []any
		if touched {
			args = append(args, now)
		}
		args = append(args, ins.values[start*n:(start+rows)*n]...)
		done, err := db.Use(ctx, s.DB).Exec(ctx, saveText(d, ins, rows), args...)
		if err != nil {
			return s.refused(ctx, err, ins.table, ins)
		}
		if done != int64(rows) {
			return s.notSaved(ctx, ins)
		}
	}
	return s.updated(ctx, ins)
}

// saveText returns the statement for a number of rows. If the table has
// updated_at, its value is the first argument; the values of the rows follow.
func saveText(d db.Dialect, ins *insert, rows int) string {
	t, arg := ins.table, 0
	next := func() string { arg++; return d.InOrder(arg) }
	var set []string
	if t.updated != nil && !ins.quiet {
		set = append(set, t.updated.quoted+" = "+next())
	}
	for i, c := range ins.columns[1:] {
		set = append(set, c.quoted+" = v.column"+strconv.Itoa(i+2)) // both databases name the columns of VALUES column1, column2, …
	}
	var q strings.Builder
	q.WriteString("UPDATE " + t.name + " SET " + strings.Join(set, ", ") + " FROM (VALUES ")
	for row := range rows {
		if row > 0 {
			q.WriteByte(',')
		}
		for i, c := range ins.columns {
			q.WriteByte("(,"[min(i, 1)])
			value := next()
			if row == 0 { // it determines the types of the others
				value = d.Typed(value, c.Kind.Column())
			}
			q.WriteString(value)
		}
		q.WriteByte(')')
	}
	q.WriteString(") v WHERE " + t.name + "." + t.key.quoted + " = v.column1 AND " + t.live())
	return q.String()
}

// notSaved returns an error that says which record does not exist or was given
// twice.
func (s *Store) notSaved(ctx context.Context, ins *insert) error {
	t := ins.table
	ids := make([]string, ins.rows)
	for i, row := range ins.given([]string{t.key.Name}) {
		ids[i] = shown(row)[0]
	}
	q := &clause{Dialect: s.DB.Dialect()}
	q.WriteString("SELECT " + t.key.quoted + " FROM " + t.name + " WHERE " + q.list(t.key.quoted, ids) + " AND " + t.live())
	found, err := db.Collect[string](ctx, db.Use(ctx, s.DB), q.String(), q.args...)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if !slices.Contains(found, id) {
			return t.notFound(id)
		}
		if slices.Contains(ids[:i], id) {
			return fault.New(fault.InvalidData, "%s %q is saved twice in one call", t.model, id)
		}
	}
	return fault.New(fault.Conflict, "a %s was changed while it was saved; try again", t.model)
}
