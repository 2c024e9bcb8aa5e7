package query

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Parsing turns the strings and maps of a request into trees. It knows no model.

// fieldTree is one level of the requested fields.
type fieldTree struct {
	name       string // of the relation; "" at the root
	path       string // dotted, from the root
	star       bool   // all own columns
	bare       bool   // a path ends here: in a column, or a relation whose columns are all selected
	children   []*fieldTree
	byName     map[string]*fieldTree
	aggregates []aggregatePath
}

// aggregatePath is the end of a path over a list: $count, or $sum, $min or $max
// of a column.
type aggregatePath struct{ function, column string }

func (t *fieldTree) child(name string) *fieldTree {
	if k := t.byName[name]; k != nil {
		return k
	}
	k := &fieldTree{name: name, path: name}
	if t.path != "" {
		k.path = t.path + "." + name
	}
	if t.byName == nil {
		t.byName = map[string]*fieldTree{}
	}
	t.byName[name] = k
	t.children = append(t.children, k)
	return k
}

// parseFields parses the dotted paths of Fields.
func parseFields(fields []string, l Limits) (*fieldTree, error) {
	if len(fields) == 0 {
		return nil, fault.New(fault.InvalidData, `fields is empty: name at least one path, or ["*"]`)
	}
	if len(fields) > l.MaxFields {
		return nil, fault.New(fault.InvalidData, "fields has %d paths; the maximum is %d", len(fields), l.MaxFields)
	}
	root := &fieldTree{}
	for _, f := range fields {
		if err := root.add(strings.TrimSpace(f), l); err != nil {
			return nil, err
		}
	}
	return root, nil
}

func (t *fieldTree) add(path string, l Limits) error {
	if path == "" || strings.ContainsAny(path[:1], "+-*") && path != "*" {
		return fault.New(fault.InvalidData, "fields: %q is not a path; write id, customer.email, items.* or *", fault.Clip(path))
	}
	parts := strings.Split(path, ".")
	if len(parts) > l.MaxDepth+2 {
		return fault.New(fault.InvalidData, "fields: %q goes through more than %d relations", fault.Clip(path), l.MaxDepth)
	}
	at := t
	for i, p := range parts {
		last := i == len(parts)-1
		switch {
		case p == "":
			return fault.New(fault.InvalidData, "fields: %q has an empty part", fault.Clip(path))
		case p == "*" && last:
			at.star = true
			return nil
		case strings.HasPrefix(p, "$"):
			m, err := parseAggregate(path, parts[i:])
			if err == nil {
				at.addAggregate(m)
			}
			return err
		}
		at = at.child(p)
	}
	at.bare = true
	return nil
}

func (t *fieldTree) addAggregate(m aggregatePath) {
	for _, have := range t.aggregates {
		if have == m {
			return
		}
	}
	t.aggregates = append(t.aggregates, m)
}

// parseAggregate parses the end of a path: $count, or $sum.quantity.
func parseAggregate(path string, parts []string) (aggregatePath, error) {
	switch {
	case parts[0] == "$count" && len(parts) == 1:
		return aggregatePath{function: "$count"}, nil
	case (parts[0] == "$sum" || parts[0] == "$min" || parts[0] == "$max") && len(parts) == 2 && parts[1] != "":
		return aggregatePath{parts[0], parts[1]}, nil
	}
	return aggregatePath{}, fault.New(fault.InvalidData, "%q is not an aggregate; write $count, $sum.column, $min.column or $max.column after a list", fault.Clip(path))
}

// sortKey is a parsed key of Order.
type sortKey struct {
	path []string
	desc bool
}

func (k sortKey) String() string {
	s := strings.Join(k.path, ".")
	if k.desc {
		return s + " desc"
	}
	return s
}

// maxOrder is how many sort keys a request has at most.
const maxOrder = 20

func parseOrder(order []string) ([]sortKey, error) {
	if len(order) > maxOrder {
		return nil, fault.New(fault.InvalidData, "order has %d sort keys; the maximum is %d", len(order), maxOrder)
	}
	keys := make([]sortKey, 0, len(order))
	for _, o := range order {
		o = strings.TrimSpace(o)
		k := sortKey{desc: strings.HasPrefix(o, "-")}
		k.path = strings.Split(strings.TrimPrefix(strings.TrimPrefix(o, "-"), "+"), ".")
		for _, p := range k.path {
			if p == "" {
				return nil, fault.New(fault.InvalidData, "order: %q is not a sort key; write created_at, -created_at or customer.email", fault.Clip(o))
			}
		}
		keys = append(keys, k)
	}
	return keys, nil
}
