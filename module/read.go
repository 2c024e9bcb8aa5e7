package module

import (
	"context"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// list reads the records that match the filter into the structs returned by
// next.
func (s *Store) list(ctx context.Context, t *table, w Where, p Page, next func() reflect.Value) error {
	q := &clause{Dialect: s.DB.Dialect()}
	q.WriteString("SELECT " + t.selection() + " FROM " + t.name)
	if err := q.where(t, w, p.WithDeleted); err != nil {
		return err
	}
	if err := q.page(t, p); err != nil {
		return err
	}
	return s.scan(ctx, t, q, next)
}

// scan reads the records of a query into the structs returned by next.
func (s *Store) scan(ctx context.Context, t *table, q *clause, next func() reflect.Value) error {
	rows, err := db.Use(ctx, s.DB).Query(ctx, q.String(), q.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	dest := make([]any, len(t.columns))
	for rows.Next() {
		record := next()
		for i := range t.columns {
			dest[i] = record.FieldByIndex(t.columns[i].Path).Addr().Interface()
		}
		if err := rows.Scan(dest...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// byKey reads live records by their keys. If locked is set, no other
// transaction can change them until this one ends; locks are taken in the order
// of the keys.
func (s *Store) byKey(ctx context.Context, t *table, ids []string, locked bool) (map[string]reflect.Value, error) {
	q := &clause{Dialect: s.DB.Dialect()}
	q.WriteString("SELECT " + t.selection() + " FROM " + t.name + " WHERE " + q.list(t.key.quoted, plainAll(ids)) + " AND " + t.live())
	q.WriteString(" ORDER BY " + t.key.quoted)
	if locked {
		q.WriteString(q.ForUpdate(""))
	}
	var all []reflect.Value
	err := s.scan(ctx, t, q, func() reflect.Value {
		record := reflect.New(t.model.Go).Elem()
		all = append(all, record)
		return record
	})
	found := make(map[string]reflect.Value, len(all))
	for _, r := range all {
		found[t.id(r)] = r
	}
	return found, err
}

// selection returns the list of columns, in the order of the model's fields.
func (t *table) selection() string {
	names := make([]string, len(t.columns))
	for i := range t.columns {
		names[i] = t.columns[i].quoted
	}
	return strings.Join(names, ", ")
}

func (s *Store) count(ctx context.Context, t *table, w Where) (int64, error) {
	q := &clause{Dialect: s.DB.Dialect()}
	q.WriteString("SELECT count(*) FROM " + t.name)
	if err := q.where(t, w, false); err != nil {
		return 0, err
	}
	n, _, err := db.One[int64](ctx, db.Use(ctx, s.DB), q.String(), q.args...)
	return n, err
}

func (t *table) notFound(id string) error {
	return fault.New(fault.NotFound, "there is no %s with %s %q", t.model, t.key.Name, strings.ToValidUTF8(id, "\uFFFD"))
}

// plain returns the id, or "" if it is text that the databases cannot hold and
// so cannot be the id of a record.
func plain(id string) string {
	if !utf8.ValidString(id) || strings.IndexByte(id, 0) >= 0 {
		return ""
	}
	return id
}

// plainAll returns the ids that can be ids of records.
func plainAll(ids []string) []string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		if id = plain(id); id != "" {
			out = append(out, id)
		}
	}
	return out
}
