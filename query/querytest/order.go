package querytest

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// getter returns one value of a record; nil is null.
type getter func(record) any

// sortKey is one key of an order.
type sortKey struct {
	get        getter
	descending bool
	own        bool // a column of the record
}

func (e *evaluator) order(at scope, keys []string) ([]sortKey, error) {
	var out []sortKey
	for _, key := range keys {
		key = strings.TrimSpace(key)
		path := strings.TrimPrefix(key, "-")
		get, err := e.sortable(at, strings.Split(path, "."))
		if err != nil {
			return nil, err
		}
		out = append(out, sortKey{get, path != key, at.own(path)})
	}
	return out, nil
}

// sortable returns the getter of a path over to-one relations. It is null where a
// record is missing.
func (e *evaluator) sortable(at scope, path []string) (getter, error) {
	if len(path) == 1 {
		f := at.column(path[0])
		if f == nil {
			return nil, at.unknown(path[0])
		}
		if f.Kind == model.JSON || f.Kind == model.TextList {
			return nil, fault.New(fault.InvalidData, "order: %s cannot be sorted by", f.Name)
		}
		return func(r record) any { return e.value(r, f) }, nil
	}
	edge := at.relation(path[0])
	if edge == nil {
		return nil, at.unknown(path[0])
	}
	if strings.HasPrefix(path[1], "$") {
		return e.aggregate(at, edge, path[1:])
	}
	if edge.Many {
		return nil, fault.New(fault.InvalidData, "order: %s is a list", edge.Name)
	}
	get, err := e.sortable(at.via(edge), path[1:])
	if err != nil {
		return nil, err
	}
	return func(r record) any {
		if linked := e.follow(r, edge); len(linked) > 0 {
			return get(linked[0])
		}
		return nil
	}, nil
}

// arrange sorts records by the keys, then by primary key in the direction of the
// last key if that is a column. Without keys they keep
// their natural order.
func arrange(m *model.Model, records []record, keys []sortKey) {
	if len(keys) == 0 {
		return
	}
	slices.SortStableFunc(records, func(a, b record) int {
		for _, k := range keys {
			c := compareNullable(k.get(a), k.get(b))
			if k.descending {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		if last := keys[len(keys)-1]; last.own && last.descending {
			return compareKeys(m, b, a)
		}
		return compareKeys(m, a, b)
	})
}

// page returns a page of the records. A limit of 0 or less means no limit.
func page[T any](all []T, limit, offset int) []T {
	all = all[min(offset, len(all)):]
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	return all
}
