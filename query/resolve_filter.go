package query

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// all resolves the keys of one filter object, all of which must hold.
func (r *resolver) all(s *scope, conditions []condition) (*cond, error) {
	children := make([]*cond, 0, len(conditions))
	for _, k := range conditions {
		child, err := r.condition(s, k)
		if err != nil {
			return nil, err
		}
		children = append(children, child)
	}
	return both(children), nil
}

// both returns the condition that all of the children hold. Those that hold for
// every record, such as {} and {"$and": [{}]}, are left out: whoever compiles a plan
// may rely on that a condition without children is the only empty one.
func both(children []*cond) *cond {
	children = slices.DeleteFunc(children, (*cond).empty)
	if len(children) == 1 {
		return children[0]
	}
	return &cond{op: opAll, children: children}
}

func (r *resolver) condition(s *scope, c condition) (*cond, error) {
	switch c.key {
	case "$and", "$or":
		return r.groups(s, c)
	case "$not":
		if c.class != isMap {
			return nil, fault.New(fault.InvalidData, "filters: %s takes a condition, such as {\"status\": \"canceled\"}", c.path)
		}
		child, err := r.all(s, c.children)
		return &cond{op: opNot, children: []*cond{child}}, err
	case "q":
		if s.model.Visible("q") == nil {
			return r.search(s, c)
		}
	}
	if strings.HasPrefix(c.key, "$") && strings.Contains(c.path, ".") {
		return nil, fault.New(fault.InvalidData, "filters: there is no operator or aggregate %q (in %s)%s", fault.Clip(c.key), fault.Clip(c.path),
			operatorMeant(c.key, ofLists))
	}
	if strings.HasPrefix(c.key, "$") {
		return nil, fault.New(fault.InvalidData, "filters: %s is an operator, but no column or list comes before it", fault.Clip(c.path))
	}
	return r.path(s, strings.Split(c.key, "."), c)
}

// ofLists are the names that may come after a list, without their $.
var ofLists = []string{"count", "sum", "min", "max", "some", "every", "none", "and", "or", "not"}

func (r *resolver) groups(s *scope, c condition) (*cond, error) {
	children := make([]*cond, 0, len(c.groups))
	for _, g := range c.groups {
		child, err := r.all(s, g)
		if err != nil {
			return nil, err
		}
		children = append(children, child)
	}
	return grouped(c.key, children), nil
}

// grouped returns the condition of $and or $or.
func grouped(key string, children []*cond) *cond {
	if key == "$or" {
		return &cond{op: opAny, children: children}
	}
	return both(children)
}

// path resolves a key that names a column or relation, followed by further names
// if it is dotted.
func (r *resolver) path(s *scope, names []string, c condition) (*cond, error) {
	name, rest := names[0], names[1:]
	if o, ok, err := r.operand(s, name); err != nil {
		return nil, err
	} else if ok {
		return r.column(o, rest, c)
	}
	if overlay := overlayOf(s); overlay != nil && overlay.Row == name {
		return r.overlayRow(rowScope(s), rest, c)
	}
	e := r.edge(s, name)
	if e == nil {
		return nil, r.unknown("filters", s, name, c.path)
	}
	if len(rest) > 0 && strings.HasPrefix(rest[0], "$") {
		return r.relation(s, e, wrap(rest, c))
	}
	if len(rest) > 0 {
		end, err := r.enter(s, e, c.path)
		if err != nil {
			return nil, err
		}
		child, err := r.inEdge(end, rest, c)
		return &cond{op: opSome, end: end, children: []*cond{child}}, err
	}
	return r.relation(s, e, c)
}

// wrap turns the rest of a dotted key into nested conditions.
func wrap(rest []string, c condition) condition {
	for i := len(rest) - 1; i >= 0; i-- {
		c.key = rest[i]
		c = condition{key: "", path: c.path, class: isMap, children: []condition{c}}
	}
	return c
}

// overlayRow resolves conditions on the row of an overlay, which the record's own
// join already has.
func (r *resolver) overlayRow(s *scope, rest []string, c condition) (*cond, error) {
	if len(rest) > 0 {
		return r.path(s, rest, c)
	}
	if c.class != isMap {
		return nil, fault.New(fault.InvalidData, "filters: %s takes conditions on its columns", fault.Clip(c.path))
	}
	return r.all(s, c.children)
}

// inEdge resolves the rest of a dotted key at an edge's end. It is a path into
// the document if the edge shows one JSON column.
func (r *resolver) inEdge(end *scope, rest []string, c condition) (*cond, error) {
	if content := end.edge.Content; content != "" {
		return r.column(operand{scope: end, field: end.model.Field(content)}, rest, c)
	}
	return r.path(end, rest, c)
}

// relation resolves what a filter has for a relation: null, keys, or conditions.
func (r *resolver) relation(s *scope, e *model.Edge, c condition) (*cond, error) {
	end, err := r.enter(s, e, c.path)
	if err != nil {
		return nil, err
	}
	switch c.class {
	case isNull:
		return &cond{op: opNone, end: end}, nil
	case isMap:
		return r.quantified(end, c)
	}
	key := end.model.PrimaryKey()
	if key == "" || e.Content != "" {
		return nil, fault.New(fault.InvalidData, "filters: %s takes conditions on its columns", fault.Clip(c.path))
	}
	o := operand{scope: end, field: end.model.Field(key)}
	op := "$eq"
	if c.class == isList {
		op = "$in"
	}
	child, err := r.compare(o, op, c)
	return &cond{op: opSome, end: end, children: []*cond{child}}, err
}

// quantified resolves the conditions on a relation: quantifiers, aggregates, and
// plain conditions, all of which must hold for one and the same record.
func (r *resolver) quantified(end *scope, c condition) (*cond, error) {
	var children []*cond
	var plain []condition
	for _, k := range c.children {
		var child *cond
		var err error
		if strings.HasPrefix(k.key, "$") {
			k = wrap(strings.Split(k.key, "."), k).children[0]
		}
		switch k.key {
		case "$some", "$none", "$every":
			child, err = r.quantifier(end, k)
		case "$count", "$sum", "$min", "$max":
			child, err = r.aggregates(end, k)
		case "$eq", "$ne":
			if k.class != isNull {
				return nil, fault.New(fault.InvalidData, "filters: %s: a relation can only be compared with null; filter by its columns", fault.Clip(k.path))
			}
			child = &cond{op: opNone, end: end}
			if k.key == "$ne" {
				child.op = opSome
			}
		default:
			plain = append(plain, k)
			continue
		}
		if err != nil {
			return nil, err
		}
		children = append(children, child)
	}
	if len(plain) > 0 || len(c.children) == 0 {
		child, err := r.atEnd(end, plain)
		if err != nil {
			return nil, err
		}
		children = append(children, &cond{op: opSome, end: end, children: []*cond{child}})
	}
	return both(children), nil
}

// atEnd resolves conditions on the record at an edge's end.
func (r *resolver) atEnd(end *scope, conditions []condition) (*cond, error) {
	content := end.edge.Content
	if content == "" || len(conditions) == 0 {
		return r.all(end, conditions)
	}
	o := operand{scope: end, field: end.model.Field(content)}
	return r.column(o, nil, condition{class: isMap, children: conditions})
}

func (r *resolver) quantifier(end *scope, k condition) (*cond, error) {
	if k.class != isMap {
		return nil, fault.New(fault.InvalidData, "filters: %s takes conditions, such as {\"status\": \"captured\"}, or {} for any record", fault.Clip(k.path))
	}
	op := map[string]condOp{"$some": opSome, "$none": opNone, "$every": opEvery}[k.key]
	fresh, err := r.enter(end.parent, end.edge, k.path)
	if err != nil {
		return nil, err
	}
	child, err := r.atEnd(fresh, k.children)
	return &cond{op: op, end: fresh, children: []*cond{child}}, err
}

// aggregates resolves {"$count": …} or {"$sum": {"quantity": …}}.
func (r *resolver) aggregates(end *scope, k condition) (*cond, error) {
	if k.key == "$count" {
		o, err := r.aggregate(end.parent, end.edge, aggregatePath{function: "$count"}, k.path)
		if err != nil {
			return nil, err
		}
		return r.column(o, nil, k)
	}
	if k.class != isMap {
		return nil, fault.New(fault.InvalidData, "filters: %s takes a column, such as {\"quantity\": {\"$gt\": 1}}", fault.Clip(k.path))
	}
	children := make([]*cond, 0, len(k.children))
	for _, c := range k.children {
		o, err := r.aggregate(end.parent, end.edge, aggregatePath{k.key, c.key}, k.path)
		if err != nil {
			return nil, err
		}
		child, err := r.column(o, nil, c)
		if err != nil {
			return nil, err
		}
		children = append(children, child)
	}
	return both(children), nil
}

// search resolves the free text filter over the record's searchable columns and
// those at the end of its searchable edges.
func (r *resolver) search(s *scope, c condition) (*cond, error) {
	if c.class != isText {
		return nil, fault.New(fault.InvalidData, "filters: q takes text")
	}
	out := &cond{op: opSearch, slot: c.slot, path: c.path}
	if cols := searchable(s); len(cols) > 0 {
		out.search = append(out.search, &searched{columns: cols})
	}
	for _, e := range r.graph.Edges(s.model) {
		if !e.Searchable {
			continue
		}
		end, err := r.enter(s, e, "q")
		if err != nil {
			return nil, err
		}
		if cols := searchable(end); len(cols) > 0 {
			out.search = append(out.search, &searched{end, cols})
		}
	}
	if len(out.search) == 0 {
		return nil, fault.New(fault.InvalidData, "filters: q cannot search %s: it has no searchable column", s.model)
	}
	return out, nil
}

func searchable(s *scope) []operand {
	var cols []operand
	for _, f := range s.model.Fields {
		if f.Searchable && !f.Secret {
			cols = append(cols, operand{scope: s, field: f})
		}
	}
	return cols
}
