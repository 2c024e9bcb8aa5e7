package link_test

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/link"
)

// thousand creates a thousand items and returns a pair with a brand for each.
func (s *shop) thousand() []link.Pair {
	s.t.Helper()
	items, pairs := make([]*item, 1000), make([]link.Pair, 1000)
	for i := range items {
		items[i] = &item{Record: id(fmt.Sprintf("i%04d", i+1000))}
		pairs[i] = link.Pair{s.items: items[i].ID, s.brands: "b1"}
	}
	create(s, s.items, items...)
	return pairs
}

func TestAThousandPairsAreOneStatement(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		pairs := s.thousand()
		count, ctx := s.count(), t.Context()
		must := func(rows []link.Row, err error) []link.Row {
			t.Helper()
			if err != nil || len(rows) != len(pairs) {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			return rows
		}
		var made, again []link.Row
		s.wantStatements(count, 1, "create", func() { made = must(s.Create(ctx, pairs...)) })
		for i, r := range made {
			if r.Keys["item_id"] != pairs[i][s.items] {
				t.Fatalf("row %d is of %s, not %s", i, r.Keys["item_id"], pairs[i][s.items])
			}
		}
		s.wantStatements(count, 2, "create again", func() { again = must(s.Create(ctx, pairs...)) })
		if !reflect.DeepEqual(made, again) {
			t.Error("the second create returns other rows")
		}
		s.wantStatements(count, 1, "list", func() { again = must(s.List(ctx, pairs...)) })
		if !reflect.DeepEqual(made, again) {
			t.Error("list returns other rows")
		}
		s.wantStatements(count, 1, "dismiss", func() { must(s.Dismiss(ctx, pairs...)) })
		s.wantLive("")
	})
}

func TestAThousandChangesAreFewStatements(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		var entries []link.Entry
		for i, p := range s.thousand() {
			entries = append(entries, link.Entry{Pair: p, Data: link.Data{"pos": i}})
			if i%2 == 1 {
				entries[i].Data = link.Data{"note": fmt.Sprint("note ", i)}
			}
		}
		count, ctx := s.count(), t.Context()
		s.wantStatements(count, 1, "create with data", func() {
			if _, err := s.CreateWith(ctx, entries[500:]...); err != nil {
				t.Fatal(err)
			}
		})
		for i := range entries {
			entries[i].Data["pos"] = -i
		}
		// One that fails, one that inserts the new pairs, one that reads all, and one update for each set of columns.
		s.wantStatements(count, 5, "create and change", func() {
			rows, err := s.CreateWith(ctx, entries...)
			if err != nil {
				t.Fatal(err)
			}
			for i, r := range rows {
				want := link.Data{"pos": int64(-i), "note": entries[i].Data["note"]}
				if !reflect.DeepEqual(r.Data, want) {
					t.Fatalf("row %d has %v, want %v", i, r.Data, want)
				}
			}
		})
		n, _, err := db.One[int64](ctx, d, "SELECT count(*) FROM shop_item_brandy_brand WHERE deleted_at IS NULL AND pos <= 0 AND (note IS NULL) = (pos % 2 = 0)")
		if err != nil || n != 1000 {
			t.Errorf("%d rows have what was given, %v", n, err)
		}
	})
}

// One conflict fails the whole call, and the error names it.
func TestOneConflictAmongAThousand(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		pairs := s.thousand()
		s.link("i1 b2")
		_, err := s.Create(t.Context(), append(pairs, s.pair("i1 b1"))...)
		wantFault(t, err, "conflict", `item "i1" is linked to brand "b2"`)
		_, err = s.Create(t.Context(), append(pairs, s.pair("i9 b1"))...)
		wantFault(t, err, "not_found", `"i9"`)
		s.wantLive("i1 b2")
	})
}

// Many missing records are not all listed.
func TestManyMissingRecords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.refuses("i10 b1, i11 b1, i12 b1, i13 b1, i14 b1, i15 b1, i16 b1", "not_found", `"i10", "i11", "i12", "i13", "i14" and 2 more`)
	})
}

func TestTheSamePairTwiceWithData(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for range 2 { // a new pair, then one that is already linked
			first, second := link.Data{"note": "first", "pos": 1}, link.Data{"note": "second"}
			rows, err := s.CreateWith(t.Context(), link.Entry{Pair: s.pair("i1 b1"), Data: first}, link.Entry{Pair: s.pair("i2 b1")},
				link.Entry{Pair: s.pair("i1 b1"), Data: second}, link.Entry{Pair: s.pair("i1 b1")})
			if err != nil {
				t.Fatal(err)
			}
			if want := (link.Data{"note": "second", "pos": int64(1)}); !reflect.DeepEqual(rows[0].Data, want) || !reflect.DeepEqual(rows[0], rows[2]) || !reflect.DeepEqual(rows[0], rows[3]) {
				t.Errorf("returned %v", rows)
			}
			if len(first) != 2 || len(second) != 1 {
				t.Errorf("the caller's data became %v and %v", first, second)
			}
		}
		s.wantLive("i1 b1, i2 b1")
	})
}

// The last of a hundred values for one pair wins, whatever is between them.
func TestAPairGivenManyTimes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		var entries []link.Entry
		for n := range 100 {
			entries = append(entries, link.Entry{Pair: s.pair("i1 b1"), Data: link.Data{"pos": n}}, link.Entry{Pair: s.pair("i2 b1"), Data: link.Data{"pos": -n}})
		}
		c := s.count()
		var rows []link.Row
		var err error
		s.wantStatements(c, 1, "create", func() { rows, err = s.CreateWith(t.Context(), entries...) })
		if err != nil || rows[0].Data["pos"] != int64(99) || rows[199].Data["pos"] != int64(-99) {
			t.Errorf("rows %v and %v, %v", rows[0], rows[199], err)
		}
	})
}

// A call for one pair sends the same statements as a call for a thousand.
func TestOnePairIsOneStatement(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		count := s.count()
		s.wantStatements(count, 1, "create", func() { s.link("i1 b1") })
		s.wantStatements(count, 2, "create again", func() { s.link("i1 b1") })
		s.wantStatements(count, 4, "create with data", func() { s.linkWith("i1 b1", link.Data{"note": "x"}) })
		s.wantStatements(count, 3, "create one with data and update another", func() {
			if _, err := s.CreateWith(t.Context(), link.Entry{Pair: s.pair("i2 b1"), Data: link.Data{"note": "y"}}, link.Entry{Pair: s.pair("i1 b1")}); err != nil {
				t.Fatal(err)
			}
		})
		s.wantStatements(count, 1, "dismiss", func() { s.dismiss("i1 b1") })
		s.wantStatements(count, 1, "create one", func() { s.linkWith("i1 b1", link.Data{"note": "x"}) })
		s.wantStatements(count, 0, "create nothing", func() { s.link("") })
	})
}
