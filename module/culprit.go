package module

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// writing is what was being written when the database refused. PostgreSQL
// tells which value it refused; SQLite does not, but lets us go on asking in
// the same transaction.
type writing interface {
	// given are the values of the rows in some columns, one list a row; nil
	// when they are not known.
	given(columns []string) [][]any
}

// findTaken finds the values of a unique index that are taken: those of the
// only row written, those that two rows have, or those a live row has.
func (s *Store) findTaken(ctx context.Context, t *table, columns []string, w writing) []any {
	given := w.given(columns)
	if len(given) == 1 {
		return given[0]
	}
	if len(conditions(t.model, columns)) > 0 {
		return nil // not every row is in the index
	}
	given = slices.DeleteFunc(given, hasNull) // nulls are never equal
	met := map[string]bool{}
	for _, values := range given {
		key := strings.Join(shown(values), "\x00")
		if met[key] {
			return values
		}
		met[key] = true
	}
	d := s.DB.Dialect()
	query := "SELECT 1 FROM " + t.name + " WHERE "
	for i, name := range columns {
		query += t.byName[name].quoted + " = " + d.Placeholder(i+1) + " AND "
	}
	query += t.live()
	for _, values := range given {
		_, found, err := db.One[int64](ctx, db.Use(ctx, s.DB), query, values...)
		if err != nil {
			return nil
		}
		if found {
			return values
		}
	}
	return nil
}

// conditions are those, beyond being live, of the rows in the unique indexes
// over the columns; none when all are.
func conditions(m *model.Model, columns []string) []string {
	var out []string
	for _, i := range m.Indexes {
		if i.Unique && i.Where != "" && slices.Equal(i.Columns, columns) {
			out = append(out, i.Where)
		}
	}
	return out
}

// findMissing is the first value of a foreign key that no record has.
func (s *Store) findMissing(ctx context.Context, c *column, w writing) string {
	var ids []string
	for _, values := range w.given([]string{c.Name}) {
		if !hasNull(values) {
			ids = append(ids, shown(values)[0])
		}
	}
	target := s.table(c.References.Model)
	id, err := s.firstMissing(ctx, target, target.byName[c.References.Column], ids, "1 = 1")
	if err != nil {
		return "" // PostgreSQL answers nothing more in this transaction
	}
	return id
}

// firstMissing is the first of the values that no row has which meets a
// condition; "" when each is there.
func (s *Store) firstMissing(ctx context.Context, t *table, c *column, values []string, condition string) (string, error) {
	query := "SELECT " + c.quoted + " FROM " + t.name + " WHERE " + s.DB.Dialect().List(c.quoted, 1) + " AND " + condition
	found, err := db.Collect[string](ctx, db.Use(ctx, s.DB), query, values)
	if err != nil {
		return "", err
	}
	there := map[string]bool{}
	for _, v := range found {
		there[v] = true
	}
	for _, v := range values {
		if !there[v] {
			return v, nil
		}
	}
	return "", nil
}

// exist is an error when an id is of no live record.
func (s *Store) exist(ctx context.Context, t *table, ids []string) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	for _, id := range ids {
		if plain(id) == "" {
			return t.notFound(id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	id, err := s.firstMissing(ctx, t, t.key, ids, t.live())
	if err != nil || id == "" {
		return err
	}
	return t.notFound(id)
}

// shown are values as text, whatever pointers lead to them; nil stays nil.
func shown(values []any) []string {
	var out []string
	for _, v := range values {
		out = append(out, fmt.Sprint(reach(v)))
	}
	return out
}

func hasNull(values []any) bool {
	return slices.ContainsFunc(values, func(v any) bool { return reach(v) == nil })
}

// reach is the value that pointers lead to; nil when one of them is.
func reach(v any) any {
	rv := reflect.ValueOf(v)
	for rv.Kind() == reflect.Pointer && !rv.IsNil() {
		rv = rv.Elem()
	}
	if !rv.IsValid() || rv.Kind() == reflect.Pointer {
		return nil
	}
	return rv.Interface()
}
