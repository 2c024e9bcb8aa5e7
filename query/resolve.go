package query

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// resolver turns parsed trees into nodes and conditions, and looks every name up
// in the model graph.
type resolver struct {
	graph    *model.Graph
	computed computedEdges
	limits   Limits
	request  Request
	filters  *filterParser // numbers the slots across all filters
	edges    int
	visible  map[*model.Model][]condition // of Request.Visible
	seen     []*model.Model               // whose conditions of visible are being resolved
}

// query is a resolved request.
type query struct {
	root   *node
	keys   int  // slot of the root's primary keys in the filter; noRow without any
	oneKey bool // the filter has one primary key, not a list
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
		return nil, fault.New(fault.InvalidData, "%s has no versions: omit version", m)
	}
	if err := r.parseVisible(); err != nil {
		return nil, err
	}
	if err := r.see(root); err != nil {
		return nil, err
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
	if root.visible != nil {
		q.root.where = both([]*cond{q.root.where, root.visible})
	}
	q.findKeys(m, conditions)
	if (r.request.KeepOrder || r.request.RequireKeys) && q.keys == noRow {
		return nil, fault.New(fault.InvalidData, "%s: keep_order and require_keys need a filter by %s", m, m.PrimaryKey())
	}
	return q, r.narrow(q.root)
}

// findKeys finds the slot in which the filter has the root's primary keys.
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
			return nil, fault.New(fault.InvalidData, "fields: %s: the JSON document %s is requested as a whole: %[2]s", below(t), t.path)
		}
		n.content = s.model.Field(s.edge.Content)
		return n, nil
	}
	if t.star || t.bare && s.edge != nil || t.bare && s.row != noRow {
		if err := r.star(n); err != nil {
			return nil, err
		}
	}
	for _, child := range t.children {
		if err := r.field(n, child); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// star adds all fields, with those of the scope's overlay.
func (r *resolver) star(n *node) error {
	overlay := overlayOf(n.scope)
	n.columns = slices.Grow(n.columns, len(n.scope.model.Fields)+8)
	for _, f := range n.scope.model.Readable() {
		if f.Unlisted || f.Follows && n.scope.row != noRow { // the record itself has what follows
			continue
		}
		if o := overlayField(overlay, f.Name); o != nil {
			n.addColumn(column{name: f.Name, value: operand{scope: n.scope, field: o.Field, overlay: o}})
			continue
		}
		o, err := r.readable(n.scope, f)
		if err != nil {
			return err
		}
		n.addColumn(column{name: f.Name, value: o})
	}
	if overlay == nil {
		return nil
	}
	for i := range overlay.Fields {
		o := &overlay.Fields[i]
		if n.scope.model.Visible(o.Field.Name) == nil {
			n.addColumn(column{name: o.Field.Name, value: operand{scope: n.scope, field: o.Field, overlay: o}})
		}
	}
	if overlay.Row == "" {
		return nil
	}
	row := &node{scope: rowScope(n.scope), name: overlay.Row, path: n.path + "." + overlay.Row}
	if err := r.star(row); err != nil {
		return err
	}
	n.addChild(row)
	return nil
}

func (n *node) addColumn(c column) {
	for _, have := range n.columns {
		if have.name == c.name {
			return
		}
	}
	n.columns = append(n.columns, c)
}

// addChild adds a node below n. The overlay's row can be requested twice, by *
// and by name; its nodes are merged.
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

// field resolves one name under a node: a column, or an edge with the fields
// below it.
func (r *resolver) field(n *node, t *fieldTree) error {
	if o, ok, err := r.operand(n.scope, t.name); err != nil {
		return err
	} else if ok {
		if len(t.children) > 0 || t.star || len(t.aggregates) > 0 {
			return fault.New(fault.InvalidData, "fields: %s goes through %s, which is a column (%s): request it as a whole", below(t), t.path, o.kind())
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
		if o, ok, err := r.operand(n.scope, name); err != nil {
			return err
		} else if ok && o.kind() == model.Decimal && len(t.children) == 0 {
			n.addColumn(column{name: t.name, value: o, raw: true})
			return nil
		}
	}
	return r.unknown("fields", n.scope, t.name, below(t))
}

// noAggregates returns an error for aggregates that have no list before them.
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
			return fault.New(fault.InvalidData, "fields: %s: the records of %s are returned as a whole; write %s.*", below(t), t.path, t.path)
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

// below returns some path under a tree, for messages.
func below(t *fieldTree) string {
	if len(t.children) > 0 {
		return below(t.children[0])
	}
	if t.star {
		return t.path + ".*"
	}
	return t.path
}
