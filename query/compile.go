package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// compiler writes a plan as one SQL statement. Its columns are the record's
// JSON, then, when the plan wants them, the sort keys as a JSON array (for the
// cursor), the primary key, and the number of all matching records.
//
// Records at the end of an edge are subqueries of the record they hang on;
// each is an index lookup per record of the page. The page itself, with
// filters, sorts and limits, is a derived table, so that no JSON is made for a
// record that is not answered.
type compiler struct {
	plan        *plan
	dialect     *dialect
	args        []argument
	withDeleted bool
	cursor      []bool // for each sort key of an After: whether its value is null; nil without
	cursorSlot  int
	lookup      bool // the root is one record, found by its key
	whole       bool // every matching record is read, if only to be counted
	once        bool // matching records are found once, for the page and the count
}

// argument says how the nth value to bind is made from a run's slots.
type argument struct {
	source  argumentSource
	slot    int
	text    string    // the constant
	convert converter // of a slot's value
	path    string    // the filter's, for messages
}

type argumentSource uint8

const (
	fromSlot argumentSource = iota
	fromOffset
	fromVersion
	fromConstant
	fromListOffset // text is the list's path
)

// statement is what compiling yields.
type statement struct {
	sql      string
	args     []argument
	hasKeys  bool // a column of sort keys
	hasID    bool // a column of the primary key
	hasCount bool
	canMiss  bool // the count's row comes even when the page is empty; its record is NULL then
}

func (c *compiler) bind(a argument) string {
	c.args = append(c.args, a)
	return c.dialect.names.Placeholder(len(c.args))
}

func (c *compiler) compile(r *Request, limit int) *statement {
	root := c.plan.root
	st := &statement{hasKeys: r.Limit >= 0 && limit > 0 && !c.plan.oneKey, hasID: r.RequireKeys, hasCount: r.Count}
	c.lookup = c.looksUp(r)
	st.canMiss = st.hasCount && (limit == 0 || r.Offset != 0 || r.After != "")
	c.whole = st.hasCount || limit < 0
	c.once = st.hasCount && root.where.follows()
	var b strings.Builder
	if c.once {
		b.WriteString("WITH " + c.found() + " AS MATERIALIZED (SELECT " + c.keyColumns(root.scope.alias) + " FROM " + c.table(root.scope) +
			c.where(c.conditions(root.scope, root.where)) + ") ")
	}
	b.WriteString("SELECT ")
	doc, joins := c.document(root)
	if st.canMiss {
		doc = "CASE WHEN " + c.key(root.scope) + " IS NOT NULL THEN " + doc + " END"
	}
	b.WriteString(doc)
	if st.hasKeys {
		b.WriteString(", " + c.keys(root))
	}
	if st.hasID {
		b.WriteString(", " + c.key(root.scope))
	}
	if st.hasCount {
		b.WriteString(", (SELECT count(*) FROM " + c.matching() + ")")
	}
	b.WriteString(" FROM ")
	if st.canMiss {
		b.WriteString("(SELECT 1 AS one) one LEFT JOIN ")
	}
	page, where := c.page(r, limit)
	b.WriteString(page)
	if st.canMiss {
		b.WriteString(" ON TRUE")
	}
	b.WriteString(joins + where)
	if where == "" {
		b.WriteString(" ORDER BY " + c.orderOutside(root, r))
	}
	st.sql, st.args = b.String(), c.args
	return st
}

// page is the FROM item that yields the roots. For one key it is the table
// itself, with the lookup as where, and needs no order.
func (c *compiler) page(r *Request, limit int) (from, where string) {
	root := c.plan.root
	if c.lookup {
		return c.table(root.scope), c.where(c.conditions(root.scope, root.where))
	}
	var b strings.Builder
	alias := root.scope.alias
	b.WriteString("(SELECT " + alias + ".*")
	joins := ""
	for _, s := range root.order {
		expr, join := c.sortValue(s)
		joins += join
		if s.name != "" {
			b.WriteString(", " + expr + " AS " + c.dialect.quote(s.name))
		}
	}
	table, conditions := c.table(root.scope), []string(nil)
	if c.once {
		table = c.foundPage(r, limit) + " found " + c.dialect.leadingJoin + " " + table + " ON " + c.sameKey("found", alias)
	} else {
		conditions = c.conditions(root.scope, root.where)
	}
	if c.cursor != nil {
		conditions = append(conditions, c.after(root)...)
	}
	b.WriteString(" FROM " + table + joins + c.where(conditions))
	b.WriteString(" ORDER BY " + c.orderInside(root, r))
	if limit >= 0 {
		fmt.Fprintf(&b, " LIMIT %d", limit)
	}
	if r.Offset != 0 {
		if limit < 0 {
			b.WriteString(c.dialect.noLimit)
		}
		b.WriteString(" OFFSET " + c.bind(argument{source: fromOffset}))
	}
	b.WriteString(") " + alias)
	return b.String(), ""
}

// found names the table of the keys of all matching records, which a query has
// that counts what it finds over edges: the edges are followed once, for the
// count and the page.
func (c *compiler) found() string { return c.dialect.quote("~found") }

// matching is the FROM item with one row for each matching record.
func (c *compiler) matching() string {
	if c.once {
		return c.found()
	}
	root := c.plan.root
	return c.table(root.scope) + c.where(c.conditions(root.scope, root.where))
}

// foundPage are the found keys that a page can be of: where it is ordered by
// the key alone, as many as it has.
func (c *compiler) foundPage(r *Request, limit int) string {
	root := c.plan.root
	keys := make([]string, len(root.order))
	for i, s := range root.order {
		if !slices.Contains(root.scope.model.Key, s.value.own(root.scope)) {
			return c.found()
		}
		keys[i] = c.dialect.quote(s.value.field.Name) + c.direction(s)
	}
	if limit < 0 || r.Offset != 0 || r.After != "" || r.KeepOrder {
		return c.found()
	}
	return fmt.Sprintf("(SELECT * FROM %s ORDER BY %s LIMIT %d)", c.found(), strings.Join(keys, ", "), limit)
}

func (c *compiler) keyColumns(alias string) string {
	var out []string
	for _, k := range c.plan.root.scope.model.Key {
		out = append(out, c.column(alias, k))
	}
	return strings.Join(out, ", ")
}

func (c *compiler) sameKey(a, b string) string {
	var out []string
	for _, k := range c.plan.root.scope.model.Key {
		out = append(out, c.column(a, k)+" = "+c.column(b, k))
	}
	return strings.Join(out, " AND ")
}

// looksUp reports whether the query finds one record by its key and nothing
// else: no page, no count, no sort over relations.
func (c *compiler) looksUp(r *Request) bool {
	sortsOutside := slices.ContainsFunc(c.plan.root.order, func(s sort) bool { return s.name != "" })
	return c.plan.oneKey && r.Offset == 0 && r.After == "" && !r.Count && !sortsOutside
}

func (c *compiler) table(s *scope) string { return c.dialect.quote(s.model.Table) + " " + s.alias }

func (c *compiler) column(alias, name string) string {
	if strings.IndexByte(name, '"') < 0 {
		return alias + `."` + name + `"` // as quote does, in one piece
	}
	return alias + "." + c.dialect.quote(name)
}

func (c *compiler) key(s *scope) string { return c.column(s.alias, s.model.PrimaryKey()) }

func (c *compiler) where(conditions []string) string {
	if len(conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(conditions, " AND ")
}

// conditions are those of the root: live rows, and the filter.
func (c *compiler) conditions(s *scope, where *cond) []string {
	var out []string
	if s.model.SoftDeletes() && !c.withDeleted {
		out = append(out, c.column(s.alias, "deleted_at")+" IS NULL")
	}
	if where != nil && !where.empty() {
		out = append(out, c.conjuncts(where, c.whole)...)
	}
	return out
}

// document is the JSON of a node's record, and what the FROM item that has the
// record must be joined with for it.
func (c *compiler) document(n *node) (doc, joins string) {
	if n.content != nil {
		return c.dialect.json.column(c.column(n.scope.alias, n.content.Name)), ""
	}
	pairs, joins := c.pairs(n)
	doc, join := c.dialect.json.record(pairs, "", n.row())
	return doc, joins + join
}

// row is the alias of a node's record as joined for its JSON: r4 for t4.
func (n *node) row() string { return "r" + n.scope.alias[1:] }

// pairs are the keys and values of a node's record, and what the values need
// to be joined.
func (c *compiler) pairs(n *node) (pairs []pair, joins string) {
	pairs = make([]pair, 0, len(n.columns)+len(n.measures)+len(n.virtuals)+len(n.kids))
	for _, col := range n.columns {
		pairs = append(pairs, pair{key: col.name, value: c.value(col.value), kind: col.value.kind(), raw: col.raw})
	}
	for _, m := range n.measures {
		pairs = append(pairs, pair{key: m.name, value: c.value(m.value), kind: m.value.kind()})
	}
	for _, v := range n.virtuals {
		pairs = append(pairs, pair{key: v.name, value: c.value(v.key)})
	}
	for _, k := range n.kids {
		value, join := c.child(k)
		pairs = append(pairs, pair{key: k.name, value: value, document: true})
		joins += join
	}
	return pairs, joins
}

// pair is a key of a JSON object and the SQL of its value: a column of a kind,
// a decimal's raw companion, or a document, which is JSON already.
type pair struct {
	key, value    string
	kind          model.Kind
	raw, document bool
}

// child is the JSON at the end of an edge: a record or null, or a list; and
// what must be joined for it.
func (c *compiler) child(n *node) (value, joins string) {
	if n.scope.row != noRow {
		return c.document(n)
	}
	if n.scope.edge.Many {
		return c.list(n), ""
	}
	whole := n.content == nil && single(n.scope.edge, c.withDeleted)
	if whole && !c.lookup && c.dialect.joinsToOne {
		return c.beside(n)
	}
	from, conditions := c.from(n.scope)
	if whole {
		pairs, joins := c.pairs(n)
		return c.dialect.json.record(pairs, from+joins+c.where(conditions), n.row())
	}
	doc, joins := c.document(n)
	return "(SELECT " + doc + " FROM " + from + joins + c.where(conditions) + c.first(n.scope) + ")", ""
}

// beside is the record at the end of an edge to one record, whose tables are
// joined to those of the record that it hangs on.
func (c *compiler) beside(n *node) (doc, joins string) {
	var found []string
	for i, h := range n.scope.edge.Hops {
		alias := n.scope.hops[i]
		joins += " LEFT JOIN " + c.dialect.quote(h.Model.Table) + " " + alias + " ON " + strings.Join(c.on(n.scope, i), " AND ")
		found = append(found, c.column(alias, h.Model.Key[0])+" IS NOT NULL")
	}
	doc, more := c.document(n)
	return "CASE WHEN " + strings.Join(found, " AND ") + " THEN " + doc + " END", joins + more
}

// list is the JSON array of the records at the end of an edge.
func (c *compiler) list(n *node) string {
	from, conditions := c.from(n.scope)
	if n.where != nil && !n.where.empty() {
		conditions = append(conditions, c.conjuncts(n.where, false)...)
	}
	order, joins := c.orderNested(n)
	doc, more := c.document(n)
	switch {
	case n.limit > 0:
		order += fmt.Sprintf(" LIMIT %d", n.limit)
	case n.offset:
		order += c.dialect.noLimit
	}
	if n.offset {
		order += " OFFSET " + c.bind(argument{source: fromListOffset, text: n.path})
	}
	return c.dialect.json.array(doc, from+joins+more+c.where(conditions), order)
}

// first limits an edge to one record to its first row, where the database's
// own rules do not: a live one before a deleted one, then by key.
func (c *compiler) first(s *scope) string {
	if single(s.edge, c.withDeleted) {
		return ""
	}
	order := ""
	if c.withDeleted && s.model.SoftDeletes() {
		order = "(" + c.column(s.alias, "deleted_at") + " IS NOT NULL), "
	}
	return " ORDER BY " + order + c.key(s) + " LIMIT 1"
}

// from joins the tables on the way to a scope. The conditions tie the first of
// them to the record where the edge starts.
func (c *compiler) from(s *scope) (from string, conditions []string) {
	if s.edge.ListFrom != "" {
		return c.fromList(s)
	}
	for i, h := range s.edge.Hops {
		alias := s.hops[i]
		on := c.on(s, i)
		if i == 0 {
			from = c.dialect.quote(h.Model.Table) + " " + alias
			conditions = on
			continue
		}
		from += " JOIN " + c.dialect.quote(h.Model.Table) + " " + alias + " ON " + strings.Join(on, " AND ")
	}
	return from, conditions
}

// fromList follows a column of ids: the column is unnested with positions, and
// the target joined on each id.
func (c *compiler) fromList(s *scope) (from string, conditions []string) {
	ids := c.dialect.list.unnest(c.column(s.parent.alias, s.edge.ListFrom), s.alias+"i")
	on := s.alias + "i." + c.dialect.element + " = " + c.column(s.alias, s.edge.Target().On[0].Column)
	if c.hides(s, 0) {
		on += " AND " + c.column(s.alias, "deleted_at") + " IS NULL"
	}
	return ids + " JOIN " + c.table(s) + " ON " + on, nil
}

// on is what joins hop i: its columns and that its row is not deleted.
func (c *compiler) on(s *scope, i int) []string {
	h := s.edge.Hops[i]
	var out []string
	for _, o := range h.On {
		column := c.column(s.hops[i], o.Column)
		if o.Null {
			out = append(out, column+" IS NULL")
			continue
		}
		out = append(out, column+" = "+c.onValue(s, o))
	}
	if c.hides(s, i) {
		out = append(out, c.column(s.hops[i], "deleted_at")+" IS NULL")
	}
	return out
}

func (c *compiler) onValue(s *scope, o model.On) string {
	if o.AsOf && s.parent.asOf {
		return c.bind(argument{source: fromVersion})
	}
	if o.Of == "" {
		return c.dialect.constant(o.Value)
	}
	alias := ""
	if hop, ok := model.ArrivalHop(o.Row); ok {
		alias = s.parent.hops[hop]
	} else if o.Row == model.FromRow {
		alias = s.parent.alias
	} else {
		alias = s.hops[o.Row]
	}
	return c.column(alias, o.Of)
}

// hides reports whether deleted rows of hop i are left out: always without
// WithDeleted; with it, link rows on the way still never connect when they are
// dismissed.
func (c *compiler) hides(s *scope, i int) bool {
	if !s.edge.Hops[i].Model.SoftDeletes() {
		return false
	}
	throughLink := i == 0 && len(s.edge.Hops) > 1 && s.edge.Kind == model.Stored
	return !c.withDeleted || throughLink
}

// value is the SQL of an operand.
func (c *compiler) value(o operand) string {
	if o.measure != nil {
		return c.aggregate(o.measure)
	}
	if o.overlay == nil {
		return c.column(o.scope.alias, o.field.Name)
	}
	value := c.column(o.scope.hops[o.overlay.Hop], o.overlay.Column)
	if o.overlay.Fallback != "" {
		value = "coalesce(" + value + ", " + c.column(o.scope.alias, o.overlay.Fallback) + ")"
	}
	return value
}

func (c *compiler) aggregate(a *aggregate) string {
	from, conditions := c.from(a.end)
	what := "count(*)"
	if a.function != "$count" {
		what = c.dialect.aggregate(a.function, c.value(a.of), a.of.kind())
	}
	return "(SELECT " + what + " FROM " + from + c.where(conditions) + ")"
}

// comparable is an operand as comparisons and sorts see it.
func (c *compiler) comparable(o operand) string {
	value := c.value(o)
	if o.overlay != nil || o.measure != nil {
		return c.dialect.collate(value, o.kind())
	}
	return value
}
