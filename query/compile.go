package query

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// compiler writes a plan as one SQL statement. Its first column is the record's
// JSON. Where the request needs them, there follow the sort keys as a JSON
// array (for the cursor), the primary key, and the number of matching records.
//
// Records at the end of an edge are subqueries of the record where the edge
// starts; each is an index lookup per record of the page. The page itself, with
// filters, sorts and limits, is a derived table, so that no JSON is built for
// records outside the page.
type compiler struct {
	plan        *plan
	dialect     *dialect
	args        []argument
	withDeleted bool
	cursor      []bool // for each sort key of an After: whether its value is null; nil without After
	cursorSlot  int
	oneRecord   bool                // the root is one record, found by its key
	access      access              // to the records of the root
	lead        *cond               // of byLead, or of a count that walks
	word        argument            // of a lead that is a search
	findsOnce   bool                // matching records are found once, for both the page and the count
	inWindow    bool                // the records that are found once are those of a search's window, in order
	endFirst    bool                // the page was found from the end of an edge
	fromRoot    bool                // it must not be
	maxCount    int                 // of an estimated count: how many matches are read; 0 is every one
	maxList     int                 // the most records of a list without a limit; 0 is any number
	visibles    map[*scope][]string // the conditions of Visible, as compiled
}

// argument says how a value to bind is made from the slots of a request.
type argument struct {
	source  argumentSource
	slot    int
	text    string    // the constant, or the path of a nested list
	convert converter // of a slot's value
	path    string    // the filter's, for messages
}

type argumentSource uint8

const (
	fromSlot argumentSource = iota
	fromOffset
	fromReach // the offset and the limit, which is the slot
	fromVersion
	fromConstant
	fromListOffset
	fromKeys // those that the probe of a search found
)

// statement is a compiled plan.
type statement struct {
	sql      string
	args     []argument
	hasKeys  bool // has a column of sort keys
	hasID    bool // has a column of the primary key
	hasCount bool
	windowed bool       // has a column that says whether there are records after those that a search tried
	maxCount int        // a higher count is one more than this, and to be estimated; 0 is any
	estimate *statement // of that count; nil where the database has none
	canMiss  bool       // the count comes even with an empty page, in a row whose record is NULL
}

// bind adds an argument and returns its placeholder.
func (c *compiler) bind(a argument) string {
	c.args = append(c.args, a)
	return c.dialect.names.Placeholder(len(c.args))
}

func (c *compiler) compile(r *Request, limit int) *statement {
	root := c.plan.root
	st := &statement{hasKeys: r.Limit >= 0 && limit > 0 && !c.plan.oneKey, hasID: r.RequireKeys, hasCount: r.Count}
	st.windowed = c.windowed(r) && limit >= 0
	st.canMiss = st.windowed || st.hasCount && (limit == 0 || r.Offset != 0 || r.After != "")
	c.oneRecord = c.findsOneRecord(r)
	counted := st.hasCount && c.counter() == "" && !st.windowed
	if counted && r.Estimate {
		st.maxCount = c.maxCount
	}
	readsEvery := counted && st.maxCount == 0
	searches := c.access == byLead && isSearch(c.lead)
	if (readsEvery || limit < 0) && !searches {
		c.access = byKeys
	}
	c.inWindow = st.windowed && st.hasCount && c.cursor == nil
	c.findsOnce = readsEvery && root.where.follows() || counted && searches || c.inWindow
	var b strings.Builder
	if c.findsOnce {
		from, conditions := c.table(root.scope), []string(nil)
		if c.inWindow {
			from, conditions = c.window(r)
		} else {
			conditions = c.conditions(root.scope, root.where)
		}
		b.WriteString("WITH " + c.foundKeys() + " AS MATERIALIZED (SELECT " + c.keyColumns(root.scope.alias) + " FROM " + from + c.where(conditions) + ") ")
	}
	b.WriteString("SELECT ")
	joins := c.columns(&b, st, r)
	b.WriteString(" FROM ")
	if st.canMiss {
		b.WriteString("(SELECT 1 AS one) one LEFT JOIN ")
	}
	page, where := "", ""
	if st.windowed && !c.inWindow {
		page = c.pageOfWindow(r, limit)
	} else {
		page, where = c.page(r, limit)
	}
	b.WriteString(page)
	if st.canMiss {
		b.WriteString(" ON TRUE")
	}
	b.WriteString(joins + where)
	if where == "" {
		b.WriteString(" ORDER BY " + c.orderOutside(root, r))
	}
	st.sql, st.args = b.String(), c.args
	if st.maxCount > 0 {
		st.estimate = c.estimated()
	}
	return st
}

// columns writes the statement's columns. It returns the joins that the
// record's JSON needs.
func (c *compiler) columns(b *strings.Builder, st *statement, r *Request) (joins string) {
	root := c.plan.root
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
	switch {
	case st.windowed && st.hasCount && !c.inWindow:
		b.WriteString(", " + c.countOfWindow(r))
	case st.hasCount:
		b.WriteString(", " + c.count(st.maxCount))
	}
	if st.windowed {
		b.WriteString(", " + c.windowEnds())
	}
	return joins
}

// table returns the FROM item of a scope's own table.
func (c *compiler) table(s *scope) string { return c.dialect.quote(s.model.Table) + " " + s.alias }

func (c *compiler) column(alias, name string) string {
	if strings.IndexByte(name, '"') < 0 {
		return alias + `."` + name + `"` // what quote returns, in one concatenation
	}
	return alias + "." + c.dialect.quote(name)
}

// key returns the primary key column of a scope.
func (c *compiler) key(s *scope) string { return c.column(s.alias, s.model.PrimaryKey()) }

func (c *compiler) where(conditions []string) string {
	if len(conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(conditions, " AND ")
}

// conditions returns the conditions on the root: that its row is live, and the
// filter.
func (c *compiler) conditions(s *scope, where *cond) []string {
	var out []string
	if s.model.SoftDeletes() && !c.withDeleted {
		out = append(out, c.column(s.alias, "deleted_at")+" IS NULL")
	}
	if where != nil && !where.empty() {
		out = append(out, c.conjuncts(where, c.access)...)
	}
	return out
}

// value returns the SQL of an operand.
func (c *compiler) value(o operand) string {
	if o.aggregate != nil {
		return c.aggregate(o.aggregate)
	}
	if o.overlay == nil {
		if s := o.scope; s.asOf && s.edge == nil && s.row == noRow && s.model.Past != nil && o.field.Follows && s.model.Past.Model.Field(o.field.Name) != nil {
			return c.past(s, o.field.Name)
		}
		return c.column(o.scope.alias, o.field.Name)
	}
	value := c.column(o.scope.hops[o.overlay.Hop], o.overlay.Column)
	if o.overlay.Fallback != "" {
		value = "coalesce(" + value + ", " + c.column(o.scope.alias, o.overlay.Fallback) + ")"
	}
	return value
}

// past returns a column of a record as it was in the version that the query asks for.
func (c *compiler) past(s *scope, name string) string {
	h := s.model.Past
	conditions := []string{c.column("past", "deleted_at") + " IS NULL"}
	for _, o := range h.On {
		value := c.column(s.alias, o.Of)
		if o.AsOf {
			value = c.bind(argument{source: fromVersion})
		}
		conditions = append(conditions, c.column("past", o.Column)+" = "+value)
	}
	return "(SELECT " + c.column("past", name) + " FROM " + c.dialect.quote(h.Model.Table) + " past" + c.where(conditions) + " LIMIT 1)"
}

func (c *compiler) aggregate(a *aggregate) string {
	if a.function == minus {
		return c.dialect.minus(c.value(a.of), c.value(a.minus))
	}
	from, conditions := c.from(a.end)
	what := "count(*)"
	if a.function != "$count" {
		what = c.dialect.aggregate(a.function, c.value(a.of), a.of.kind())
	}
	return "(SELECT " + what + " FROM " + from + c.where(conditions) + ")"
}

// comparable returns the SQL of an operand for comparisons and sorts.
func (c *compiler) comparable(o operand) string {
	value := c.value(o)
	if o.overlay != nil || o.aggregate != nil {
		return c.dialect.collate(value, o.kind())
	}
	return value
}

// pair is a key of a JSON object and the SQL of its value: a column of a kind,
// a decimal's raw companion, or a document, which is JSON already.
type pair struct {
	key, value    string
	kind          model.Kind
	raw, document bool
}
