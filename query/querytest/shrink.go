package querytest

import (
	"context"
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/query"
)

// shrink removes parts of a request as long as it still shows a mismatch.
func (s *session) shrink(ctx context.Context, r query.Request) query.Request {
	for {
		smaller, ok := s.smaller(ctx, r)
		if !ok {
			return r
		}
		r = smaller
	}
}

func (s *session) smaller(ctx context.Context, r query.Request) (query.Request, bool) {
	for _, candidate := range requestsBelow(r) {
		if s.compare(ctx, candidate) != "" {
			return candidate, true
		}
	}
	return r, false
}

// requestsBelow returns the requests that are one step smaller.
func requestsBelow(r query.Request) []query.Request {
	var out []query.Request
	change := func(f func(*query.Request)) {
		c := r
		f(&c)
		out = append(out, c)
	}
	for i := range r.Fields {
		if len(r.Fields) > 1 {
			change(func(c *query.Request) { c.Fields = without(r.Fields, i) })
		}
	}
	for _, f := range filtersBelow(r.Filters) {
		change(func(c *query.Request) { c.Filters = f })
	}
	for _, entity := range slices.Sorted(maps.Keys(r.Visible)) {
		change(func(c *query.Request) { c.Visible = maps.Clone(r.Visible); delete(c.Visible, entity) })
		for _, f := range filtersBelow(r.Visible[entity]) {
			change(func(c *query.Request) { c.Visible = maps.Clone(r.Visible); c.Visible[entity] = f })
		}
	}
	for i := range r.Order {
		change(func(c *query.Request) { c.Order = without(r.Order, i) })
	}
	for _, path := range slices.Sorted(maps.Keys(r.Lists)) {
		change(func(c *query.Request) { c.Lists = maps.Clone(r.Lists); delete(c.Lists, path) })
		for _, l := range listsBelow(r.Lists[path]) {
			change(func(c *query.Request) { c.Lists = maps.Clone(r.Lists); c.Lists[path] = l })
		}
	}
	if r.Limit != 0 {
		change(func(c *query.Request) { c.Limit = 0 })
	}
	if r.Offset != 0 {
		change(func(c *query.Request) { c.Offset = 0 })
	}
	if r.Count {
		change(func(c *query.Request) { c.Count = false })
	}
	if r.WithDeleted {
		change(func(c *query.Request) { c.WithDeleted = false })
	}
	if r.KeepOrder || r.RequireKeys {
		change(func(c *query.Request) { c.KeepOrder, c.RequireKeys = false, false })
	}
	if r.Version != 0 {
		change(func(c *query.Request) { c.Version = 0 })
	}
	return out
}

func listsBelow(l query.Nested) []query.Nested {
	var out []query.Nested
	for _, f := range filtersBelow(l.Filters) {
		out = append(out, query.Nested{Filters: f, Order: l.Order, Limit: l.Limit, Offset: l.Offset})
	}
	for i := range l.Order {
		out = append(out, query.Nested{Filters: l.Filters, Order: without(l.Order, i), Limit: l.Limit, Offset: l.Offset})
	}
	if l.Limit != 0 {
		out = append(out, query.Nested{Filters: l.Filters, Order: l.Order, Offset: l.Offset})
	}
	if l.Offset != 0 {
		out = append(out, query.Nested{Filters: l.Filters, Order: l.Order, Limit: l.Limit})
	}
	return out
}

// filtersBelow returns the filters with one key less, or with a smaller value under
// one key.
func filtersBelow(f query.Filters) []query.Filters {
	var out []query.Filters
	for _, key := range slices.Sorted(maps.Keys(f)) {
		less := maps.Clone(f)
		delete(less, key)
		out = append(out, less)
		if inner, ok := f[key].(query.Filters); ok && (key == "$not" || key == "$and" || key == "$or") {
			out = append(out, inner)
		}
		for _, v := range valuesBelow(f[key]) {
			changed := maps.Clone(f)
			changed[key] = v
			out = append(out, changed)
		}
	}
	return out
}

func valuesBelow(v any) []any {
	var out []any
	switch v := v.(type) {
	case query.Filters:
		for _, f := range filtersBelow(v) {
			out = append(out, f)
		}
	case []query.Filters:
		for i := range v {
			out = append(out, without(v, i))
			for _, f := range filtersBelow(v[i]) {
				changed := slices.Clone(v)
				changed[i] = f
				out = append(out, changed)
			}
		}
	case []any:
		for i := range v {
			out = append(out, without(v, i))
		}
	}
	return out
}

func without[T any](list []T, i int) []T { return slices.Delete(slices.Clone(list), i, i+1) }

// shrinkRows removes rows of the world, and of the database, as long as the request
// still shows a mismatch.
func (s *session) shrinkRows(ctx context.Context, r query.Request) {
	for _, table := range slices.Sorted(maps.Keys(s.world.Data)) {
		for i := len(s.world.Data[table]) - 1; i >= 0; i-- {
			rows := s.world.Data[table]
			s.world.Data[table] = without(rows, i)
			if Replace(ctx, s.db, s.world.Graph, s.world.Data) != nil || s.compare(ctx, r) == "" {
				s.world.Data[table] = rows
			}
		}
	}
	_ = Replace(ctx, s.db, s.world.Graph, s.world.Data) // for the report only
}
