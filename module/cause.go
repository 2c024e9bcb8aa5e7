package module

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// A Finder returns the ids of records that records with some ids belong to.
type Finder func(ctx context.Context, ids []string) ([]string, error)

// Parents returns a Finder that returns what a column of records has, such as a
// foreign key. It finds soft-deleted records, too.
func Parents[T any](records Records[T], column func(*T) string) Finder {
	return func(ctx context.Context, ids []string) ([]string, error) {
		found, err := records.List(ctx, Where{records.table.key.Name: ids}, Page{WithDeleted: true})
		return IDs(found, column), err
	}
}

// Then returns a Finder that follows two steps. Without a second one, it is the
// first.
func (f Finder) Then(next Finder) Finder {
	if next == nil {
		return f
	}
	return func(ctx context.Context, ids []string) ([]string, error) {
		between, err := f(ctx, ids)
		if err != nil || len(between) == 0 {
			return nil, err
		}
		return next(ctx, between)
	}
}

// A Cause is a model whose records are what columns of a Derivation follow from. Its
// methods compute the owners of records later, whatever happens to these: use After,
// and Before if records can move from one owner to another, as Rules, and call Watch.
type Cause[T any] struct {
	Records Records[T]
	Later   func(ctx context.Context, owners []string) error // Derivation.Later
	// Parent returns the id of the owner of a record, or of what Owners finds the owners of.
	Parent func(*T) string
	Owners Finder
	// Computed returns a flag of a record, which is set if the columns were computed
	// when the record was created with its owner. Nil means that they never are.
	Computed func(*T) *bool
}

// of computes the owners of what records belong to.
func (c Cause[T]) of(ctx context.Context, parents []string) error {
	if c.Owners != nil && len(parents) > 0 {
		var err error
		if parents, err = c.Owners(ctx, parents); err != nil {
			return err
		}
	}
	return c.Later(ctx, parents)
}

// After computes the owners of records that were written, unless they were computed
// with their owner. It clears the flag: what is written next is another change.
func (c Cause[T]) After(ctx context.Context, records []*T) error {
	rest := c.rest(records)
	for _, r := range records {
		if c.Computed != nil {
			*c.Computed(r) = false
		}
	}
	return c.of(ctx, IDs(rest, c.Parent))
}

// Before computes the owners that stored records have before they move to others.
func (c Cause[T]) Before(ctx context.Context, records []*T) error {
	rest, key := c.rest(records), c.Records.id
	if len(rest) == 0 {
		return nil
	}
	stored, err := c.Records.List(ctx, Where{c.Records.table.key.Name: IDs(rest, key)}, Page{WithDeleted: true})
	if err != nil {
		return err
	}
	next := map[string]string{}
	for _, r := range rest {
		next[key(r)] = c.Parent(r)
	}
	stored = slices.DeleteFunc(stored, func(r *T) bool { return c.Parent(r) == next[key(r)] })
	return c.of(ctx, IDs(stored, c.Parent))
}

// rest returns the records that were not computed with their owner.
func (c Cause[T]) rest(records []*T) []*T {
	if c.Computed == nil {
		return records
	}
	return slices.DeleteFunc(slices.Clone(records), func(r *T) bool { return *c.Computed(r) })
}

// Watch registers a watcher that computes the owners of records that are deleted or
// restored. See Store.Watch for when to call it.
func (c Cause[T]) Watch() {
	parents := Parents(c.Records, c.Parent)
	c.Records.store.Watch(Watcher{
		Ops: []Op{Deleted, Restored, Removing},
		Of:  only(c.Records.Model()),
		See: func(ctx context.Context, _ *Store, change Change) error {
			found, err := parents(ctx, change.IDs)
			if err != nil {
				return err
			}
			return c.of(ctx, found)
		},
	})
}

// only returns a function that reports whether a model is m.
func only(m *model.Model) func(*model.Model) bool {
	return func(other *model.Model) bool { return other == m }
}
