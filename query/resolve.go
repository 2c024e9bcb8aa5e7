package query

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// resolver turns the parsed trees into nodes and conditions, checking every
// name against the graph.
type resolver struct {
	graph   *model.Graph
	limits  Limits
	request *Request
	filters *filterParser // numbers the slots, also those that no filter holds
	edges   int
}

// query is a resolved query.
type query struct {
	root   *node
	keys   int // slot of the root's primary keys in the filter; noRow when there are none
	oneKey bool
}

func (r *resolver) query() (*query, error) {
	m, err := r.graph.Model(r.request.Entity)
	if err != nil {
		return nil, err
	}
	tree, err := parseFields(r.request.Fields, r.limits)
	if err != nil {
		return nil, err
	}
	if err := noAggregates(tree); err != nil {
		return nil, err
	}
	root := &scope{model: m, row: noRow, asOf: r.request.Version != 0}
	if root.asOf && !r.versioned(m) {
		return nil, fault.New(fault.InvalidData, "%s has no versions: leave version out", m)
	}
	q := &query{keys: noRow}
	if q.root, err = r.node(root, tree); err != nil {
		return nil, err
	}
	if q.root.order, err = r.order(root, r.request.Order); err != nil {
		return nil, err
	}
	conditions, err := r.filters.filters(r.request.Filters, "")
	if err != nil {
		return nil, err
	}
	if q.root.where, err = r.all(root, conditions); err != nil {
		return nil, err
	}
	q.findKeys(m, conditions)
	if (r.request.KeepOrder || r.request.RequireKeys) && q.keys == noRow {
		return nil, fault.New(fault.InvalidData, "%s: the filters hold no %s to look for", m, m.PrimaryKey())
	}
	return q, r.narrow(q.root)
}

// findKeys notes where the filter lists the root's primary keys.
func (q *query) findKeys(m *model.Model, conditions []condition) {
	for _, c := range conditions {
		if c.key != m.PrimaryKey() {
			continue
		}
		if c.class == isMap && len(c.children) == 1 && (c.children[0].key == "$in" || c.children[0].key == "$eq") {
			c = c.children[0]
		}
		if c.class == isText || c.class == isList {
			q.keys, q.oneKey = c.slot, c.class == isText
		}
	}
}

func (r *resolver) versioned(m *model.Model) bool {
	return slices.ContainsFunc(r.graph.Edges(m), func(e *model.Edge) bool {
		return slices.ContainsFunc(e.Hops, func(h model.Hop) bool {
			return slices.ContainsFunc(h.On, func(o model.On) bool { return o.AsOf })
		})
	})
}

// node resolves the fields of one level.
func (r *resolver) node(s *scope, t *fieldTree) (*node, error) {
	n := &node{scope: s, name: t.name, path: t.path}
	if s.edge != nil && s.row == noRow && s.edge.Content != "" {
		if len(t.children) > 0 {
			return nil, fault.New(fault.InvalidData, "fields: %s: %s is a document: ask for it whole", below(t), t.path)
		}
		n.content = s.model.Field(s.edge.Content)
		return n, nil
	}
	if t.star || t.bare && s.edge != nil || t.bare && s.row != noRow {
		r.star(n)
	}
	for _, child := range t.children {
		if err := r.field(n, child); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// star adds all own columns, with what the way here adds to them.
func (r *resolver) star(n *node) {
	overlay := overlayOf(n.scope)
	n.columns = slices.Grow(n.columns, len(n.scope.model.Fields)+8)
	for _, f := range n.scope.model.Fields {
		if f.Secret {
			continue
		}
		if o := overlayField(overlay, f.Name); o != nil {
			n.addColumn(column{name: f.Name, value: operand{scope: n.scope, field: o.Field, overlay: o}})
		} else {
			n.addColumn(column{name: f.Name, value: operand{scope: n.scope, field: f}})
		}
	}
	if overlay == nil {
		return
	}
	for i := range overlay.Fields {
		o := &overlay.Fields[i]
		if n.scope.model.Visible(o.Field.Name) == nil {
			n.addColumn(column{name: o.Field.Name, value: operand{scope: n.scope, field: o.Field, overlay: o}})
		}
	}
	if overlay.Row != "" {
		row := &node{scope: rowScope(n.scope), name: overlay.Row, path: n.path + "." + overlay.Row}
		r.star(row)
		n.addChild(row)
	}
}

// overlayOf is what records gain on their way to the scope, or nil.
func overlayOf(s *scope) *model.Overlay {
	if s.edge == nil || s.row != noRow {
		return nil
	}
	return s.edge.Overlay
}

func overlayField(o *model.Overlay, name string) *model.OverlayField {
	if o == nil {
		return nil
	}
	for i := range o.Fields {
		if o.Fields[i].Field.Name == name {
			return &o.Fields[i]
		}
	}
	return nil
}

// rowScope is the scope of the overlay's row: the same row of the same join.
func rowScope(s *scope) *scope {
	if s.overlayRow == nil {
		hop := s.edge.Overlay.RowHop
		s.overlayRow = &scope{model: s.edge.Hops[hop].Model, edge: s.edge, parent: s, row: hop}
	}
	return s.overlayRow
}

func (n *node) addColumn(c column) {
	for _, have := range n.columns {
		if have.name == c.name {
			return
		}
	}
	n.columns = append(n.columns, c)
}

// addChild adds a node below. The overlay's row can be asked for twice, by * and
// by name: then it answers both.
func (n *node) addChild(child *node) {
	for _, have := range n.children {
		if have.name == child.name {
			have.merge(child)
			return
		}
	}
	n.children = append(n.children, child)
}

func (n *node) merge(other *node) {
	for _, c := range other.columns {
		n.addColumn(c)
	}
	n.aggregates = append(n.aggregates, other.aggregates...)
	n.virtuals = append(n.virtuals, other.virtuals...)
	for _, k := range other.children {
		n.addChild(k)
	}
}

// field resolves one name under a node: a column, or an edge with what is
// asked below it.
func (r *resolver) field(n *node, t *fieldTree) error {
	if o, ok := r.operand(n.scope, t.name); ok {
		if len(t.children) > 0 || t.star || len(t.aggregates) > 0 {
			return fault.New(fault.InvalidData, "fields: %s goes through %s, which is a column (%s): ask for it whole", below(t), t.path, o.kind())
		}
		n.addColumn(column{name: t.name, value: o})
		return nil
	}
	if overlay := overlayOf(n.scope); overlay != nil && overlay.Row == t.name {
		if err := noAggregates(t); err != nil {
			return err
		}
		return r.child(n, rowScope(n.scope), t)
	}
	if e := r.edge(n.scope, t.name); e != nil {
		return r.follow(n, e, t)
	}
	if name, ok := strings.CutPrefix(t.name, "raw_"); ok {
		if o, ok := r.operand(n.scope, name); ok && o.kind() == model.Decimal && len(t.children) == 0 {
			n.addColumn(column{name: t.name, value: o, raw: true})
			return nil
		}
	}
	return r.unknown("fields", n.scope, t.name, t.path)
}

// noAggregates refuses aggregates where no list comes before them.
func noAggregates(t *fieldTree) error {
	if len(t.aggregates) == 0 {
		return nil
	}
	return fault.New(fault.InvalidData, "fields: %s needs a list before it, such as items.%[1]s", strings.TrimPrefix(t.path+"."+t.aggregates[0].function, "."))
}

// follow adds the records at the end of an edge, and the aggregates over them.
func (r *resolver) follow(n *node, e *model.Edge, t *fieldTree) error {
	if e.Virtual != nil {
		if len(t.children) > 0 || len(t.aggregates) > 0 {
			return fault.New(fault.InvalidData, "fields: %s: the records of the virtual link %s are answered whole; write %s.*", below(t), t.path, t.path)
		}
		key := operand{scope: n.scope, field: n.scope.model.Field(e.Virtual.Column)}
		n.virtuals = append(n.virtuals, virtual{t.name, key, e})
		return nil
	}
	for _, m := range t.aggregates {
		o, err := r.aggregate(n.scope, e, m, t.path)
		if err != nil {
			return err
		}
		n.aggregates = append(n.aggregates, namedAggregate{strings.TrimSuffix(t.name+"."+m.function+"."+m.column, "."), o})
	}
	if !t.bare && !t.star && len(t.children) == 0 {
		return nil // only aggregates
	}
	end, err := r.enter(n.scope, e, t.path)
	if err != nil {
		return err
	}
	return r.child(n, end, t)
}

func (r *resolver) child(n *node, s *scope, t *fieldTree) error {
	child, err := r.node(s, t)
	if err != nil {
		return err
	}
	if s.edge.Many && s.row == noRow {
		if child.order, err = r.order(s, nil); err != nil {
			return err
		}
	}
	n.addChild(child)
	return nil
}

// enter makes the scope at the end of an edge.
func (r *resolver) enter(from *scope, e *model.Edge, path string) (*scope, error) {
	if e.Virtual != nil {
		return nil, fault.New(fault.InvalidData, "%s is a virtual link: its records are not in the database and cannot be filtered or sorted on", path)
	}
	if r.edges++; r.edges > r.limits.MaxEdges {
		return nil, fault.New(fault.InvalidData, "the query follows more than %d relations", r.limits.MaxEdges)
	}
	end := &scope{model: e.To, edge: e, parent: from, row: noRow}
	depth := 0
	for s := end; s.edge != nil; s = s.parent {
		depth++
	}
	if depth > r.limits.MaxDepth {
		return nil, fault.New(fault.InvalidData, "%s goes through more than %d relations", fault.Clip(path), r.limits.MaxDepth)
	}
	return end, nil
}

// edge is the edge of that name at a scope: one that depends on the way here,
// else the model's own.
func (r *resolver) edge(s *scope, name string) *model.Edge {
	if overlay := overlayOf(s); overlay != nil {
		for _, e := range overlay.Edges {
			if e.Name == name {
				return e
			}
		}
	}
	return r.graph.Edge(s.model, name)
}

// operand is the column of that name at a scope.
func (r *resolver) operand(s *scope, name string) (operand, bool) {
	if o := overlayField(overlayOf(s), name); o != nil {
		return operand{scope: s, field: o.Field, overlay: o}, true
	}
	if f := s.model.Visible(name); f != nil {
		return operand{scope: s, field: f}, true
	}
	return operand{}, false
}

// measure resolves an aggregate over an edge.
func (r *resolver) aggregate(s *scope, e *model.Edge, m aggregatePath, path string) (operand, error) {
	if !e.Many {
		return operand{}, fault.New(fault.InvalidData, "%s.%s: %s is one record, not a list: aggregates need a list", path, m.function, path)
	}
	end, err := r.enter(s, e, path)
	if err != nil {
		return operand{}, err
	}
	a := &aggregate{function: m.function, end: end}
	if m.function == "$count" {
		return operand{scope: s, aggregate: a}, nil
	}
	of, ok := r.operand(end, m.column)
	if !ok {
		return operand{}, r.unknown("aggregate", end, m.column, path+"."+m.function+"."+m.column)
	}
	if k := of.kind(); m.function == "$sum" && !k.Numeric() || !k.Ordered() {
		return operand{}, fault.New(fault.InvalidData, "%s.%s.%s: %s is %s, which has no %s", path, m.function, m.column, m.column, k, m.function[1:])
	}
	a.of = of
	return operand{scope: s, aggregate: a}, nil
}

func (r *resolver) unknown(where string, s *scope, name, path string) error {
	names := r.graph.Names(s.model)
	if overlay := overlayOf(s); overlay != nil {
		for _, o := range overlay.Fields {
			names = append(names, o.Field.Name)
		}
	}
	return fault.New(fault.InvalidData, "%s: %s has no field or relation %q (in %s)%s", where, s.model, fault.Clip(name), fault.Clip(path), fault.DidYouMean(fault.Clip(name), names))
}

// below is some path asked for under a tree, for messages.
func below(t *fieldTree) string {
	if len(t.children) > 0 {
		return below(t.children[0])
	}
	if t.star {
		return t.path + ".*"
	}
	return t.path
}
