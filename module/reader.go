package module

import (
	"context"
	"iter"
)

// A Reader reads records of several models and keeps the first error, so that one
// check of it is enough.
type Reader struct {
	ctx context.Context
	err error
}

// NewReader returns a reader whose queries have the context.
func NewReader(ctx context.Context) *Reader { return &Reader{ctx: ctx} }

// Err returns the first error of a query.
func (r *Reader) Err() error { return r.err }

// Read returns the records that match, in the order of their keys. It queries nothing
// after an error, or if w wants one of no values.
func Read[T any](r *Reader, records Records[T], w Where) []*T {
	for _, value := range w {
		if ids, ok := value.([]string); ok && len(ids) == 0 {
			return nil
		}
	}
	if r.err != nil {
		return nil
	}
	var out []*T
	out, r.err = records.List(r.ctx, w, Page{Order: []string{records.table.key.Name}})
	return out
}

// Group returns records by a key, such as the id of the record that they belong to.
func Group[T any](records []*T, key func(*T) string) map[string][]*T {
	out := map[string][]*T{}
	for _, r := range records {
		out[key(r)] = append(out[key(r)], r)
	}
	return out
}

// Present returns the records of a list that are not nil: those that Create writes of
// a relation.
func Present[T any](list []*T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for _, r := range list {
			if r != nil && !yield(r) {
				return
			}
		}
	}
}
