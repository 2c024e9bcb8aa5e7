package module

import (
	"context"
	"reflect"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Relate adds records to a many-to-many relation of a record, such as the
// categories of a product. Records that are already related are left as they
// are. If one of the records does not exist, the error is not_found and none is
// related.
func (r Records[T]) Relate(ctx context.Context, id, relation string, others ...string) error {
	return r.store.relate(ctx, r.table, relation, id, others, nil)
}

// Unrelate removes records from a many-to-many relation of a record. Records
// that are not related are ignored.
func (r Records[T]) Unrelate(ctx context.Context, id, relation string, others ...string) error {
	return r.store.relate(ctx, r.table, relation, id, nil, func(other string) bool { return slices.Contains(others, other) })
}

// SetRelated replaces the records in a many-to-many relation of a record.
func (r Records[T]) SetRelated(ctx context.Context, id, relation string, others ...string) error {
	return r.store.relate(ctx, r.table, relation, id, others, func(other string) bool { return !slices.Contains(others, other) })
}

// Related returns the ids of the records in a many-to-many relation of a
// record.
func (r Records[T]) Related(ctx context.Context, id, relation string) ([]string, error) {
	p := r.table.pivot(relation)
	if p == nil {
		return nil, fault.New(fault.InvalidData, "%s has no many-to-many relation %q", r.table.model, relation)
	}
	return r.store.related(ctx, p, id)
}

// relate relates the records in add, and removes those that the function drop,
// if not nil, reports true for.
func (s *Store) relate(ctx context.Context, t *table, relation, id string, add []string, drop func(other string) bool) error {
	p := t.pivot(relation)
	if p == nil {
		return fault.New(fault.InvalidData, "%s has no many-to-many relation %q", t.model, relation)
	}
	if add = plainAll(add); len(add) == 0 && drop == nil {
		return nil
	}
	return db.Do(ctx, s.DB, func(ctx context.Context) error {
		// The lock keeps two calls from adding the same pair.
		found, err := s.byKey(ctx, t, []string{id}, true)
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return t.notFound(id)
		}
		if err := s.exist(ctx, p.table, add); err != nil {
			return err
		}
		related, err := s.related(ctx, p, id)
		if err != nil {
			return err
		}
		if drop != nil {
			if err := s.removePairs(ctx, p, id, slices.DeleteFunc(slices.Clone(related), func(o string) bool { return !drop(o) })); err != nil {
				return err
			}
		}
		return s.addPairs(ctx, p, id, slices.DeleteFunc(add, func(o string) bool { return slices.Contains(related, o) }))
	})
}

// pivot returns the many-to-many relation with a name, or nil.
func (t *table) pivot(name string) *pivot {
	for i := range t.pivots {
		if t.pivots[i].name == name {
			return &t.pivots[i]
		}
	}
	return nil
}

// related returns the keys of the records that a record is related to.
func (s *Store) related(ctx context.Context, p *pivot, id string) ([]string, error) {
	d := s.DB.Dialect()
	text := "SELECT " + p.right.quoted + " FROM " + p.through.name + " WHERE " + p.left.quoted + " = " + d.Placeholder(1) + " AND " + p.through.live()
	return db.Collect[string](ctx, db.Use(ctx, s.DB), text, id)
}

// removePairs deletes rows of the pivot table, permanently: a pair is not worth
// keeping as a record.
func (s *Store) removePairs(ctx context.Context, p *pivot, id string, others []string) error {
	if len(others) == 0 {
		return nil
	}
	d := s.DB.Dialect()
	text := "DELETE FROM " + p.through.name + " WHERE " + p.left.quoted + " = " + d.Placeholder(1) + " AND " + d.List(p.right.quoted, 2)
	_, err := s.execChange(ctx, Change{Op: Removed, Model: p.through.model}, p.through, text, []any{id, others})
	return err
}

// addPairs inserts rows of the pivot table.
func (s *Store) addPairs(ctx context.Context, p *pivot, id string, others []string) error {
	if len(others) == 0 {
		return nil
	}
	if p.through.model.Go != nil {
		rows := make([]reflect.Value, len(others))
		for i, other := range others {
			rows[i] = reflect.New(p.through.model.Go).Elem()
			setText(rows[i].FieldByIndex(p.left.Path), id)
			setText(rows[i].FieldByIndex(p.right.Path), other)
		}
		return s.create(ctx, p.through, rows)
	}
	ins := &insert{table: p.through, columns: []*column{p.left, p.right}, rows: len(others)}
	for _, other := range others {
		ins.values = append(ins.values, id, other)
	}
	if err := ins.run(ctx, db.Use(ctx, s.DB), s.DB.Dialect()); err != nil {
		return s.refused(ctx, err, p.through, ins)
	}
	return s.created(ctx, ins)
}
