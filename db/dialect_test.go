package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

func TestDialectTexts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := d.Dialect()
		want := map[string][]string{
			"sqlite":   {"?1", "?12", "?", "c IN (SELECT value FROM json_each(?3))"},
			"postgres": {"$1", "$12", "$12", "c = ANY($3)"},
		}[l.Name()]
		if got := []string{l.Placeholder(1), l.Placeholder(12), l.InOrder(12), l.List("c", 3)}; !slices.Equal(got, want) {
			t.Errorf("the texts are %q, want %q", got, want)
		}
		if t.Name() != "TestDialectTexts/"+l.Name() {
			t.Errorf("%s is the dialect of %s", l.Name(), t.Name())
		}
	})
}

func TestForUpdate(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		exec(t, d, "INSERT INTO brand VALUES ('a')")
		l := d.Dialect()
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			for _, query := range []string{"SELECT name FROM brand" + l.ForUpdate(""), "SELECT t.name FROM brand AS t CROSS JOIN (SELECT 1) AS x" + l.ForUpdate("t")} {
				if names, err := db.Collect[string](ctx, db.Use(ctx, d), query); err != nil || !slices.Equal(names, []string{"a"}) {
					t.Errorf("%s returns %q, %v", query, names, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// Without a type, PostgreSQL reads every placeholder in VALUES as text.
func TestTyped(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		l := d.Dialect()
		var columns, set, typed, values []string
		args := []any{"x", int64(1), 1.5, money.MustParse("1.50"), true, time.Now(), model.RawJSON(`{"a": 1}`), []string{"a"}}
		for i := range args {
			kind := model.Kind(i) //nolint:gosec // eight of them
			columns = append(columns, l.Quote(kind.String()))
			set = append(set, fmt.Sprintf("%s = v.column%d", l.Quote(kind.String()), i+1))
			typed = append(typed, l.Typed(l.Placeholder(i+1), kind.Column()))
			values = append(values, "NULL")
		}
		exec(t, d, "INSERT INTO value ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(values, ", ")+")")
		exec(t, d, "UPDATE value SET "+strings.Join(set, ", ")+" FROM (VALUES ("+strings.Join(typed, ", ")+")) v", args...)
		if n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM value WHERE "+strings.Join(columns, " IS NOT NULL AND ")+" IS NOT NULL"); n != 1 || err != nil {
			t.Errorf("%d rows were written in full, %v", n, err)
		}
	})
}

func TestTuples(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		l := d.Dialect()
		var columns, cells []string
		var types []db.ColumnType
		for kind := model.Text; kind <= model.TextList; kind++ {
			columns = append(columns, l.Quote(kind.String()))
			cells = append(cells, l.Cell(len(types), kind.Column()))
			types = append(types, kind.Column())
		}
		exec(t, d, "INSERT INTO value ("+strings.Join(columns, ", ")+") SELECT "+strings.Join(cells, ", ")+" FROM "+l.Tuples(1, types...),
			`[{"c0": "x", "c1": 9007199254740993, "c2": 0.5, "c3": "1.50", "c4": true, "c5": "2026-01-02T03:04:05.678Z", "c6": "{\"a\":1}", "c7": "[\"a\",\"\"]"}, {}]`)
		rows, err := d.Query(t.Context(), "SELECT "+strings.Join(columns, ", ")+" FROM value ORDER BY text IS NULL")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var got []string
		for rows.Next() {
			var text *string
			var integer *int64
			var float *float64
			var decimal *money.Amount
			var boolean *bool
			var at *time.Time
			var document model.RawJSON
			var list []string
			if err := rows.Scan(&text, &integer, &float, &decimal, &boolean, &at, &document, &list); err != nil {
				t.Fatal(err)
			}
			if text == nil {
				got = append(got, fmt.Sprint(integer, float, decimal, boolean, at, document == nil, list == nil))
				continue
			}
			got = append(got, fmt.Sprintf("%s %d %v %s %t %s %s %q", *text, *integer, *float, decimal, *boolean, at.Format(model.TimeFormat), strings.ReplaceAll(string(document), " ", ""), list))
		}
		want := []string{`x 9007199254740993 0.5 1.5 true 2026-01-02T03:04:05.678Z {"a":1} ["a" ""]`, "<nil> <nil> <nil> <nil> <nil> true true"}
		if err := rows.Err(); err != nil || !slices.Equal(got, want) {
			t.Errorf("the rows are %q, %v; want %q", got, err, want)
		}
	})
}

func TestElements(t *testing.T) {
	kinds(t, func(t *testing.T, d db.DB) {
		exec(t, d, `INSERT INTO value ("list of text") VALUES (`+d.Dialect().Placeholder(1)+`)`, []string{"b", "a", ""})
		exec(t, d, `INSERT INTO value ("list of text") VALUES (NULL)`)
		query := `SELECT e.value FROM value AS h, ` + d.Dialect().Elements(`h."list of text"`, "e") + " ORDER BY 1"
		if got, err := db.Collect[string](t.Context(), d, query); err != nil || !slices.Equal(got, []string{"", "a", "b"}) {
			t.Errorf("the elements are %q, %v", got, err)
		}
	})
}

// Quote works for every name.
func TestQuote(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		q := d.Dialect().Quote
		for _, name := range []string{"plain", "order", "two words", `"`, `a"b`, `x"; DROP TABLE brand; --`, "Ünï", "'", "a.b", `\`} {
			exec(t, d, "CREATE TABLE "+q(name)+" ("+q(name)+" text)")
			exec(t, d, "INSERT INTO "+q(name)+" ("+q(name)+") VALUES ('v')")
			if v, _, err := db.One[string](t.Context(), d, "SELECT "+q(name)+" FROM "+q(name)); v != "v" || err != nil {
				t.Errorf("%q holds %q, %v", name, v, err)
			}
		}
	})
}

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := d.Dialect()
		cast := func(mark string) string { return "CAST(" + mark + " AS text)" }
		got, _, err := db.One[string](t.Context(), d, "SELECT "+cast(l.Placeholder(2))+" || "+cast(l.Placeholder(1))+" || "+cast(l.Placeholder(2)), "a", "b")
		if got != "bab" || err != nil {
			t.Errorf("numbered arguments give %q, %v", got, err)
		}
		got, _, err = db.One[string](t.Context(), d, "SELECT "+cast(l.InOrder(1))+" || "+cast(l.InOrder(2)), "a", "b")
		if got != "ab" || err != nil {
			t.Errorf("arguments in order give %q, %v", got, err)
		}
	})
}

// A statement can have MaxArgs arguments.
func TestMaxArgs(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		n := d.Dialect().MaxArgs()
		marks, args := make([]string, n), make([]any, n)
		for i := range n {
			marks[i], args[i] = "("+d.Dialect().InOrder(i+1)+")", fmt.Sprint(i)
		}
		inserted, err := d.Exec(t.Context(), "INSERT INTO brand VALUES "+strings.Join(marks, ", "), args...)
		if inserted != int64(n) || err != nil {
			t.Errorf("%d of %d rows were inserted: %v", inserted, n, err)
		}
	})
}

func TestList(t *testing.T) {
	brands(t, func(t *testing.T, d db.DB) {
		exec(t, d, "INSERT INTO brand VALUES ('a'), ('b'), ('c, d'), ('\"e\"'), ('ü')")
		query := "SELECT name FROM brand WHERE " + d.Dialect().List("name", 1) + " ORDER BY name"
		for _, test := range []struct{ list, want []string }{
			{[]string{"a", "ü", "z"}, []string{"a", "ü"}}, {[]string{"c, d", `"e"`}, []string{`"e"`, "c, d"}}, {[]string{"a", "a"}, []string{"a"}}, {[]string{}, nil}, {nil, nil},
		} {
			if got, err := db.Collect[string](t.Context(), d, query, test.list); err != nil || !slices.Equal(got, test.want) {
				t.Errorf("among %q are %q, %v; want %q", test.list, got, err, test.want)
			}
		}
	})
}

// numbered runs a test on both databases, with a table that has a serial
// column.
func numbered(t *testing.T, test func(t *testing.T, d db.DB)) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		typ := map[string]string{"sqlite": "integer", "postgres": "bigserial"}[d.Dialect().Name()]
		exec(t, d, `CREATE TABLE "order" (id text PRIMARY KEY, "display id" `+typ+`)`)
		test(t, d)
	})
}

func TestNumbers(t *testing.T) {
	numbered(t, func(t *testing.T, d db.DB) {
		for _, want := range [][]int64{{1}, {2, 3, 4}, {}, {5}} {
			got, err := d.Dialect().Numbers(t.Context(), d, "order", "display id", len(want))
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("the numbers are %v, %v; want %v", got, err, want)
			}
		}
		if _, err := d.Dialect().Numbers(t.Context(), d, "no such table", "n", 1); err == nil {
			t.Error("a missing table has numbers")
		}
	})
}

// Numbers continue after rows that were inserted with numbers of their own,
// and SkipNumbers never moves them back.
func TestSkipNumbers(t *testing.T) {
	numbered(t, func(t *testing.T, d db.DB) {
		next := func(want int64) {
			t.Helper()
			if err := d.Dialect().SkipNumbers(t.Context(), d, "order", "display id"); err != nil {
				t.Fatal(err)
			}
			if got, err := d.Dialect().Numbers(t.Context(), d, "order", "display id", 1); err != nil || !slices.Equal(got, []int64{want}) {
				t.Errorf("the next number is %v, %v; want %d", got, err, want)
			}
		}
		next(1)
		exec(t, d, `INSERT INTO "order" VALUES ('a', 41)`)
		next(42)
		exec(t, d, `DELETE FROM "order"`)
		next(43)
	})
}

// Numbers are unique and ascending when several goroutines allocate them.
func TestNumbersAtOnce(t *testing.T) {
	numbered(t, func(t *testing.T, d db.DB) {
		const workers, rounds, each = 8, 20, 7
		var mu sync.Mutex
		seen := map[int64]bool{}
		var all sync.WaitGroup
		for range workers {
			all.Go(func() {
				last := int64(0)
				for range rounds {
					var numbers []int64
					err := db.Do(t.Context(), d, func(ctx context.Context) (err error) {
						numbers, err = d.Dialect().Numbers(ctx, db.Use(ctx, d), "order", "display id", each)
						return err
					})
					if err != nil || len(numbers) != each {
						t.Errorf("%v, %v", numbers, err)
						return
					}
					mu.Lock()
					for _, n := range numbers {
						if n <= last || seen[n] {
							t.Errorf("number %d follows %d, taken before: %t", n, last, seen[n])
						}
						last, seen[n] = n, true
					}
					mu.Unlock()
				}
			})
		}
		all.Wait()
		if len(seen) != workers*rounds*each {
			t.Errorf("%d different numbers were taken", len(seen))
		}
	})
}

// In SQLite the numbers continue after the highest one in the table, which an
// import may have filled. Those of a failed transaction are allocated again.
func TestNumbersFollowTheTable(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	exec(t, d, "CREATE TABLE ord (id text PRIMARY KEY, n integer)")
	take := func(ctx context.Context, want ...int64) {
		t.Helper()
		if got, err := d.Dialect().Numbers(ctx, db.Use(ctx, d), "ord", "n", len(want)); err != nil || !slices.Equal(got, want) {
			t.Errorf("the numbers are %v, %v; want %v", got, err, want)
		}
	}
	exec(t, d, "INSERT INTO ord VALUES ('a', 41)")
	take(t.Context(), 42, 43)
	exec(t, d, "INSERT INTO ord VALUES ('b', 100)")
	take(t.Context(), 101)
	exec(t, d, "DELETE FROM ord")
	take(t.Context(), 102) // never a number that was in use
	err := db.Do(t.Context(), d, func(ctx context.Context) error {
		take(ctx, 103, 104)
		return errOurs
	})
	if !errors.Is(err, errOurs) {
		t.Error(err)
	}
	take(t.Context(), 103)
}

func TestRowsOf(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		got := db.RowsOf(d.Dialect(), 2, 2)
		want := map[string]string{"sqlite": "(?,?),(?,?)", "postgres": "($1,$2),($3,$4)"}[d.Dialect().Name()]
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	})
}
