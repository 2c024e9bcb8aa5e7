package module

import (
	"context"
	"fmt"
	"reflect"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// Records is the service over one model, whose struct is T. It is made by For,
// cheap to copy, and safe for use by many goroutines.
type Records[T any] struct {
	store *Store
	table *table
}

// For is the service over a model of the store's graph. It panics when T is
// not the model's struct, or the model has no key of one text column: mistakes
// of the program.
func For[T any](s *Store, m *model.Model) Records[T] {
	if t := reflect.TypeFor[T](); m.Go != t {
		panic(fmt.Sprintf("module: model %s is of type %v, not %v", m, m.Go, t))
	}
	t := s.table(m)
	if t == nil {
		panic(fmt.Sprintf("module: model %s is not in the store's graph", m))
	}
	if t.key == nil || t.key.Kind != model.Text {
		panic(fmt.Sprintf("module: model %s has no key of one text column", m))
	}
	return Records[T]{s, t}
}

// Model is the model that the service is over.
func (r Records[T]) Model() *model.Model { return r.table.model }

// Create writes new records and all that is nested in them: one transaction,
// one statement a table. It fills what is open: ids ("" or missing), created_at
// and updated_at (nested records have those of the record around them), serial
// numbers, foreign keys, and defaults.
//
// A nested record that is stored already is referred to. In a to-many relation
// that moves it here, if it has no other parent.
//
// A default stands in for a zero value: "", 0, false, or a nil pointer, also
// where the column could be null. So a field whose default is true and whose
// type is bool cannot be created false; give it the type *bool.
//
// When Create fails nothing is written, and the records are as they were. (In a
// transaction of the caller's, the error is a reason to end it; db.Savepoint
// lets it go on.)
func (r Records[T]) Create(ctx context.Context, records ...*T) error {
	all, err := r.structs(records)
	if err != nil || len(all) == 0 {
		return err
	}
	return r.store.create(ctx, r.table, all)
}

// Retrieve reads one live record; without its relations, which are a matter
// for package query.
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

// List reads the records that match, without their relations.
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

// Count counts the live records that match.
func (r Records[T]) Count(ctx context.Context, w Where) (int64, error) {
	return r.store.count(ctx, r.table, w)
}

// Patch is a change of some columns: their names and new values; nil is null.
type Patch map[string]any

// Make returns a record with the columns of a patch set, for Create: an update
// of a record that turns out to be new.
func (r Records[T]) Make(p Patch) (*T, error) {
	changes, err := r.table.patch(p)
	if err != nil {
		return nil, err
	}
	record := new(T)
	changes.apply(reflect.ValueOf(record).Elem())
	return record, nil
}

// Lock reads live records and keeps others from changing them until the
// transaction of ctx ends; ids that are not there are passed over. Records are
// locked in the order of their ids, whatever the order asked for, so that two
// callers never wait for each other.
func (r Records[T]) Lock(ctx context.Context, ids ...string) (map[string]*T, error) {
	found, err := r.store.byKey(ctx, r.table, ids, true)
	out := make(map[string]*T, len(found))
	for id, record := range found {
		out[id] = pointer[T](record)
	}
	return out, err
}

// Exist is a not_found error when one of the ids is of no live record. Empty
// ids are passed over.
func (r Records[T]) Exist(ctx context.Context, ids ...string) error {
	return r.store.exist(ctx, r.table, ids)
}

// Update changes some columns of the live records of these ids, and their
// updated_at, in one statement (two when the model has rules, which see every
// record as it will be). It returns how many there were. The key and the
// timestamps cannot be patched.
func (r Records[T]) Update(ctx context.Context, ids []string, p Patch) (int64, error) {
	return r.store.update(ctx, r.table, ids, p)
}

// Save writes every column of records that were read before, but the key,
// created_at and deleted_at, in one statement. updated_at becomes now. Nested
// records are not written. A record that is not there, or is soft-deleted, is
// a not_found error, and none is changed.
func (r Records[T]) Save(ctx context.Context, records ...*T) error {
	all, err := r.structs(records)
	if err != nil || len(all) == 0 {
		return err
	}
	return r.store.save(ctx, r.table, all)
}

// Delete removes records for good, and by the foreign keys what belongs to
// them. Ids that are not there are passed over. A record that others refer to,
// where those would not go with it, is a not_allowed error.
func (r Records[T]) Delete(ctx context.Context, ids ...string) error {
	return r.store.remove(ctx, r.table, ids)
}

// SoftDelete marks live records as deleted, and along the model's cascade what
// belongs to them, all with the same deleted_at. Ids that are not there are
// passed over.
func (r Records[T]) SoftDelete(ctx context.Context, ids ...string) error {
	_, err := SoftDelete(ctx, r.store, r.table.model, ids, r.store.Now(), nil)
	return err
}

// Restore revives soft-deleted records, and along the model's cascade those
// that were deleted together with them: at the very same instant. A unique
// value that was taken meanwhile is a duplicate_error.
func (r Records[T]) Restore(ctx context.Context, ids ...string) error {
	return r.store.restoreEach(ctx, r.table, ids)
}

// structs are what the pointers lead to, which is something for each.
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
