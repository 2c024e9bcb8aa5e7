package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
)

// A million orders are made by the database itself, in the tables that the
// services would fill: order i is bought by customer i%customers, paid by
// collection i and, every second one, sent as fulfillment i.

// The generated rows. {id:x} is the id x_00000001 of row i, {id:x:e} that of
// row e, {time} a moment that rises with i, and {now} one for all.
var generated = []struct {
	table, columns, values, where string
	perOrder                      int // one row for so many orders
}{
	{"customer", "id, email, first_name, has_account, created_at, updated_at",
		"{id:cus}, 'buyer' || i || '@shop.example', 'Ada', {true}, {now}, {now}", "", 10},
	{"order", "id, display_id, version, status, is_draft_order, email, currency_code, customer_id, created_at, updated_at",
		"{id:order}, i, 1, 'pending', {false}, 'buyer' || (1 + i % {customers}) || '@shop.example', 'eur', {id:cus:1 + i % {customers}}, {time}, {time}", "", 1},
	{"payment_collection", "id, currency_code, amount, status, created_at, updated_at",
		"{id:pay_col}, 'eur', {amount}, CASE WHEN i % 1000 = 7 THEN 'awaiting' ELSE 'completed' END, {time}, {time}", "", 1},
	{"order_payment_collection", "id, order_id, payment_collection_id, created_at, updated_at",
		"{id:ordpay}, {id:order}, {id:pay_col}, {now}, {now}", "", 1},
	{"fulfillment", "id, location_id, shipped_at, requires_shipping, created_at, updated_at",
		"{id:ful}, 'sloc_1', {time}, {true}, {time}, {time}", "i % 2 = 1", 1},
	{"order_fulfillment", "id, order_id, fulfillment_id, created_at, updated_at",
		"{id:ordful}, {id:order}, {id:ful}, {now}, {now}", "i % 2 = 1", 1},
}

// generate fills the shop with n orders. Indexes are made when the rows are
// there, as one would restore a dump.
func (s *shop) generate(ctx context.Context, n int) error {
	kept, err := s.dropIndexes(ctx)
	if err != nil {
		return err
	}
	begin := s.DB().Begin
	if d, ok := s.DB().(*sqlite.Database); ok {
		begin = d.BeginUnchecked
	}
	err = db.DoWith(ctx, s.DB(), begin, func(ctx context.Context) error {
		c := db.Use(ctx, s.DB())
		if s.engine() == "postgres" { // foreign keys are triggers there
			if _, err := c.Exec(ctx, "SET LOCAL session_replication_role = replica"); err != nil {
				return err
			}
		}
		for _, g := range generated {
			sql := s.expand("INSERT INTO "+s.DB().Dialect().Quote(g.table)+" ("+g.columns+") {numbers}SELECT "+g.values+" FROM {n}"+where(g.where), n/g.perOrder, n/10)
			if _, err := c.Exec(ctx, sql); err != nil {
				return fmt.Errorf("%s: %w", g.table, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i := range 50 {
		s.orders = append(s.orders, fmt.Sprintf("order_%08d", 1+i*(n/50)))
	}
	return s.exec(ctx, append(kept, "ANALYZE")...)
}

func where(condition string) string {
	if condition == "" {
		return ""
	}
	return " WHERE " + condition
}

// expand puts what differs between the databases into a statement.
func (s *shop) expand(sql string, n, customers int) string {
	words := map[string]string{
		"{numbers}": "", "{n}": fmt.Sprintf("generate_series(1, %d) AS n(i)", n), "{true}": "TRUE", "{false}": "FALSE", "{amount}": "64.96",
		"{now}": "timestamptz '2026-01-01 00:00:00Z'", "{time}": "timestamptz '2026-01-01 00:00:00Z' + i * interval '1 second'",
	}
	number := "to_char(%s, 'FM00000000')"
	if s.engine() == "sqlite" {
		words = map[string]string{
			"{numbers}": fmt.Sprintf("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) ", n), "{n}": "n",
			"{true}": "1", "{false}": "0", "{amount}": "'64.96'",
			"{now}": "'2026-01-01T00:00:00.000Z'", "{time}": "strftime('%Y-%m-%dT%H:%M:%fZ', 1767225600 + i, 'unixepoch')",
		}
		number = "printf('%%08d', %s)"
	}
	words["{customers}"] = fmt.Sprint(customers)
	for word, with := range words {
		sql = strings.ReplaceAll(sql, word, with)
	}
	for {
		before, rest, ok := strings.Cut(sql, "{id:")
		if !ok {
			return sql
		}
		word, after, _ := strings.Cut(rest, "}")
		prefix, row, given := strings.Cut(word, ":")
		if !given {
			row = "i"
		}
		sql = before + "'" + prefix + "_' || " + fmt.Sprintf(number, row) + after
	}
}

// dropIndexes drops the indexes of the generated tables that no constraint
// needs, and answers the statements that make them again.
func (s *shop) dropIndexes(ctx context.Context) ([]string, error) {
	list := `SELECT indexname || ' ' || indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = $1 AND indexname LIKE 'IDX%'`
	if s.engine() == "sqlite" {
		list = `SELECT name || ' ' || sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND name LIKE 'IDX%'`
	}
	var kept []string
	for _, g := range generated {
		indexes, err := db.Collect[string](ctx, s.DB(), list, g.table)
		if err != nil {
			return nil, err
		}
		for _, index := range indexes {
			name, definition, _ := strings.Cut(index, " ")
			if err := s.exec(ctx, "DROP INDEX "+s.DB().Dialect().Quote(name)); err != nil {
				return nil, err
			}
			kept = append(kept, definition)
		}
	}
	return kept, nil
}
