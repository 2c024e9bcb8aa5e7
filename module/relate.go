package module

import (
	"context"
	"reflect"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Relate ties other records to a record by a many-to-many relation: the
// categories of a product. Pairs that are tied already stay as they are. A
// record that does not exist is a not_found error, and none is tied.
func (r Records[T]) Relate(ctx context.Context, id, relation string, others ...string) error {
	return r.store.relate(ctx, r.table, relation, id, others, nil)
}

// Unrelate unties other records from a record. Pairs that are not tied are
// passed over.
func (r Records[T]) Unrelate(ctx context.Context, id, relation string, others ...string) error {
	return r.store.relate(ctx, r.table, relation, id, nil, func(other string) bool { return slices.Contains(others, other) })
}

// SetRelated makes others the records that a record is tied to: no more, no
// less.
func (r Records[T]) SetRelated(ctx context.Context, id, relation string, others ...string) error {
	return r.store.relate(ctx, r.table, relation, id, others, func(other string) bool { return !slices.Contains(others, other) })
}

// Related are the ids of the records that a record is tied to.
func (r Records[T]) Related(ctx context.Context, id, relation string) ([]string, error) {
	p := r.table.pivot(relation)
	if p == nil {
		return nil, fault.New(fault.InvalidData, "%s has no many-to-many relation %q", r.table.model, relation)
	}
	return r.store.tied(ctx, p, id)
}

// relate adds pairs, and takes away those that go.
func (s *Store) relate(ctx context.Context, t *table, relation, id string, add []string, goes func(other string) bool) error {
	p := t.pivot(relation)
	if p == nil {
		return fault.New(fault.InvalidData, "%s has no many-to-many relation %q", t.model, relation)
	}
	if add = plainAll(add); len(add) == 0 && goes == nil {
		return nil
	}
	return db.Do(ctx, s.DB, func(ctx context.Context) error {
		// Locked, so that two callers do not tie the same pair.
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
		tied, err := s.tied(ctx, p, id)
		if err != nil {
			return err
		}
		if goes != nil {
			if err := s.untie(ctx, p, id, slices.DeleteFunc(slices.Clone(tied), func(o string) bool { return !goes(o) })); err != nil {
				return err
			}
		}
		return s.tie(ctx, p, id, slices.DeleteFunc(add, func(o string) bool { return slices.Contains(tied, o) }))
	})
}

// pivot is the many-to-many relation of that name, or nil.
func (t *table) pivot(name string) *pivot {
	for i := range t.pivots {
		if t.pivots[i].name == name {
			return &t.pivots[i]
		}
	}
	return nil
}

// tied are the keys of the records that a record is tied to.
func (s *Store) tied(ctx context.Context, p *pivot, id string) ([]string, error) {
	d := s.DB.Dialect()
	text := "SELECT " + p.right.quoted + " FROM " + p.through.name + " WHERE " + p.left.quoted + " = " + d.Placeholder(1) + " AND " + p.through.live()
	return db.Collect[string](ctx, db.Use(ctx, s.DB), text, id)
}

// untie removes pairs. They are no records of their own to be kept.
func (s *Store) untie(ctx context.Context, p *pivot, id string, others []string) error {
	if len(others) == 0 {
		return nil
	}
	d := s.DB.Dialect()
	text := "DELETE FROM " + p.through.name + " WHERE " + p.left.quoted + " = " + d.Placeholder(1) + " AND " + d.List(p.right.quoted, 2)
	_, err := s.execChange(ctx, Change{Op: Removed, Model: p.through.model}, p.through, text, []any{id, others})
	return err
}

func (s *Store) tie(ctx context.Context, p *pivot, id string, others []string) error {
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
