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

// writing is what was being written when the database reported a violation.
// PostgreSQL reports the value; SQLite does not, but still accepts queries in
// the same transaction.
type writing interface {
	// given returns the values that the rows have in some columns, one slice
	// per row, or nil if they are not known.
	given(columns []string) [][]any
}

// findTaken returns the values that violate a unique index: those of the only
// row written, those that two of the rows have, or those of a row that is
// already stored.
func (s *Store) findTaken(ctx context.Context, t *table, columns []string, w writing) []any {
	given := w.given(columns)
	if len(given) == 1 {
		return given[0]
	}
	if len(conditions(t.model, columns)) > 0 {
		return nil // the index does not cover every row
	}
	given = slices.DeleteFunc(given, hasNull) // nulls are never equal
	seen := map[string]bool{}
	for _, values := range given {
		key := strings.Join(shown(values), "\x00")
		if seen[key] {
			return values
		}
		seen[key] = true
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

// conditions returns the conditions, apart from being live, of the unique
// indexes over exactly these columns; none if an index covers all live rows.
func conditions(m *model.Model, columns []string) []string {
	var out []string
	for _, i := range m.Indexes {
		if i.Unique && i.Where != "" && slices.Equal(i.Columns, columns) {
			out = append(out, i.Where)
		}
	}
	return out
}

// findMissing returns the first value of a foreign key that refers to no
// record, or "" if it cannot be found out.
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
		return "" // PostgreSQL runs no more queries in this transaction
	}
	return id
}

// firstMissing returns the first of the values that no row meeting the
// condition has in the column, or "" if every value is found.
func (s *Store) firstMissing(ctx context.Context, t *table, c *column, values []string, condition string) (string, error) {
	query := "SELECT " + c.quoted + " FROM " + t.name + " WHERE " + s.DB.Dialect().List(c.quoted, 1) + " AND " + condition
	found, err := db.Collect[string](ctx, db.Use(ctx, s.DB), query, values)
	if err != nil {
		return "", err
	}
	exists := map[string]bool{}
	for _, v := range found {
		exists[v] = true
	}
	for _, v := range values {
		if !exists[v] {
			return v, nil
		}
	}
	return "", nil
}

// exist returns a not_found error if one of the ids has no live record.
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

// shown returns values as text, following pointers; nil stays nil.
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

// reach returns the value that v, followed through pointers, points to, or nil
// if one of the pointers is nil.
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
