package link_test

import (
	"context"
	"errors"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
)

// in runs a function in a transaction, which is rolled back if the function returns
// an error.
func (s *shop) in(fn func(ctx context.Context) error) error {
	return db.Do(s.t.Context(), s.db, fn)
}

var errUndone = errors.New("undone")

func TestWritesJoinTheCallersTransaction(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.linkAll()
		before := s.live()
		for name, write := range map[string]func(ctx context.Context) error{
			"create": func(ctx context.Context) error { _, err := s.Create(ctx, s.pair("i4 t1"), s.pair("i4 b1")); return err },
			"create data": func(ctx context.Context) error {
				_, err := s.CreateWith(ctx, link.Entry{Pair: s.pair("i1 b1"), Data: link.Data{"note": "other"}})
				return err
			},
			"dismiss": func(ctx context.Context) error { _, err := s.Dismiss(ctx, s.pair("i1 b1")); return err },
			"delete":  func(ctx context.Context) error { _, err := s.Delete(ctx, s.items, "i1"); return err },
		} {
			err := s.in(func(ctx context.Context) error {
				if err := write(ctx); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				return errUndone
			})
			if !errors.Is(err, errUndone) {
				t.Errorf("%s: %v", name, err)
			}
			s.wantLive(before)
			s.wantDeleted("")
		}
		if rows, err := s.List(t.Context(), s.pair("i1 b1")); err != nil || rows[0].Data["note"] != "hello" {
			t.Errorf("rows %v, %v", rows, err)
		}
	})
}

// Calls in a transaction see what it has written.
func TestATransactionSeesItsOwnLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		err := s.in(func(ctx context.Context) error {
			if err := module.For[brand](s.store, s.brands).Create(ctx, &brand{Record: id("b9")}); err != nil {
				return err
			}
			if _, err := s.Create(ctx, s.pair("i1 b9")); err != nil {
				return err
			}
			if rows, err := s.List(ctx, s.pair("i1 b9")); err != nil || len(rows) != 1 {
				t.Errorf("the transaction lists %v, %v", rows, err)
			}
			_, err := s.Create(ctx, s.pair("i1 b1"))
			wantFault(t, err, fault.Conflict, "b9")
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		s.wantLive("i1 b9")
	})
}

// A write that fails undoes only what it did; the transaction around it remains
// usable.
func TestAFailedWriteLeavesTheTransactionUsable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 b1, i2 t1")
		s.delete(s.items, "i2")
		s.link("i2 b1")
		err := s.in(func(ctx context.Context) error {
			if _, err := s.Create(ctx, s.pair("i3 t1")); err != nil {
				return err
			}
			_, err := s.Create(ctx, s.pair("i3 t2"), s.pair("i3 b9"))
			wantFault(t, err, fault.NotFound, `"b9"`)
			_, err = s.Create(ctx, s.pair("i3 t2"), s.pair("i1 b2"))
			wantFault(t, err, fault.Conflict, `"b1"`)
			_, err = s.CreateWith(ctx, link.Entry{Pair: s.pair("i3 b1"), Data: link.Data{"pos": "x"}})
			wantFault(t, err, fault.InvalidData, "pos")
			_, err = s.Create(ctx, s.pair("i4 t1"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.wantLive("i1 b1, i2 b1, i3 t1, i4 t1")
	})
}

func TestAFailedRestoreLeavesTheTransactionUsable(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 b1, i1 g1")
		s.delete(s.items, "i1")
		s.link("i1 b2")
		err := s.in(func(ctx context.Context) error {
			_, err := s.Restore(ctx, s.items, "i1")
			wantFault(t, err, fault.Conflict, "b2")
			_, err = s.Create(ctx, s.pair("i4 t1"))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		s.wantLive("i1 b2, i4 t1")
		s.wantDeleted("g1 o1 o2")
	})
}

// A write whose context has ended fails and changes nothing.
func TestAnEndedContext(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 b1")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := s.Create(ctx, s.pair("i2 b1")); !errors.Is(err, context.Canceled) {
			t.Errorf("create: %v", err)
		}
		if _, err := s.Dismiss(ctx, s.pair("i1 b1")); !errors.Is(err, context.Canceled) {
			t.Errorf("dismiss: %v", err)
		}
		if _, err := s.List(ctx, s.pair("i1 b1")); !errors.Is(err, context.Canceled) {
			t.Errorf("list: %v", err)
		}
		if _, err := s.Delete(ctx, s.items, "i1"); !errors.Is(err, context.Canceled) {
			t.Errorf("delete: %v", err)
		}
		if _, err := s.Restore(ctx, s.items, "i1"); !errors.Is(err, context.Canceled) {
			t.Errorf("restore: %v", err)
		}
		s.wantLive("i1 b1")
	})
}

// Soft-deleted records can be linked, and their links can be queried once they are
// restored.
func TestSoftDeletedRecordsCanBeLinked(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		brands := module.For[brand](s.store, s.brands)
		if err := brands.SoftDelete(t.Context(), "b1"); err != nil {
			t.Fatal(err)
		}
		s.link("i1 b1")
		s.refuses("i1 b2", fault.Conflict, "b1")
		s.wantLive("i1 b1")
		if err := brands.Delete(t.Context(), "b1"); err != nil {
			t.Fatal(err)
		}
		s.wantLive("") // deleting a record permanently deletes its link rows
		s.link("i1 b2")
	})
}

// Another program may have added a constraint to the link table.
func TestARuleThatTheLinkDoesNotKnow(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	s := open(t, d)
	if _, err := d.Exec(t.Context(), "ALTER TABLE shop_item_brandy_brand ADD CHECK (pos < 10)"); err != nil {
		t.Fatal(err)
	}
	_, err := s.CreateWith(t.Context(), link.Entry{Pair: s.pair("i1 b1"), Data: link.Data{"pos": 11}})
	wantFault(t, err, fault.InvalidData, "item - brand", "shop_item_brandy_brand")
	s.wantLive("")
}
