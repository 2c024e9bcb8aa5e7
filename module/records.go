package module

import (
	"context"
	"fmt"
	"reflect"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// Records reads and writes the records of one model, whose struct is T. Use For
// to get one. It is cheap to copy and safe for concurrent use.
type Records[T any] struct {
	store *Store
	table *table
}

// For returns the Records of a model of the store's graph. It panics if T is
// not the model's struct, if the model is not in the graph, or if its key is
// not a single text column; these are programming errors.
func For[T any](s *Store, m *model.Model) Records[T] {
	if t := reflect.TypeFor[T](); m.Go != t {
		panic(fmt.Sprintf("module: model %s is of type %v, not %v", m, m.Go, t))
	}
	t := s.table(m)
	if t == nil {
		panic(fmt.Sprintf("module: model %s is not in the store's graph", m))
	}
	if t.key == nil || t.key.Kind != model.Text {
		panic(fmt.Sprintf("module: the key of model %s is not a single text column", m))
	}
	return Records[T]{s, t}
}

// Model returns the model of the records.
func (r Records[T]) Model() *model.Model { return r.table.model }

// Create writes new records and everything nested in them in one transaction,
// with one statement per table. It fills in what is zero: ids, created_at and
// updated_at (for nested records, the created_at of the record around them),
// serial numbers, foreign keys, and defaults.
//
// A nested record that is already stored is referred to, not written. In a
// to-many relation it becomes a child of the new record, unless it has another
// parent, which is an error.
//
// A default replaces a zero value: "", 0, false, or a nil pointer, even where
// the column is nullable. So a field of type bool whose default is true cannot
// be created false; give it the type *bool.
//
// If Create fails, nothing is written and the records are unchanged. If ctx
// carries a transaction, the caller must roll it back, or wrap the call in
// db.Savepoint.
func (r Records[T]) Create(ctx context.Context, records ...*T) error {
	all, err := r.structs(records)
	if err != nil || len(all) == 0 {
		return err
	}
	return r.store.create(ctx, r.table, all)
}

// Retrieve returns a live record. If there is none with the id, the error is
// not_found. Relations are not loaded; see package query.
func (r Records[T]) Retrieve(ctx context.Context, id string) (*T, error) {
	found, err := r.List(ctx, Where{r.table.key.Name: []string{plain(id)}}, Page{Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, r.table.notFound(id)
	}
	return found[0], nil
}

// List returns the records that match. Relations are not loaded.
func (r Records[T]) List(ctx context.Context, w Where, p Page) ([]*T, error) {
	var out []*T
	err := r.store.list(ctx, r.table, w, p, func() reflect.Value {
		record := new(T)
		out = append(out, record)
		return reflect.ValueOf(record).Elem()
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// Count returns the number of live records that match.
func (r Records[T]) Count(ctx context.Context, w Where) (int64, error) {
	return r.store.count(ctx, r.table, w)
}

// A Patch holds new values for some fields of a record, by name; nil is null.
type Patch map[string]any

// Make returns a new record with the fields of a patch set. It does not write
// the record; pass it to Create.
func (r Records[T]) Make(p Patch) (*T, error) {
	record := new(T)
	if err := r.Apply(p, record); err != nil {
		return nil, err
	}
	return record, nil
}

// Apply sets the fields of a patch on a record that was read before. It does not
// write the record; pass it to Save.
func (r Records[T]) Apply(p Patch, record *T) error {
	changes, err := r.table.patch(p)
	if err != nil {
		return err
	}
	changes.apply(reflect.ValueOf(record).Elem())
	return nil
}

// Lock returns live records by their ids and locks them until the transaction
// of ctx ends. Ids without a live record are ignored. Records are locked in the
// order of their ids, whatever order they are given in, so that two calls
// cannot deadlock.
func (r Records[T]) Lock(ctx context.Context, ids ...string) (map[string]*T, error) {
	if err := r.store.takeTurn(ctx, r.table); err != nil {
		return nil, err
	}
	found, err := r.store.byKey(ctx, r.table, ids, true)
	out := make(map[string]*T, len(found))
	for id, record := range found {
		out[id] = pointer[T](record)
	}
	return out, err
}

// Exist returns a not_found error if one of the ids has no live record. Empty
// ids are ignored.
func (r Records[T]) Exist(ctx context.Context, ids ...string) error {
	return r.store.exist(ctx, r.table, ids)
}

// Update sets the fields of a patch, and updated_at, on the live records with
// the ids. An object for the field metadata is merged into the stored one: keys
// that it does not name stay, an empty text removes its key, and nil clears all.
// Update takes one statement, or two if the model has rules, which check every
// record as it will be, or if metadata is merged. It returns the number of records updated;
// ids without a live record are ignored. The key and the timestamps cannot be
// patched.
func (r Records[T]) Update(ctx context.Context, ids []string, p Patch) (int64, error) {
	return r.store.update(ctx, r.table, ids, p)
}

// Save writes all fields of records that were read before, except the key,
// created_at and deleted_at, in one statement. It sets updated_at to the
// current time. Nested records are not written. If one of the records does not
// exist or is soft-deleted, the error is not_found and none is changed.
func (r Records[T]) Save(ctx context.Context, records ...*T) error {
	all, err := r.structs(records)
	if err != nil || len(all) == 0 {
		return err
	}
	return r.store.save(ctx, r.table, all)
}

// Delete permanently deletes records, and the rows that the database deletes
// with them because of foreign keys. Unknown ids are ignored. If other records
// refer to one of them and would not be deleted with it, the error is
// not_allowed.
func (r Records[T]) Delete(ctx context.Context, ids ...string) error {
	return r.store.remove(ctx, r.table, ids)
}

// SoftDelete sets deleted_at of live records, and of the records that the model
// cascades to, to the same time. Ids without a live record are ignored.
func (r Records[T]) SoftDelete(ctx context.Context, ids ...string) error {
	_, err := SoftDelete(ctx, r.store, r.table.model, ids, r.store.Now(), nil)
	return err
}

// Restore restores soft-deleted records, and the records that the model
// cascades to if they were deleted together with them, that is, at the same
// time. If a unique value has been taken by another record since, the error is
// duplicate_error.
func (r Records[T]) Restore(ctx context.Context, ids ...string) error {
	return r.store.restoreEach(ctx, r.table, ids)
}

// id returns the key of a record.
func (r Records[T]) id(record *T) string { return r.table.id(reflect.ValueOf(record).Elem()) }

// structs returns the structs that the pointers point to. A nil pointer is an
// error.
func (r Records[T]) structs(records []*T) ([]reflect.Value, error) {
	out := make([]reflect.Value, len(records))
	for i, p := range records {
		if p == nil {
			return nil, fault.New(fault.InvalidData, "record %d of %d is null; it must be a %s", i+1, len(records), r.table.model)
		}
		out[i] = reflect.ValueOf(p).Elem()
	}
	return out, nil
}
