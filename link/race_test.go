package link_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

// race links pairs concurrently, each in its own goroutine. Those that lose must
// get a conflict; allowed reports whether the sorted pairs that won are valid.
func (s *shop) race(pairs string, allowed func(won []string) bool) {
	s.t.Helper()
	all := strings.Split(pairs, ", ")
	errs := make([]error, len(all))
	begin := make(chan struct{})
	var group sync.WaitGroup
	for i, p := range all {
		pair := s.pair(p)
		group.Go(func() {
			<-begin
			_, errs[i] = s.Create(s.t.Context(), pair)
		})
	}
	close(begin)
	group.Wait()
	var won []string
	for i, err := range errs {
		if err == nil {
			won = append(won, all[i])
		} else if fault.TypeOf(err) != fault.Conflict {
			s.t.Errorf("%s lost with %v", all[i], err)
		}
	}
	slices.Sort(won)
	if !allowed(won) {
		s.t.Errorf("of %s, these won: %v", pairs, won)
	}
	s.wantLive(strings.Join(slices.Compact(won), ", "))
}

// one reports whether exactly one pair won.
func one(won []string) bool { return len(won) == 1 }

func TestOfConflictingCreatesExactlyOneWins(t *testing.T) {
	for name, pairs := range map[string]string{
		"many to one":          "i1 b1, i1 b2, i1 b3, i1 b4, i1 b5, i1 b6, i1 b7, i1 b8, i1 b9",
		"one to many":          "i1 g1, i2 g1, i3 g1, i4 g1, i5 g1, i6 g1, i7 g1, i8 g1, i9 g1",
		"one to one, by left":  "p1 i1, p1 i2, p1 i3, p1 i4, p1 i5, p1 i6, p1 i7, p1 i8, p1 i9",
		"one to one, by right": "p1 i1, p2 i1, p3 i1, p4 i1, p5 i1, p6 i1, p7 i1, p8 i1, p9 i1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d db.DB) {
				s := open(t, d)
				s.createMore()
				s.race(pairs, one)
			})
		})
	}
}

// createMore creates records 5 to 9 of the models that race.
func (s *shop) createMore() {
	s.t.Helper()
	for i := 4; i <= 9; i++ {
		create(s, s.brands, &brand{Record: id(fmt.Sprint("b", i))})
		if i > 4 {
			create(s, s.items, &item{Record: id(fmt.Sprint("i", i))})
			create(s, s.posts, &post{Record: id(fmt.Sprint("p", i))})
		}
	}
}

func TestConcurrentCreatesOfOnePairAreOneRow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for _, pair := range []string{"p1 i1", "i1 b1", "i1 g1", "i1 t1"} {
			all := strings.TrimSuffix(strings.Repeat(pair+", ", 8), ", ")
			s.race(all, func(won []string) bool { return len(won) == 8 })
			s.dismiss(pair)
		}
	})
}

// Calls with the same pairs in different orders wait for each other without
// deadlock.
func TestBatchesInOppositeOrdersDoNotDeadlock(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		forth := s.pairs("i1 t1, i1 t2, i1 t3, i2 t1, i2 t2, i2 t3, i1 b1, i2 b1, i3 b1")
		back := slices.Clone(forth)
		slices.Reverse(back)
		for range 20 {
			var group sync.WaitGroup
			for n := range 6 {
				pairs := [][]link.Pair{forth, back}[n%2]
				group.Go(func() {
					if _, err := s.Create(t.Context(), pairs...); err != nil {
						t.Errorf("create: %v", err)
					}
				})
			}
			group.Wait()
			s.wantLive("i1 b1, i1 t1, i1 t2, i1 t3, i2 b1, i2 t1, i2 t2, i2 t3, i3 b1")
			if rows, err := s.Dismiss(t.Context(), forth...); err != nil || len(rows) != len(forth) {
				t.Fatalf("dismissed %d rows, %v", len(rows), err)
			}
		}
	})
}

// When many calls create and dismiss a link at once, it has at most one live row
// at any time, and every call returns what it did.
func TestCreateAndDismissAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		var group sync.WaitGroup
		for n := range 6 {
			pair := s.pair([]string{"i1 b1", "i1 b2", "i1 b1"}[n%3])
			group.Go(func() {
				for range 10 {
					if _, err := s.Create(t.Context(), pair); err != nil && fault.TypeOf(err) != fault.Conflict {
						t.Errorf("create: %v", err)
					}
					if rows, err := s.Dismiss(t.Context(), pair); err != nil || len(rows) > 1 {
						t.Errorf("dismiss: %v, %v", rows, err)
					}
				}
			})
		}
		group.Wait()
		s.wantLive("")
	})
}

// Graphs of the same models can be built concurrently.
func TestInstallingAtOnce(t *testing.T) {
	t.Parallel()
	m := newModels()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			g, err := model.NewGraph(m.all()...)
			if err == nil {
				_, err = link.Install(g, m.links()...)
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	indexes := 0
	for _, i := range m.posts.Indexes {
		if i.Columns[0] == "brand_id" {
			indexes++
		}
	}
	if indexes != 1 {
		t.Errorf("posts have %d indexes over brand_id", indexes)
	}
}

// A create that waits for a transaction which is then rolled back succeeds.
func TestTheLoserWinsWhenTheWinnerGivesUp(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.Postgres(t)) // SQLite has one writer at a time: nothing to wait for
	tx, err := s.db.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	insert := "INSERT INTO shop_item_brandy_brand (id, item_id, brand_id, created_at, updated_at) VALUES ('link_x', 'i1', 'b1', now(), now())"
	if _, err := tx.Exec(t.Context(), insert); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		_, err := s.Create(context.WithoutCancel(t.Context()), s.pair("i1 b2"))
		done <- err
	}()
	waiting := "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT INTO \"shop_item_brandy_brand\"%'"
	for n := int64(0); n == 0; {
		select {
		case err := <-done:
			t.Fatalf("it did not wait: %v", err)
		default:
		}
		if n, _, err = db.One[int64](t.Context(), s.db, waiting); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Errorf("the other one: %v", err)
	}
	s.wantLive("i1 b2")
}

// A link that a transaction has read with Create cannot be dismissed by others
// until the transaction ends.
func TestALinkThatIsThereIsHeld(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.Postgres(t)) // SQLite has one writer at a time
	s.link("i1 b1")
	free := func() int64 {
		t.Helper()
		ids, err := db.Collect[string](t.Context(), s.db, "SELECT id FROM shop_item_brandy_brand FOR UPDATE SKIP LOCKED")
		if err != nil {
			t.Fatal(err)
		}
		return int64(len(ids))
	}
	err := s.in(func(ctx context.Context) error {
		if _, err := s.Create(ctx, s.pair("i1 b1")); err != nil {
			return err
		}
		if free() != 0 {
			t.Error("another transaction could dismiss the link")
		}
		return nil
	})
	if err != nil || free() != 1 {
		t.Errorf("after the transaction: %v, %d rows are free", err, free())
	}
}
