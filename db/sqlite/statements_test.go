package sqlite_test

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
	"github.com/gorgon-commerce/gorgon/db/sqlite"
)

func keptBy(t *testing.T, d *sqlite.Database) (statements, text int) {
	t.Helper()
	statements, text, err := d.Kept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return statements, text
}

func TestStatementsAreKept(t *testing.T) {
	t.Parallel()
	d := open(t)
	before, _ := keptBy(t, d)
	for i := range 10 {
		mustExec(t, d, "INSERT INTO parent VALUES (?1)", fmt.Sprint("n", i))
	}
	err := db.Do(t.Context(), d, func(ctx context.Context) error { // transactions use and keep them, too
		for i := range 10 {
			if _, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO parent VALUES (?1)", fmt.Sprint("t", i)); err != nil {
				return err
			}
			if _, _, err := db.One[string](ctx, db.Use(ctx, d), "SELECT id FROM parent WHERE id = ?1", "p1"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if after, text := keptBy(t, d); after != before+2 || text < 60 {
		t.Errorf("%d statements of %d bytes are kept, %d before", after, text, before)
	}
}

// A statement that failed can be run again.
func TestStatementsAfterErrors(t *testing.T) {
	t.Parallel()
	d := open(t)
	const insert = "INSERT INTO child VALUES (?1, ?2)"
	for range 3 {
		if _, err := d.Exec(t.Context(), insert, "c1", "p1"); err == nil {
			t.Error("an id was inserted twice")
		}
		if _, err := d.Exec(t.Context(), insert, "c1"); err == nil {
			t.Error("a missing argument is not an error")
		}
		if _, err := d.Exec(t.Context(), "INSERT INTO nowhere VALUES (1)"); err == nil {
			t.Error("a missing table is not an error")
		}
		if _, err := d.Query(t.Context(), "SELECT * FRO parent"); err == nil {
			t.Error("a syntax error is not an error")
		}
	}
	mustExec(t, d, insert, "c2", "p1")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Exec(ctx, insert, "c3", "p1"); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	mustExec(t, d, insert, "c3", "p1")
	if n := children(t, d); n != 3 {
		t.Errorf("there are %d children, want 3", n)
	}
}

// The bounds hold, and statements beyond them run correctly.
func TestKeptStatementsAreBounded(t *testing.T) {
	t.Parallel()
	d := open(t)
	ask := func(query string, want int64) {
		t.Helper()
		got, err := db.Collect[int64](t.Context(), d, "INSERT INTO x VALUES (1) RETURNING "+query)
		if err != nil || len(got) != 1 || got[0] != want {
			t.Fatalf("%.50s… is %v, %v", query, got, err)
		}
	}
	mustExec(t, d, "CREATE TABLE x (a)")
	most := 0
	for i := range 1200 {
		ask(fmt.Sprint(i), int64(i))
		n, _ := keptBy(t, d)
		most = max(most, n)
	}
	if most != 500 {
		t.Errorf("at most %d statements were kept, want 500", most)
	}
	padding := strings.Repeat(" ", 60_000)
	for i := range 40 { // more than two megabytes together
		ask(padding+fmt.Sprint(i), int64(i))
		if n, text := keptBy(t, d); text > 1<<19 || n == 0 {
			t.Fatalf("%d statements of %d bytes are kept", n, text)
		}
	}
	n, text := keptBy(t, d)
	ask(strings.Repeat(" ", 70_000)+"7", 7) // too long to keep
	if m, more := keptBy(t, d); m != n || more != text {
		t.Errorf("a long statement is kept: %d statements of %d bytes, %d of %d before", m, more, n, text)
	}
}

// A query may run again while its rows are being read.
func TestSameQueryWithinItsRows(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "CREATE TABLE node (id integer PRIMARY KEY, parent integer)")
	mustExec(t, d, "INSERT INTO node VALUES (1, 0), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3)")
	var walk func(ctx context.Context, from int64) ([]int64, error)
	walk = func(ctx context.Context, from int64) ([]int64, error) {
		rows, err := db.Use(ctx, d).Query(ctx, "SELECT id FROM node WHERE parent = ?1 ORDER BY id", from)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		var out []int64
		for rows.Next() {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return nil, err
			}
			below, err := walk(ctx, id)
			if err != nil {
				return nil, err
			}
			out = append(append(out, id), below...)
		}
		return out, rows.Err()
	}
	for range 2 { // the second time with kept statements
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			got, err := walk(ctx, 0)
			if fmt.Sprint(got) != "[1 2 4 5 3 6]" {
				t.Errorf("the tree is %v, %v", got, err)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Rows that are not read to the end give their statement back, reset.
func TestRowsClosedEarly(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "INSERT INTO parent VALUES ('p2'), ('p3')")
	for range 3 {
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			rows, err := db.Use(ctx, d).Query(ctx, "SELECT id FROM parent ORDER BY id")
			if err != nil {
				return err
			}
			var first string
			if !rows.Next() || rows.Scan(&first) != nil || first != "p1" {
				t.Errorf("the first row is %q", first)
			}
			rows.Close()
			rows.Close() // may be called twice
			if rows.Next() {
				t.Error("closed rows have a next one")
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	mustExec(t, d, "DROP TABLE child") // would fail if rows were still open
}

func TestStatementsSurviveASchemaChange(t *testing.T) {
	t.Parallel()
	d := open(t)
	const read, write = "SELECT * FROM parent", "INSERT INTO parent (id) VALUES (?1)"
	columns := func() int {
		t.Helper()
		rows, err := d.SQL().QueryContext(t.Context(), read)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close() //nolint:errcheck // read to the end
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			into := make([]any, len(names))
			for i := range into {
				into[i] = new(any)
			}
			if err := rows.Scan(into...); err != nil {
				t.Error(err)
			}
		}
		if err := rows.Err(); err != nil {
			t.Error(err)
		}
		return len(names)
	}
	mustExec(t, d, write, "p2")
	if n := columns(); n != 1 {
		t.Fatalf("there are %d columns", n)
	}
	mustExec(t, d, "ALTER TABLE parent ADD COLUMN name text DEFAULT 'none'")
	mustExec(t, d, write, "p3")
	if n := columns(); n != 2 {
		t.Errorf("after the change there are %d columns, want 2", n)
	}
	mustExec(t, d, "DROP TABLE child")
	mustExec(t, d, "DROP TABLE parent")
	if _, err := d.Exec(t.Context(), write, "p4"); err == nil || !strings.Contains(err.Error(), "no such table") {
		t.Errorf("without the table, the error is %v", err)
	}
	mustExec(t, d, "CREATE TABLE parent (number integer, id text)")
	mustExec(t, d, write, "p5")
	if n := columns(); n != 2 {
		t.Errorf("the new table has %d columns, want 2", n)
	}
	// The readers notice the change as well.
	if names, err := db.Collect[string](t.Context(), d, "SELECT id FROM parent"); err != nil || len(names) != 1 {
		t.Errorf("a reader finds %q, %v", names, err)
	}
}

func TestTextWithoutAStatement(t *testing.T) {
	t.Parallel()
	d := open(t)
	for _, sql := range []string{"", " ", ";", "-- nothing", "/* nothing */", "\n\t;;-- x\n"} {
		if n, err := d.Exec(t.Context(), sql); n != 0 || err != nil {
			t.Errorf("Exec(%q) is %d, %v", sql, n, err)
		}
		if all, err := db.Collect[string](t.Context(), d, sql); len(all) != 0 || err != nil {
			t.Errorf("Query(%q) is %q, %v", sql, all, err)
		}
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			n, err := db.Use(ctx, d).Exec(ctx, sql)
			if n != 0 {
				t.Errorf("in a transaction, Exec(%q) is %d", sql, n)
			}
			return err
		})
		if err != nil {
			t.Errorf("in a transaction, %q: %v", sql, err)
		}
	}
}

func TestSeveralStatementsAtOnce(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "INSERT INTO parent VALUES ('p2'); INSERT INTO parent VALUES ('p3');")
	mustExec(t, d, "INSERT INTO parent VALUES ('p4'); INSERT INTO parent VALUES ('p5'); -- twice the same would be kept")
	if ids, err := db.Collect[string](t.Context(), d, "SELECT id FROM parent ORDER BY id"); err != nil || len(ids) != 5 {
		t.Errorf("the parents are %q, %v", ids, err)
	}
}

// Statements may be dropped while other connections use the same ones.
func TestManyGoroutinesBeyondTheBound(t *testing.T) {
	t.Parallel()
	d := open(t)
	var all sync.WaitGroup
	for worker := range 8 {
		all.Go(func() {
			for i := range 700 {
				want := int64(worker*700 + i)
				got, _, err := db.One[int64](t.Context(), d, fmt.Sprintf("SELECT %d + ?1 - ?1", want), 5)
				if err != nil || got != want {
					t.Errorf("%d: %d, %v", want, got, err)
					return
				}
			}
		})
	}
	all.Wait()
}

// A new statement takes the place of one, and of the one that was not used for longest.
func TestKeptStatementsAreThoseInUse(t *testing.T) {
	t.Parallel()
	d := open(t)
	const often = "SELECT 'often'"
	for i := range 1200 {
		mustExec(t, d, fmt.Sprintf("SELECT %d", i))
		mustExec(t, d, often)
	}
	n, text := keptBy(t, d)
	if n != 500 {
		t.Errorf("%d statements are kept, want 500", n)
	}
	mustExec(t, d, often)
	if again, same := keptBy(t, d); again != n || same != text {
		t.Errorf("a statement that runs often was not kept: %d statements of %d bytes, then %d of %d", n, text, again, same)
	}
}

// The planner must know that nearly all rows have the same value: it would sort all
// of them instead of walking the index of the order.
func TestAnalyzeKnowsFrequentValues(t *testing.T) {
	t.Parallel()
	d := open(t)
	mustExec(t, d, "CREATE TABLE listed (id text PRIMARY KEY, draft integer NOT NULL, at text NOT NULL)")
	mustExec(t, d, "CREATE INDEX listed_draft ON listed (draft, id)")
	mustExec(t, d, "CREATE INDEX listed_at ON listed (at, id)")
	mustExec(t, d, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO listed SELECT i, i % 100 = 0, i FROM n")
	mustExec(t, d, d.Dialect().Analyze())
	want := []string{"SCAN listed USING INDEX listed_at"}
	if got := dbtest.Plan(t, d, "SELECT id FROM listed WHERE draft = 0 ORDER BY at DESC, id DESC LIMIT 15"); !slices.Equal(got, want) {
		t.Errorf("the plan is %q, want %q", got, want)
	}
}
