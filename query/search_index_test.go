package query_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

type note struct {
	model.Base
	Title  string  `json:"title" model:"searchable"`
	Number int64   `json:"number" model:"searchable"`
	Body   *string `json:"body" model:"searchable"`

	Author   *author `json:"author,omitzero" model:"belongs,searchable"`
	AuthorID *string `json:"author_id"`
}

type author struct {
	model.Base
	Name  string  `json:"name" model:"searchable"`
	Notes []*note `json:"notes,omitzero" model:"many=author_id,searchable"`
}

// notes returns a graph of notes and authors, with search indexes or without.
func notes(t *testing.T, indexed bool) *model.Graph {
	t.Helper()
	n, a := model.Define[note]("note").Listed(), model.Define[author]("author")
	if indexed {
		n, a = n.Searched(), a.Searched()
	}
	g, err := model.NewGraph(n, a)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// library is a database of notes with two engines: one uses the search indexes, and
// one does not know of them.
type library struct {
	t              *testing.T
	d              db.DB
	indexed, plain *query.Engine
}

func newLibrary(t *testing.T, d db.DB) *library {
	t.Helper()
	l := &library{t, d, query.New(notes(t, true), d, query.Limits{}), query.New(notes(t, false), d, query.Limits{})}
	if _, err := schema.New(l.indexed.Models().Models()).Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *library) exec(sql string, args ...any) {
	l.t.Helper()
	if _, err := l.d.Exec(l.t.Context(), sql, args...); err != nil {
		l.t.Fatal(err)
	}
}

func (l *library) add(id, title, author string) {
	l.t.Helper()
	p := l.d.Dialect().Placeholder
	l.exec(fmt.Sprintf("INSERT INTO note (id, title, number, author_id, created_at, updated_at) VALUES (%s, %s, 4711, %s, '2026-01-01', '2026-01-01')", p(1), p(2), p(3)),
		id, title, sql.NullString{String: author, Valid: author != ""})
}

func found(t *testing.T, e *query.Engine, r query.Request) string {
	t.Helper()
	r.Entity, r.Fields, r.Count = "note", []string{"id"}, true
	res, err := e.Graph(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s of %d", res.Data, *res.Metadata.Count)
}

// want checks what a search finds, with the index and without.
func (l *library) want(q string, ids ...string) {
	l.t.Helper()
	slices.Sort(ids)
	for i, id := range ids {
		ids[i] = `{"id":"` + id + `"}`
	}
	want := fmt.Sprintf("[%s] of %d", strings.Join(ids, ","), len(ids))
	r := query.Request{Filters: query.Filters{"q": q}}
	if got := found(l.t, l.plain, r); got != want {
		l.t.Errorf("%q without an index: %.200s", q, got)
	}
	if got := found(l.t, l.indexed, r); got != want {
		l.t.Errorf("%q: %.200s", q, got)
	}
	r.Estimate = true
	if got := found(l.t, l.indexed, r); got != want {
		l.t.Errorf("%q with an estimate: %.200s", q, got)
	}
}

// What an index finds is what is there, whenever it was written.
func TestSearchIndexFollowsRecords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := newLibrary(t, d)
		l.exec("INSERT INTO author (id, name, created_at, updated_at) VALUES ('a1', 'Ada Lovelace', '2026-01-01', '2026-01-01')")
		for i := range 300 { // more than SQLite leaves out of its index
			l.add(fmt.Sprintf("n%03d", i), fmt.Sprintf("Title%d of many", i), "")
		}
		l.add("n900", "Analytical", "a1")
		l.want("title7", "n007", "n070", "n071", "n072", "n073", "n074", "n075", "n076", "n077", "n078", "n079")
		l.want("TITLE299 many", "n299")
		l.want("title299 few")
		l.want("lovelace", "n900")
		l.want("love analytical", "n900") // one word here, the other there

		l.exec("UPDATE note SET title = 'Changed' WHERE id = 'n005'")
		l.exec("UPDATE note SET updated_at = '2026-01-02' WHERE id = 'n006'")
		l.exec("UPDATE author SET name = 'Countess' WHERE id = 'a1'")
		l.want("title5", "n050", "n051", "n052", "n053", "n054", "n055", "n056", "n057", "n058", "n059")
		l.want("title6", "n006", "n060", "n061", "n062", "n063", "n064", "n065", "n066", "n067", "n068", "n069")
		l.want("changed", "n005")
		l.want("lovelace")
		l.want("countess", "n900")

		l.exec("DELETE FROM note WHERE id IN ('n005', 'n299')")
		l.exec("UPDATE note SET deleted_at = '2026-01-03' WHERE id = 'n298'")
		l.want("changed")
		l.want("title299")
		l.want("title298")
		l.add("n299", "Title299 again", "")
		l.want("title299", "n299")
		for i := range 200 {
			l.exec(fmt.Sprintf("UPDATE note SET title = 'Renamed%d' WHERE id = 'n%03d'", i, i))
		}
		l.want("title199")
		l.want("renamed199", "n199")
		l.want("4711 renamed199", "n199")
	})
}

// An index finds words in any case of any script, as a search without one does.
func TestSearchIndexKnowsCases(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := newLibrary(t, d)
		words := map[string][]string{} // by the id of a note
		add := func(title string, look ...string) {
			id := fmt.Sprintf("n%05d", len(words))
			l.add(id, title, "")
			words[id] = look
		}
		for r := rune(0x80); r <= unicode.MaxRune; r++ {
			if unicode.SimpleFold(r) != r && (!testing.Short() || r < 0x600 || r%7 == 0) {
				add("xyz"+string(r)+"abc", "yz"+strings.ToLower(string(r)), strings.ToUpper(string(r))+"ABC")
			}
		}
		add("İstanbul", "istanbul", "İSTANBUL", "stan", "日本語", "a@b", "@@@", "%%%")
		add(`a"b%c_d\e'f`, `"b%`, `c_d\`, `'f`, "c-d", `\e'`)
		for i := range 200 { // so that SQLite has the others in its index
			l.add(fmt.Sprintf("other%d", i), "other", "")
		}
		for id, look := range words {
			for _, w := range look {
				r := query.Request{Filters: query.Filters{"q": w, "id": []string{id}, "$not": query.Filters{"id": "none"}}}
				if got, want := found(t, l.indexed, r), found(t, l.plain, r); got != want {
					t.Errorf("%q in %s: %s, without an index %s", w, id, got, want)
				}
			}
		}
	})
}

// A search that no index helps tries the first records of the order, and says so if
// there are more.
func TestSearchIsBounded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l := newLibrary(t, d)
		for i := range 100 {
			l.add(fmt.Sprintf("n%03d", i), fmt.Sprintf("common number%d ab%d", i%50, i), "")
		}
		for i := range 50 { // so that SQLite has the others in its index
			l.add(fmt.Sprintf("z%d", i), "rest", "")
		}
		l.exec("DELETE FROM note WHERE title = 'rest'")
		bounded := query.New(notes(t, true), d, query.Limits{MaxCount: 20})
		for _, test := range []struct {
			q, order      string
			offset        int
			rows, count   int
			about, partly bool
		}{
			{"ab7", "id", 0, 5, 11, false, false}, // ab7, ab70 to ab79: few have it
			{"b7", "id", 0, 1, 1, true, true},     // a short word: only the first 20 are tried
			{"b7", "-id", 0, 0, 0, true, true},    // n080 to n099
			{"b9", "-id", 0, 5, 10, true, false},  // n090 to n099, a full page
			{"b9", "-id", 8, 2, 10, true, true},
			{"common", "id", 0, 5, 20, true, false}, // a word that all have
			{"common", "id", 18, 2, 20, true, true},
			{"common number3", "id", 0, 1, 1, true, true}, // n003; two words that many have
			{"number49 common", "id", 0, 2, 2, false, false},
		} {
			r := query.Request{Entity: "note", Fields: []string{"id"}, Filters: query.Filters{"q": test.q}, Order: []string{test.order}, Offset: test.offset, Limit: 5, Count: true, Estimate: true}
			res, err := bounded.Graph(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			m := res.Metadata
			if res.Rows != test.rows || *m.Count != int64(test.count) || m.CountIsEstimate != test.about || m.SearchIsPartial != test.partly {
				t.Errorf("%+v: %d of %d, an estimate: %t, partial: %t", test, res.Rows, *m.Count, m.CountIsEstimate, m.SearchIsPartial)
			}
			r.Estimate = false
			exact, err := bounded.Graph(t.Context(), r)
			if err != nil {
				t.Fatal(err)
			}
			if want := found(t, l.plain, query.Request{Filters: r.Filters, Order: r.Order, Offset: r.Offset, Limit: 5}); fmt.Sprintf("%s of %d", exact.Data, *exact.Metadata.Count) != want {
				t.Errorf("%q, counted exactly: %s of %d, want %s", test.q, exact.Data, *exact.Metadata.Count, want)
			}
		}
	})
}

// A user who may not install the extension has a shop that searches without an index.
// Once it is there, a migration builds the indexes.
func TestSearchWithoutTheExtension(t *testing.T) {
	t.Parallel()
	url := dbtest.PostgresDatabase(t, "")
	owner := openAs(t, url, "")
	role := "gorgon_plain_user"
	for _, sql := range []string{
		"DO $$ BEGIN CREATE ROLE " + role + "; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$",
		"GRANT ALL ON SCHEMA public TO " + role,
	} {
		if _, err := owner.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	l := newLibrary(t, openAs(t, url, role))
	l.add("n1", "An orphan", "")
	l.want("orphan", "n1")
	models := schema.New(l.indexed.Models().Models())
	if ok, err := models.Indexed(t.Context(), l.d); !ok || err != nil {
		t.Errorf("without the extension, the indexes are missing (%v)", err)
	}

	if _, err := owner.Exec(t.Context(), "CREATE EXTENSION pg_trgm WITH SCHEMA public"); err != nil {
		t.Fatal(err)
	}
	if ok, err := models.Indexed(t.Context(), l.d); ok || err != nil {
		t.Errorf("with the extension, no index is missing (%v)", err)
	}
	applied, err := models.Migrate(t.Context(), l.d, schema.Options{})
	if err != nil || len(applied) != 2 {
		t.Fatalf("with the extension: %v (%v)", applied, err)
	}
	if again, err := models.Migrate(t.Context(), l.d, schema.Options{}); err != nil || len(again) != 0 {
		t.Errorf("again: %v (%v)", again, err)
	}
	l.indexed = query.New(l.indexed.Models(), l.d, query.Limits{})
	l.want("orphan", "n1")
}

func openAs(t *testing.T, url, role string) db.DB {
	t.Helper()
	if role != "" {
		url += "&role=" + role
	}
	d, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}
