package main

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"

	"github.com/gorgon-commerce/gorgon/query"
)

// nine is the fields of an order with its nine relations.
var nine = []string{"id", "display_id", "email", "customer.*", "cart.*", "fulfillments.*", "payment_collections.*",
	"items.*", "items.variant.*", "items.product.*", "promotions.*", "region.*", "sales_channel.*"}

// statements are the hand-written statements: sql/ENGINE/CASE.NAME.sql.
//
//go:embed sql
var statements embed.FS

// byHandSQL returns the hand-written statements of a case.
func byHandSQL(engine, name string) (map[string]string, error) {
	files, err := fs.Glob(statements, "sql/"+engine+"/"+name+".*.sql")
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("there is no hand-written statement sql/%s/%s.*.sql", engine, name)
	}
	out := map[string]string{}
	for _, f := range files {
		b, err := statements.ReadFile(f)
		if err != nil {
			return nil, err
		}
		out[path.Base(f)] = strings.TrimSpace(string(b))
	}
	return out, nil
}

// document scans a record without copying the driver's bytes, as the engine does.
type document struct{ buf []byte }

func (d *document) ScanBytes(b []byte) error { //nolint:unparam // required by pgx
	d.buf = append(d.buf, b...)
	return nil
}

func (d *document) Scan(src any) error { //nolint:unparam // required by database/sql
	switch v := src.(type) {
	case string:
		d.buf = append(d.buf, v...)
	case []byte:
		d.buf = append(d.buf, v...)
	}
	return nil
}

// read runs a statement and joins its records into a JSON array. If counts is set, the
// count is its second column.
func (s *shop) read(ctx context.Context, sql string, counts bool, args ...any) ([]byte, error) {
	rows, err := s.DB().Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	doc, count, n := &document{buf: []byte{'['}}, int64(0), 0
	dest := []any{doc}
	if counts {
		dest = append(dest, &count)
	}
	for rows.Next() {
		if n++; n > 1 {
			doc.buf = append(doc.buf, ',')
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
	}
	return append(doc.buf, ']'), rows.Err()
}

// readCase returns a query with its hand-written statements. All of them must return the
// same bytes.
func (s *shop) readCase(ctx context.Context, title, file string, r query.Request, args ...any) (*pair, error) {
	all, err := byHandSQL(s.engine(), file)
	if err != nil {
		return nil, err
	}
	res, err := s.Query.Graph(ctx, r)
	if err != nil {
		return nil, err
	}
	p := &pair{name: title, bar: 1.15, ours: func(ctx context.Context) error {
		_, err := s.Query.Graph(ctx, r)
		return err
	}}
	for name, sql := range all {
		sql = strings.ReplaceAll(sql, "{n}", fmt.Sprint(r.Limit))
		got, err := s.read(ctx, sql, r.Count, args...)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if !same(got, res.Data) {
			return nil, fmt.Errorf("%s returns other bytes than the query:\n%.2000s\n%.2000s", name, got, res.Data)
		}
		p.hands = append(p.hands, func(ctx context.Context) error {
			_, err := s.read(ctx, sql, r.Count, args...)
			return err
		})
	}
	return p, nil
}

// same reports whether two results have the same bytes, except for the order of keys
// inside records.
func same(a, b []byte) bool {
	var x, y any
	return len(a) == len(b) && json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// readCases returns reads of an order, and of pages of orders, with all nine relations.
func readCases(ctx context.Context, s *shop) ([]*pair, error) {
	one, err := s.readCase(ctx, "one order, nine relations", "one",
		query.Request{Entity: "order", Fields: nine, Filters: query.Filters{"id": s.orderID}}, s.orderID)
	if err != nil {
		return nil, err
	}
	cases := []*pair{one}
	for _, n := range []int{20, 100} {
		p, err := s.readCase(ctx, fmt.Sprintf("page of %d, nine relations, count", n), "page",
			query.Request{Entity: "order", Fields: nine, Order: []string{"-id"}, Limit: n, Count: true})
		if err != nil {
			return nil, err
		}
		cases = append(cases, p)
	}
	return cases, nil
}
