package main

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/model"
)

const (
	sampleShop = "e2e/testdata/medusa/shop.sql.gz"
	handRows   = 500 // of one INSERT by hand, about 5,000 values
)

// importBar is twice what the import may take without totals, 1.3 times the rows by
// hand: it computes the totals and statuses of all orders and carts.
const importBar = 2.6

// importCase compares the import of a shop of Medusa with n generated orders with
// inserts by hand of the rows of the same tables. Both read the same database, and
// write into one with our tables, in a transaction that is undone.
func (r *run) importCase(ctx context.Context, engine string, n int) error {
	url, stop, err := dbtest.Server()
	if err != nil {
		return err
	}
	defer stop()
	source, err := medusaShop(ctx, url, n)
	if err != nil {
		return fmt.Errorf("a shop of Medusa: %w", err)
	}
	defer source.Close() //nolint:errcheck // it was only read
	s, err := fresh(ctx, engine)
	if err != nil {
		return err
	}
	defer s.close()
	p := &pair{
		name: fmt.Sprintf("import of %d rows", rowsOf(n)), bar: importBar,
		ours: func(ctx context.Context) error {
			return s.undone(ctx, func(ctx context.Context) error {
				_, err := medusa.Import(ctx, source, s.Store, medusa.Options{})
				return err
			})
		},
		hands: []func(ctx context.Context) error{func(ctx context.Context) error {
			return s.undone(ctx, func(ctx context.Context) error { return s.importByHand(ctx, source, n) })
		}},
	}
	res, err := p.rounds(ctx, engine, p.hands[0], 1, func(done int) bool { return done < 3 })
	if err == nil {
		r.add(res)
	}
	return err
}

// rowsOf returns how many rows are generated for n orders.
func rowsOf(n int) int {
	rows := 0
	for _, g := range generated {
		rows += n / g.perOrder
		if g.where != "" {
			rows -= n / g.perOrder / 2
		}
	}
	return rows
}

// medusaShop fills an empty database with Medusa's tables and the generated rows.
func medusaShop(ctx context.Context, url string, n int) (db.DB, error) {
	dump, err := unzipped(sampleShop)
	if err != nil {
		return nil, err
	}
	loading, err := postgres.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	err = dbtest.LoadDump(ctx, loading, dump)
	_ = loading.Close() // its session has the settings of the dump
	if err != nil {
		return nil, err
	}
	d, err := postgres.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	return d, fillMedusa(ctx, d, n)
}

func unzipped(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // it was only read
	z, err := gzip.NewReader(f)
	if err != nil {
		return "", err
	}
	text, err := io.ReadAll(z)
	return string(text), err
}

// fillMedusa replaces the orders of the sample shop by n generated ones.
func fillMedusa(ctx context.Context, d db.DB, n int) error {
	return db.Do(ctx, d, func(ctx context.Context) error {
		c := db.Use(ctx, d)
		statements := []string{
			"SET LOCAL session_replication_role = replica", // no foreign keys
			`ALTER TABLE payment_collection ALTER raw_amount SET DEFAULT '{"value": "64.96", "precision": 20}'`,
		}
		for _, g := range generated {
			statements = append(statements, "TRUNCATE "+d.Dialect().Quote(g.table)+" CASCADE")
		}
		for _, g := range generated {
			statements = append(statements, expand("postgres", "INSERT INTO "+d.Dialect().Quote(g.table)+" ("+g.columns+") SELECT "+g.values+" FROM {n}"+where(g.where), n/g.perOrder, n/10))
		}
		for _, sql := range append(statements, "ANALYZE") {
			if _, err := c.Exec(ctx, sql); err != nil {
				return fmt.Errorf("%w, in %s", err, sql)
			}
		}
		return nil
	})
}

// importByHand inserts the rows of the generated tables, a few hundred at a time.
func (s *shop) importByHand(ctx context.Context, source db.DB, n int) error {
	written := 0
	for _, g := range generated {
		m := s.Store.Graph.Table(g.table)
		rows, err := s.copyByHand(ctx, source, m)
		if err != nil {
			return fmt.Errorf("%s: %w", g.table, err)
		}
		written += rows
	}
	if written != rowsOf(n) {
		return fmt.Errorf("%d rows were inserted, want %d", written, rowsOf(n))
	}
	return nil
}

func (s *shop) copyByHand(ctx context.Context, source db.DB, m *model.Model) (int, error) {
	from, to := source.Dialect(), db.Use(ctx, s.DB())
	there, err := db.Collect[string](ctx, source, "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1", m.Table)
	if err != nil {
		return 0, err
	}
	var columns, exprs []string
	for _, f := range m.Fields {
		if !slices.Contains(there, f.Name) {
			continue // a column of ours, such as a total
		}
		columns, exprs = append(columns, from.Quote(f.Name)), append(exprs, s.asText(f, from))
	}
	rows, err := source.Query(ctx, "SELECT "+strings.Join(exprs, ", ")+" FROM "+from.Quote(m.Table))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	insert := "INSERT INTO " + from.Quote(m.Table) + " (" + strings.Join(columns, ", ") + ") VALUES "
	full := insert + db.RowsOf(s.DB().Dialect(), len(columns), handRows)
	args, total := make([]any, 0, handRows*len(columns)), 0
	for rows.Next() {
		values := make([]*string, len(columns))
		dest := make([]any, len(columns))
		for i := range values {
			dest[i] = &values[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return total, err
		}
		for _, v := range values {
			args = append(args, v)
		}
		if total++; total%handRows == 0 {
			if _, err := to.Exec(ctx, full, args...); err != nil {
				return total, err
			}
			args = args[:0]
		}
	}
	if err := rows.Err(); err != nil || len(args) == 0 {
		return total, err
	}
	_, err = to.Exec(ctx, insert+db.RowsOf(s.DB().Dialect(), len(columns), len(args)/len(columns)), args...)
	return total, err
}

// asText returns the value of a column as text that the shop's database accepts.
func (s *shop) asText(f *model.Field, from db.Dialect) string {
	column := from.Quote(f.Name)
	if s.engine() == "sqlite" {
		switch f.Kind {
		case model.Time:
			return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
		case model.Bool:
			return column + "::int::text"
		}
	}
	return column + "::text"
}
