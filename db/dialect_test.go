package db_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
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

// Any name can be quoted, and is that name and nothing else.
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
			t.Errorf("numbered arguments make %q, %v", got, err)
		}
		got, _, err = db.One[string](t.Context(), d, "SELECT "+cast(l.InOrder(1))+" || "+cast(l.InOrder(2)), "a", "b")
		if got != "ab" || err != nil {
			t.Errorf("arguments in order make %q, %v", got, err)
		}
	})
}

// A statement takes as many arguments as the dialect says.
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
			t.Error("a table that is not there has numbers")
		}
	})
}

// Numbers are unique, and rise in each list, whoever takes them at one time.
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

// In SQLite the numbers follow what is in the table, which an import may have
// filled, and those of a transaction that failed are given again.
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
	take(t.Context(), 102) // never one that was in use
	err := db.Do(t.Context(), d, func(ctx context.Context) error {
		take(ctx, 103, 104)
		return errOurs
	})
	if !errors.Is(err, errOurs) {
		t.Error(err)
	}
	take(t.Context(), 103)
}
