package link_test

import (
	"context"
	"errors"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/link"
)

// calls are calls of every kind, on a shop that prepareCalls returns. Some are
// refused; their errors are tested elsewhere.
var calls = map[string]func(ctx context.Context, s *shop) error{
	"create": func(ctx context.Context, s *shop) error {
		_, err := s.CreateWith(ctx, link.Entry{Pair: s.pair("i1 b1"), Data: link.Data{"pos": 1}}, link.Entry{Pair: s.pair("i4 b1")},
			link.Entry{Pair: s.pair("i2 b1"), Data: link.Data{"note": "x"}}, link.Entry{Pair: s.pair("i4 t1")})
		return err
	},
	"a conflict": func(ctx context.Context, s *shop) error {
		_, err := s.Create(ctx, s.pairs("i4 t1, i1 b2")...)
		return err
	},
	"a missing end": func(ctx context.Context, s *shop) error {
		_, err := s.Create(ctx, s.pairs("i4 t1, i4 b9")...)
		return err
	},
	"dismiss": func(ctx context.Context, s *shop) error {
		_, err := s.Dismiss(ctx, s.pairs("i1 b1, i1 t1")...)
		return err
	},
	"list": func(ctx context.Context, s *shop) error {
		_, err := s.List(ctx, s.pairs("i1 b1, i1 t1")...)
		return err
	},
	"delete":                   func(ctx context.Context, s *shop) error { _, err := s.Delete(ctx, s.items, "i1", "i2"); return err },
	"restore":                  func(ctx context.Context, s *shop) error { _, err := s.Restore(ctx, s.gears, "g1"); return err },
	"a restore against a link": func(ctx context.Context, s *shop) error { _, err := s.Restore(ctx, s.posts, "p3"); return err },
}

func (s *shop) prepareCalls() {
	s.t.Helper()
	s.linkAll()
	s.link("p3 i3")
	s.delete(s.posts, "p3")
	s.link("p4 i3")
	s.delete(s.gears, "g1")
}

// Whichever statement of a call fails, the call returns its error and changes
// nothing, even if the transaction around it is committed.
func TestACallThatFailsHalfWayChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		for name, call := range calls {
			s := open(t, d)
			s.prepareCalls()
			live, deleted, healthy := s.live(), s.deleted(), s.Manager
			c := s.count()
			counted, statements := s.Manager, int64(0)
			for c.failAt = 1; ; c.failAt++ {
				c.ran.Store(0)
				s.Manager = counted
				var failure error
				err := db.Do(t.Context(), s.store.DB, func(ctx context.Context) error {
					if failure = call(ctx, s); failure == nil {
						return errUndone // every statement has failed once
					}
					return nil
				})
				if !errors.Is(failure, errNoLuck) {
					break
				}
				statements++
				s.Manager = healthy
				s.wantLive(live)
				s.wantDeleted(deleted)
				if err != nil || t.Failed() {
					t.Fatalf("%s, when statement %d fails: %v", name, c.failAt, err)
				}
			}
			if statements == 0 {
				t.Errorf("%s: there was no statement to fail", name)
			}
			s.Manager = healthy
			s.empty()
		}
	})
}

// An error that is not the caller's mistake is returned unchanged.
func TestFailuresPassAsTheyAre(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.prepareCalls()
		c := s.count()
		for name, call := range calls {
			c.ran.Store(0)
			c.failAt = 1
			if err := call(t.Context(), s); !errors.Is(err, errNoLuck) {
				t.Errorf("%s returns %v", name, err)
			}
		}
	})
}
