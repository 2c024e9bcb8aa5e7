package query

import (
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// order resolves sort keys at a scope and appends the primary key, which makes
// every order total. After a column of the record it has that column's direction:
// then one index of the two serves both directions.
func (r *resolver) order(s *scope, keys []string) ([]sort, error) {
	parsed, err := parseOrder(keys)
	if err != nil {
		return nil, err
	}
	var out []sort
	missing := slices.Clone(s.model.Key) // of the primary key; once it is complete, further keys have no effect
	for _, k := range parsed {
		o, joins, err := r.sortValue(s, k)
		if err != nil {
			return nil, err
		}
		if o.aggregate == nil && !o.kind().Ordered() && o.kind() != model.Bool {
			return nil, fault.New(fault.InvalidData, "order: %s is %s, which cannot be sorted by", strings.Join(k.path, "."), o.kind())
		}
		if len(missing) == 0 {
			continue
		}
		if i := slices.Index(missing, o.own(s)); i >= 0 {
			missing = slices.Delete(missing, i, i+1)
		}
		out = append(out, sort{value: o, desc: k.desc, text: k.String(), joins: joins})
	}
	desc := len(out) > 0 && out[len(out)-1].desc && out[len(out)-1].value.own(s) != ""
	for _, key := range missing {
		k := sortKey{desc: desc, path: []string{key}}
		out = append(out, sort{value: operand{scope: s, field: s.model.Field(key)}, desc: desc, text: k.String()})
	}
	return out, nil
}

// own returns the column of the scope's own table that an operand is, or "".
func (o operand) own(s *scope) string {
	if o.scope != s || o.field == nil || o.overlay != nil || o.aggregate != nil {
		return ""
	}
	return o.field.Name
}

// sortValue follows a key's path over to-one relations.
func (r *resolver) sortValue(s *scope, k sortKey) (operand, []*scope, error) {
	path := strings.Join(k.path, ".")
	var joins []*scope
	for i, name := range k.path {
		last := i == len(k.path)-1
		if o, ok, err := r.operand(s, name); err != nil {
			return operand{}, nil, err
		} else if ok && last {
			return o, joins, nil
		} else if ok {
			return operand{}, nil, fault.New(fault.InvalidData, "order: %s goes through %s, which is a column", fault.Clip(path), fault.Clip(name))
		}
		if overlay := overlayOf(s); overlay != nil && overlay.Row == name && !last {
			s = rowScope(s)
			continue
		}
		e := r.edge(s, name)
		if e == nil {
			return operand{}, nil, r.unknown("order", s, name, path)
		}
		if !last && strings.HasPrefix(k.path[i+1], "$") {
			m, err := parseAggregate(path, k.path[i+1:])
			if err != nil {
				return operand{}, nil, err
			}
			o, err := r.aggregate(s, e, m, strings.Join(k.path[:i+1], "."))
			return o, joins, err
		}
		if e.Many {
			return operand{}, nil, fault.New(fault.InvalidData,
				"order: %s goes through the list %s; sort by %[2]s.$min.…, $max.… or $count", fault.Clip(path), strings.Join(k.path[:i+1], "."))
		}
		if last {
			return operand{}, nil, fault.New(fault.InvalidData, "order: %s is a relation; name a column of it, such as %[1]s.%s", fault.Clip(path), e.To.PrimaryKey())
		}
		end, err := r.enter(s, e, path)
		if err != nil {
			return operand{}, nil, err
		}
		joins = append(joins, end)
		s = end
	}
	return operand{}, nil, fault.New(fault.InvalidData, "order: empty sort key")
}

// narrow resolves the request's Lists. Their slots come after those of the root's
// filters, in the order of their paths.
func (r *resolver) narrow(root *node) error {
	for _, path := range slices.Sorted(maps.Keys(r.request.Lists)) {
		n := root.find(path)
		if n == nil || n.scope.edge == nil || !n.scope.edge.Many || n.scope.row != noRow {
			return fault.New(fault.InvalidData, "lists: %q is not a list in fields", fault.Clip(path))
		}
		l := r.request.Lists[path]
		if l.Limit < 0 || l.Offset < 0 || l.Limit > r.limits.MaxList {
			return fault.New(fault.InvalidData, "lists: %s: limit and offset must be between 0 and %d", path, r.limits.MaxList)
		}
		n.limit, n.offset, n.ordered = l.Limit, l.Offset != 0, len(l.Order) > 0
		conditions, err := r.filters.filters(l.Filters, path)
		if err != nil {
			return err
		}
		if n.where, err = r.all(n.scope, conditions); err != nil {
			return err
		}
		if n.order, err = r.order(n.scope, l.Order); err != nil {
			return err
		}
	}
	return nil
}

// find returns the node at a dotted path below n, or nil.
func (n *node) find(path string) *node {
	for _, k := range n.children {
		if k.path == path {
			return k
		}
		if strings.HasPrefix(path, k.path+".") {
			return k.find(path)
		}
	}
	return nil
}
