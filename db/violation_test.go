package db_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

// shop runs a test on both databases with tables that have constraints.
func shop(t *testing.T, test func(t *testing.T, d db.DB)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		for _, sql := range []string{
			"CREATE TABLE brand (id text PRIMARY KEY, name text NOT NULL UNIQUE)",
			`CREATE TABLE shirt (id text PRIMARY KEY, brand_id text NOT NULL REFERENCES brand (id), size text CONSTRAINT size_known CHECK (size IN ('s', 'm')), "odd ""name" text, price integer)`,
			"CREATE UNIQUE INDEX shirt_brand_size ON shirt (brand_id, size) WHERE price IS NULL",
			`CREATE UNIQUE INDEX shirt_odd ON shirt ("odd ""name")`,
			"CREATE TABLE pair (a text, b text, PRIMARY KEY (a, b))",
			"INSERT INTO brand VALUES ('b1', 'Acme'), ('b2', 'Bolt, Ltd (a)')",
			"INSERT INTO shirt VALUES ('s1', 'b1', 's', 'odd', NULL)",
			"INSERT INTO pair VALUES ('x', 'y')",
		} {
			exec(t, d, sql)
		}
		test(t, d)
	})
}

func TestViolations(t *testing.T) {
	type told struct { // as PostgreSQL reports it; SQLite reports less, see below
		sql        string
		kind       db.ViolationKind
		table      string
		columns    []string
		values     []string
		constraint string
	}
	tests := []told{
		{"INSERT INTO brand VALUES ('b1', 'New')", db.UniqueViolation, "brand", []string{"id"}, []string{"b1"}, "brand_pkey"},
		{"INSERT INTO brand VALUES ('b3', 'Bolt, Ltd (a)')", db.UniqueViolation, "brand", []string{"name"}, []string{"Bolt, Ltd (a)"}, "brand_name_key"},
		{"UPDATE brand SET name = 'Acme' WHERE id = 'b2'", db.UniqueViolation, "brand", []string{"name"}, []string{"Acme"}, "brand_name_key"},
		{"INSERT INTO shirt VALUES ('s2', 'b1', 's', NULL, NULL)", db.UniqueViolation, "shirt", []string{"brand_id", "size"}, []string{"b1", "s"}, "shirt_brand_size"},
		{"INSERT INTO shirt VALUES ('s2', 'b1', 'm', 'odd', NULL)", db.UniqueViolation, "shirt", []string{`odd "name`}, []string{"odd"}, "shirt_odd"},
		{"INSERT INTO pair VALUES ('x', 'y')", db.UniqueViolation, "pair", []string{"a", "b"}, []string{"x", "y"}, "pair_pkey"},
		{"INSERT INTO shirt VALUES ('s2', 'b9', 'm', NULL, NULL)", db.ForeignKeyViolation, "shirt", []string{"brand_id"}, []string{"b9"}, "shirt_brand_id_fkey"},
		{"DELETE FROM brand WHERE id = 'b1'", db.ForeignKeyViolation, "shirt", []string{"id"}, []string{"b1"}, "shirt_brand_id_fkey"},
		{"INSERT INTO shirt VALUES ('s2', NULL, 'm', NULL, NULL)", db.NotNullViolation, "shirt", []string{"brand_id"}, nil, ""},
		{"UPDATE brand SET name = NULL", db.NotNullViolation, "brand", []string{"name"}, nil, ""},
		{"INSERT INTO shirt VALUES ('s2', 'b1', 'xxl', NULL, NULL)", db.CheckViolation, "shirt", nil, nil, "size_known"},
	}
	shop(t, func(t *testing.T, d db.DB) {
		for _, want := range tests {
			if d.Dialect().Name() == "sqlite" {
				want.values = nil // SQLite never reports values
				switch want.kind {
				case db.ForeignKeyViolation:
					want.table, want.columns, want.constraint = "", nil, ""
				case db.CheckViolation:
					want.table = ""
				default:
					want.constraint = ""
				}
			}
			for _, how := range []string{"at once", "in a transaction", "as rows"} {
				var err error
				switch how {
				case "at once":
					_, err = d.Exec(t.Context(), want.sql)
				case "as rows":
					_, err = db.Collect[int64](t.Context(), d, want.sql+" RETURNING 1")
				default:
					err = db.Do(t.Context(), d, func(ctx context.Context) error {
						_, err := db.Use(ctx, d).Exec(ctx, want.sql)
						return err
					})
				}
				var v *db.Violation
				if !errors.As(err, &v) {
					t.Errorf("%s, %s: %v is not a violation", want.sql, how, err)
					continue
				}
				if got := (told{want.sql, v.Kind, v.Table, v.Columns, v.Values, v.Constraint}); got.kind != want.kind || got.table != want.table ||
					!slices.Equal(got.columns, want.columns) || !slices.Equal(got.values, want.values) || got.constraint != want.constraint {
					t.Errorf("%s, %s: told %+q, want %+q", want.sql, how, got, want)
				}
				if v.Err == nil || !errors.Is(err, v.Err) || !strings.HasPrefix(err.Error(), string(want.kind)+" violation in table ") {
					t.Errorf("%s, %s: the error is %v of %v", want.sql, how, err, v.Err)
				}
			}
		}
	})
}

// Values that contain the separator of the list are not reported, not guessed.
func TestViolationWithUnclearValues(t *testing.T) {
	shop(t, func(t *testing.T, d db.DB) {
		exec(t, d, "INSERT INTO pair VALUES ('a, b', 'c')")
		_, err := d.Exec(t.Context(), "INSERT INTO pair VALUES ('a, b', 'c')")
		var v *db.Violation
		if !errors.As(err, &v) || !slices.Equal(v.Columns, []string{"a", "b"}) || v.Values != nil {
			t.Errorf("the violation is %+v", v)
		}
	})
}

// Other errors of the database are not violations.
func TestOtherErrors(t *testing.T) {
	shop(t, func(t *testing.T, d db.DB) {
		for _, sql := range []string{"SELEC", "INSERT INTO nowhere VALUES (1)", "SELECT no_such_column FROM brand", "SELECT no_such_function(1)"} {
			_, err := d.Exec(t.Context(), sql)
			var v *db.Violation
			if err == nil || errors.As(err, &v) {
				t.Errorf("%s: %v", sql, err)
			}
		}
	})
}
