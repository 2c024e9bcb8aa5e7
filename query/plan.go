package query

import (
	"fmt"
	"strings"
)

// plan is a resolved request that is ready to be compiled: every scope has its
// aliases, and every sort key that the page must expose has a name.
type plan struct {
	*query
	aliases int
	virtual bool // some node follows a virtual link
}

func newPlan(q *query) *plan {
	p := &plan{query: q}
	p.name(q.root.scope)
	p.node(q.root)
	return p
}

// name assigns aliases to a scope and the hops on its way: t0, t1, …
func (p *plan) name(s *scope) {
	if s.alias != "" {
		return
	}
	if s.parent != nil {
		p.name(s.parent)
	}
	if s.row != noRow {
		s.alias = s.parent.hops[s.row]
		return
	}
	if s.edge == nil {
		s.alias = p.next()
		return
	}
	for range s.edge.Hops {
		s.hops = append(s.hops, p.next())
	}
	s.alias = s.hops[len(s.hops)-1]
	p.cond(s.visible)
}

func (p *plan) next() string {
	p.aliases++
	return fmt.Sprintf("t%d", p.aliases-1)
}

func (p *plan) node(n *node) {
	p.virtual = p.virtual || len(n.virtuals) > 0
	for _, c := range n.columns {
		p.operand(c.value)
	}
	for _, m := range n.aggregates {
		p.operand(m.value)
	}
	p.cond(n.where)
	for i := range n.order {
		p.sort(&n.order[i], i, n.scope)
	}
	for _, k := range n.children {
		p.name(k.scope)
		p.node(k)
	}
}

func (p *plan) sort(s *sort, i int, at *scope) {
	for _, j := range s.joins {
		p.name(j)
	}
	p.operand(s.value)
	if at.edge == nil && (len(s.joins) > 0 || s.value.aggregate != nil) {
		s.name = fmt.Sprintf("~%d", i+1)
	}
}

func (p *plan) operand(o operand) {
	p.name(o.scope)
	a := o.aggregate
	if a == nil {
		return
	}
	if a.end != nil {
		p.name(a.end)
	}
	for _, of := range []operand{a.of, a.minus} {
		if of.scope != nil {
			p.operand(of)
		}
	}
}

func (p *plan) cond(c *cond) {
	if c == nil {
		return
	}
	if c.op == opCompare {
		p.operand(c.left)
	}
	if c.end != nil {
		p.name(c.end)
	}
	for _, s := range c.search {
		if s.end != nil {
			p.name(s.end)
		}
	}
	for _, k := range c.children {
		p.cond(k)
	}
}

// String returns the plan as an indented tree.
func (p *plan) String() string {
	var b strings.Builder
	root := p.root
	fmt.Fprintf(&b, "%s (%s %s)\n", root.scope.model, root.scope.model.Table, root.scope.alias)
	root.print(&b, 1)
	return b.String()
}

func (n *node) print(b *strings.Builder, depth int) {
	indent := strings.Repeat("  ", depth)
	line := func(format string, args ...any) { fmt.Fprintf(b, indent+format+"\n", args...) }
	if names := n.columnNames(); names != "" {
		line("fields %s", names)
	}
	if n.where != nil && !n.where.empty() {
		line("where %s", n.where)
	}
	if len(n.order) > 0 {
		texts := make([]string, len(n.order))
		for i, s := range n.order {
			texts[i] = s.text
		}
		line("order by %s", strings.Join(texts, ", "))
	}
	if n.limit > 0 {
		line("limit %d", n.limit)
	}
	for _, k := range n.children {
		line("%s -> %s", k.name, k.scope.describe())
		if k.scope.visible != nil {
			line("  visible where %s", k.scope.visible)
		}
		k.print(b, depth+1)
	}
	for _, v := range n.virtuals {
		line("%s -> virtual, by %s", v.name, v.edge.Virtual.Column)
	}
}

func (n *node) columnNames() string {
	var names []string
	for _, c := range n.columns {
		names = append(names, c.name)
	}
	for _, m := range n.aggregates {
		names = append(names, m.name)
	}
	if n.content != nil {
		names = append(names, n.content.Name+" as the document")
	}
	return strings.Join(names, ", ")
}

// describe returns how a scope is reached: "list of payment_collection, stored,
// over order_payment_collection t1 (order_id)".
func (s *scope) describe() string {
	if s.row != noRow {
		return fmt.Sprintf("the row %s %s of the same join", s.model.Table, s.alias)
	}
	what := "one"
	if s.edge.Many {
		what = "list of"
	}
	var hops []string
	for i, h := range s.edge.Hops {
		var on []string
		for _, o := range h.On {
			on = append(on, o.Column)
		}
		hops = append(hops, fmt.Sprintf("%s %s (%s)", h.Model.Table, s.hops[i], strings.Join(on, ", ")))
	}
	return fmt.Sprintf("%s %s, %s, over %s", what, s.model, s.edge.Kind, strings.Join(hops, ", "))
}

func (c *cond) empty() bool { return c.op == opAll && len(c.children) == 0 }

// String returns a condition as text: some customer (email $eq value 1).
func (c *cond) String() string {
	children := make([]string, len(c.children))
	for i, k := range c.children {
		children[i] = k.String()
	}
	switch c.op {
	case opAny:
		return "(" + strings.Join(children, " or ") + ")"
	case opNot:
		return "not " + strings.Join(children, "")
	case opCompare:
		if c.slot == noRow {
			return c.left.String() + " " + c.compare
		}
		return fmt.Sprintf("%s %s value %d", c.left, c.compare, c.slot+1)
	case opSome, opNone, opEvery:
		word := map[condOp]string{opSome: "some", opNone: "none", opEvery: "every"}[c.op]
		return fmt.Sprintf("%s %s (%s)", word, c.end.edge.Name, strings.Join(children, ""))
	case opSearch:
		return fmt.Sprintf("search value %d", c.slot+1)
	}
	return strings.Join(children, " and ")
}

// String returns an operand as text: email, metadata.vip, items.$count.
func (o operand) String() string {
	if m := o.aggregate; m != nil && o.field == nil {
		return strings.TrimSuffix(m.end.edge.Name+"."+m.function+"."+m.column(), ".")
	}
	return strings.Join(append([]string{o.field.Name}, o.json...), ".")
}

func (a *aggregate) column() string {
	if a.of.field == nil {
		return ""
	}
	return a.of.field.Name
}
