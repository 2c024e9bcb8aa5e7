package verify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/verify"
)

// libraryChecks counts two dangling columns, two orphans, the ends of two links
// (missing ones, and deleted ones),
// one reader for each book, and each fan once for each topic.
const libraryChecks = 14

func TestNoProblems(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		exec(t, d, "INSERT INTO book (id, title, created_at, updated_at) VALUES ('b2', 'on no shelf', "+at+", "+at+")")
		want := &verify.Report{OK: true, Checks: libraryChecks, Problems: []verify.Problem{}}
		if diff := cmp.Diff(want, run(t, s)); diff != "" {
			t.Error(diff)
		}
	})
}

func TestProblems(t *testing.T) {
	t.Parallel()
	problem := func(k verify.Kind, table, column, to string, examples ...string) verify.Problem {
		return verify.Problem{Check: k, Table: table, Column: column, To: to, Count: int64(len(examples)), Examples: examples}
	}
	for name, test := range map[string]struct {
		do   func(t *testing.T, d db.DB)
		want []verify.Problem
	}{
		"a read-only link": {
			func(t *testing.T, d db.DB) {
				addBook(t, d, "b3", "a1", "gone")
				addBook(t, d, "b2", "a1", "gone")
			},
			[]verify.Problem{problem(verify.Dangling, "book", "shelf_id", "shelf", "b2", "b3")},
		},
		"an empty id": {
			func(t *testing.T, d db.DB) { addBook(t, d, "b2", "a1", "") },
			[]verify.Problem{problem(verify.Dangling, "book", "shelf_id", "shelf", "b2")},
		},
		"a list of ids": {
			func(t *testing.T, d db.DB) { addBook(t, d, "b2", "a1", "s1", "t1", "gone", "t1") },
			[]verify.Problem{problem(verify.Dangling, "book", "topic_ids", "topic", "b2")},
		},
		"a relation": {
			func(t *testing.T, d db.DB) { addBook(t, d, "b2", "gone", "s1") },
			[]verify.Problem{problem(verify.Orphan, "book", "author_id", "author", "b2")},
		},
		"a relation to some rows": {
			func(t *testing.T, d db.DB) {
				exec(t, d, "INSERT INTO note VALUES ('n3', 'gone', "+boolean(d, true)+"), ('n4', 'gone', "+boolean(d, false)+")")
			},
			[]verify.Problem{problem(verify.Orphan, "note", "about_id", "book", "n3")},
		},
		"ends of a link": {
			func(t *testing.T, d db.DB) {
				addBook(t, d, "b2", "a1", "s1")
				lend(t, d, "l2", "gone", "r1")
				lend(t, d, "l3", "b2", "gone")
			},
			[]verify.Problem{
				problem(verify.MissingEnd, "loan", "book_id", "book", "l2"),
				problem(verify.MissingEnd, "loan", "reader_id", "reader", "l3"),
			},
		},
		"cardinality": {
			func(t *testing.T, d db.DB) {
				exec(t, d, "INSERT INTO reader (id, created_at, updated_at) VALUES ('r2', "+at+", "+at+")")
				lend(t, d, "l2", "b1", "r2")
			},
			[]verify.Problem{problem(verify.Cardinality, "loan", "book_id", "", "b1")},
		},
		"a pair": {
			func(t *testing.T, d db.DB) { follow(t, d, "f2", "r1", "t1") },
			[]verify.Problem{problem(verify.Cardinality, "fandom", "fan_id, interest_id", "", "r1 t1")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d db.DB) {
				s := open(t, d)
				test.do(t, d)
				r := run(t, s)
				if diff := cmp.Diff(test.want, r.Problems); diff != "" || r.OK || r.Checks != libraryChecks {
					t.Errorf("ok %t after %d checks, want %d; %s", r.OK, r.Checks, libraryChecks, diff)
				}
			})
		})
	}
}

// A soft-deleted record exists for columns that name it, and a soft-deleted row
// may name anything. Live link rows are another matter: see
// TestLinksOfDeletedRecords.
func TestSoftDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for _, table := range []string{"author", "shelf", "topic", "reader", "loan", "fandom"} {
			exec(t, d, "UPDATE "+table+" SET deleted_at = "+at)
		}
		if r := run(t, s); !r.OK {
			t.Errorf("soft-deleted ends: %v", r.Problems)
		}
		addBook(t, d, "b2", "gone", "gone", "gone")
		lend(t, d, "l2", "gone", "gone")
		lend(t, d, "l3", "b1", "r1")
		exec(t, d, "UPDATE book SET deleted_at = "+at+" WHERE id = 'b2'")
		exec(t, d, "UPDATE loan SET deleted_at = "+at+" WHERE id <> 'l1'")
		if r := run(t, s); !r.OK {
			t.Errorf("soft-deleted rows: %v", r.Problems)
		}
	})
}

func TestExamplesAreFew(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for i := range 12 {
			addBook(t, d, fmt.Sprintf("x%02d", i), "a1", "gone")
		}
		r := run(t, s)
		if len(r.Problems) != 1 {
			t.Fatal(r.Problems)
		}
		if p := r.Problems[0]; p.Count != 12 || len(p.Examples) != 10 || p.Examples[9] != "x09" {
			t.Errorf("%d, %v", p.Count, p.Examples)
		}
	})
}

func TestProgress(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	var seen []int
	_, err := verify.Run(t.Context(), s, verify.Options{Progress: func(done, total int) {
		if total != libraryChecks {
			t.Errorf("of %d checks, want %d", total, libraryChecks)
		}
		seen = append(seen, done)
	}})
	if err != nil || len(seen) != libraryChecks || seen[0] != 1 || seen[libraryChecks-1] != libraryChecks {
		t.Errorf("%v, %v", seen, err)
	}
}

func TestErrorsOfTheDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := verify.Run(ctx, s, verify.Options{}); err == nil {
			t.Error("no error after the context was canceled")
		}
		exec(t, d, "DROP TABLE shelf")
		if _, err := verify.Run(t.Context(), s, verify.Options{}); err == nil || !strings.Contains(err.Error(), "book.shelf_id") {
			t.Errorf("a missing table: %v", err)
		}
	})
}

func TestReportAsTextAndJSON(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]verify.Problem{
		"book.shelf_id: 2 rows refer to a missing shelf, such as b2, b3": {
			Check: verify.Dangling, Table: "book", Column: "shelf_id", To: "shelf", Count: 2, Examples: []string{"b2", "b3"},
		},
		"loan.book_id: 1 row refers to a missing book, such as l2": {
			Check: verify.MissingEnd, Table: "loan", Column: "book_id", To: "book", Count: 1, Examples: []string{"l2"},
		},
		"loan (book_id, reader_id): 1 value in more than one live row of the link, such as b1 r1": {
			Check: verify.Cardinality, Table: "loan", Column: "book_id, reader_id", Count: 1, Examples: []string{"b1 r1"},
		},
	} {
		if got := p.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	b, err := json.Marshal(verify.Report{OK: true, Checks: 3, Problems: []verify.Problem{}})
	if want := `{"ok":true,"checks":3,"problems":[]}`; err != nil || string(b) != want {
		t.Errorf("%s, want %s (%v)", b, want, err)
	}
}

// A check must not scan a table for each row.
func TestChecksUseIndexes(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	for _, sql := range verify.Statements(s) {
		for _, step := range dbtest.Plan(t, s.DB, sql) {
			if strings.HasPrefix(step, "SCAN t") || strings.Contains(step, "AUTOMATIC") {
				t.Errorf("%s\n%s", sql, step)
			}
		}
	}
}
