package module

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
)

// A Derivation keeps columns that a module computes from other records, such as
// totals. T is the record that all of these belong to, such as an order: the owner.
// What is computed for one owner depends on no other. The columns have the tag
// follows.
//
// An owner that is created with everything in it can be computed in memory, by a
// rule. Whatever is written later puts its owner on a list of the transaction, and
// each owner is computed once, under a lock, before the commit; see Cause.
type Derivation[T any] struct {
	Owners Records[T]
	// Compute reads what the columns of the owners follow from, and sets the columns.
	// It passes the rows to Track before it does, which writes those that differ.
	Compute func(ctx context.Context, t *Tracker, owners map[string]*T) error
}

// batchOfOwners is how many owners are computed together.
const batchOfOwners = 200

// Run computes the columns for owners again, and writes the rows that differ from
// what is stored, with one statement a table. It locks the owners, and calls found,
// if it is there, with every value that it changes. Owners that do not exist are ignored.
func (d Derivation[T]) Run(ctx context.Context, ids []string, found func(Wrong)) error {
	if len(ids) == 0 {
		return nil
	}
	return db.Do(ctx, d.Owners.store.DB, func(ctx context.Context) error {
		locked, err := d.Owners.Lock(ctx, ids...)
		if err != nil || len(locked) == 0 {
			return err
		}
		t, err := d.compared(ctx, locked, found)
		if err != nil {
			return err
		}
		return t.write(ctx)
	})
}

// compared computes the columns, and calls found with every value that differs.
func (d Derivation[T]) compared(ctx context.Context, owners map[string]*T, found func(Wrong)) (*Tracker, error) {
	t := &Tracker{}
	if err := d.Compute(ctx, t, owners); err != nil {
		return nil, err
	}
	return t, t.compare(found)
}

// derivationKey is the key of the owners that are computed before the commit.
type derivationKey struct {
	store *Store
	table *table
}

// computedKey is the key of the owner in a context for which all columns are computed
// by the caller.
type computedKey struct{ of derivationKey }

// Without returns a context in which Later ignores an owner: the caller computes its
// columns and writes them with what they follow from.
func (d Derivation[T]) Without(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, computedKey{d.key()}, id)
}

func (d Derivation[T]) key() derivationKey { return derivationKey{d.Owners.store, d.Owners.table} }

// Later computes the columns for owners before the transaction of ctx is committed,
// once however often it is called, or at once outside a transaction.
func (d Derivation[T]) Later(ctx context.Context, ids []string) error {
	if computed, ok := ctx.Value(computedKey{d.key()}).(string); ok {
		ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == computed })
	}
	if len(ids) == 0 {
		return nil
	}
	return db.BeforeCommit(ctx, d.Owners.store.DB, d.key(), ids, func(ctx context.Context, ids []string) error {
		for chunk := range slices.Chunk(ids, batchOfOwners) {
			if err := d.Run(ctx, chunk, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// Watch registers a watcher that computes owners later when one of their own columns
// is written. See Store.Watch for when to call it.
func (d Derivation[T]) Watch(columns ...string) {
	d.Owners.store.Watch(Watcher{
		Ops: []Op{Updated},
		Of:  only(d.Owners.Model()),
		See: func(ctx context.Context, _ *Store, c Change) error {
			if !slices.ContainsFunc(c.Columns, func(name string) bool { return slices.Contains(columns, name) }) {
				return nil
			}
			return d.Later(ctx, c.IDs)
		},
	})
}

// Settle computes the columns for all live owners, in the form of Module.Settle. A
// dry run reads one snapshot of the database, so that it can be made beside a running
// shop; otherwise owners are locked and written some at a time.
func (d Derivation[T]) Settle(ctx context.Context, dry bool, found func(Wrong)) error {
	if !dry {
		return d.Each(ctx, func(ctx context.Context, ids []string) error { return d.Run(ctx, ids, found) })
	}
	compare := func(ctx context.Context) error {
		return d.Each(ctx, func(ctx context.Context, ids []string) error {
			owners, err := d.byID(ctx, ids)
			if err != nil {
				return err
			}
			_, err = d.compared(ctx, owners, found)
			return err
		})
	}
	if of := d.Owners.store.DB; !db.InTx(ctx, of) {
		return db.DoWith(ctx, of, of.Snapshot, compare)
	}
	return compare(ctx)
}

// byID returns live owners by their ids.
func (d Derivation[T]) byID(ctx context.Context, ids []string) (map[string]*T, error) {
	found, err := d.Owners.store.byKey(ctx, d.Owners.table, ids, false)
	out := make(map[string]*T, len(found))
	for id, record := range found {
		out[id] = pointer[T](record)
	}
	return out, err
}

// Each calls do with the ids of all live owners, some at a time.
func (d Derivation[T]) Each(ctx context.Context, do func(ctx context.Context, ids []string) error) error {
	s, t := d.Owners.store, d.Owners.table
	q := s.DB.Dialect()
	next := "SELECT " + t.key.quoted + " FROM " + t.name + " WHERE " + t.live() + " AND " + t.key.quoted + " > " + q.Placeholder(1) +
		" ORDER BY " + t.key.quoted + " LIMIT " + q.Placeholder(2)
	for after := ""; ; {
		ids, err := db.Collect[string](ctx, db.Use(ctx, s.DB), next, after, batchOfOwners)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := do(ctx, ids); err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
