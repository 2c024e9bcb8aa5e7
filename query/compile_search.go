package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// leadWords is how many words of a search are tried, one after the other, until
// few records have one of them.
const leadWords = 2

// searchLeads returns the ways to find the records of a search by its index, one for
// each word, if there is a search among the conditions that must hold.
func (e *Engine) searchLeads(s *searches, compiler func() *compiler, r *Request, limit int) []lead {
	by := compiler()
	k := by.searchedBy()
	if k == nil || r.KeepOrder || r.WithDeleted || !s.indexes(k, by.plan.root.scope) {
		return nil
	}
	by.access, by.lead = byLead, k
	statement := by.compile(r, limit)
	only, together := by.onlySearches(k), len(k.search) == 1 && k.search[0].end == nil
	var out []lead
	for n := range leadWords {
		probe := compiler()
		probe.word = argument{source: fromSlot, slot: k.slot, path: k.path, convert: func(v any) (any, error) {
			return e.dialect.search.argument(e.dialect.findable(v, s)[n:], together), nil
		}}
		out = append(out, lead{
			probe: probe.candidates(k, e.limits.MaxCount), statement: statement, most: e.limits.MaxCount, finds: true,
			applies: func(slots []any) bool { return len(e.dialect.findable(slots[k.slot], s)) > n },
			counts:  func(slots []any) bool { return only && len(searchWords(slots[k.slot])) == 1 },
		})
	}
	return out
}

// searchedBy returns the first search among the conditions that must hold, or nil.
func (c *compiler) searchedBy() *cond {
	if c.plan.root.where == nil || c.plan.oneKey {
		return nil
	}
	all := c.plan.root.where.flat(nil)
	if at := slices.IndexFunc(all, isSearch); at >= 0 {
		return all[at]
	}
	return nil
}

func isSearch(k *cond) bool { return k.op == opSearch }

// onlySearches reports whether there is no condition but a search, and one on the
// column that the records are counted by.
func (c *compiler) onlySearches(search *cond) bool {
	root := c.plan.root
	return !slices.ContainsFunc(root.where.flat(nil), func(k *cond) bool {
		return k != search && (k.op != opCompare || k.left.own(root.scope) != root.scope.model.CountedBy)
	})
}

// candidates returns the statement of the keys of the records that an index finds by
// the word of a lead: those whose own text has it, or that of a record at the end of
// a searched edge. If there are more than most of one of these, a key is NULL.
func (c *compiler) candidates(k *cond, most int) *statement {
	root := c.plan.root.scope
	var with, queries []string
	tables := map[*model.Model]string{}
	for _, s := range k.search {
		m := root.model
		if s.end != nil {
			m = s.end.model
		}
		found := tables[m]
		if found == "" {
			found = c.dialect.quote(fmt.Sprintf("~%d", len(tables)+1))
			tables[m] = found
			with = append(with, fmt.Sprintf("%s AS MATERIALIZED (%s LIMIT %d)", found, c.dialect.search.keys(m, c.bind(c.word)), most+1))
			queries = append(queries, fmt.Sprintf("SELECT NULL AS key FROM (SELECT count(*) AS number FROM %s) counted WHERE number > %d", found, most))
		}
		if s.end == nil {
			queries = append(queries, "SELECT key FROM "+found)
			continue
		}
		from, conditions := c.fromEnd(s.end)
		conditions = append(conditions, c.key(s.end)+" IN (SELECT key FROM "+found+")")
		if root.model.SoftDeletes() { // and the index of the edge has live records only
			conditions = append(conditions, c.column(root.alias, "deleted_at")+" IS NULL")
		}
		queries = append(queries, "SELECT "+c.key(root)+" FROM "+from+" CROSS JOIN "+c.table(root)+c.where(conditions))
	}
	sql := fmt.Sprintf("WITH %s SELECT key FROM (%s) found LIMIT %d", strings.Join(with, ", "), strings.Join(queries, " UNION "), most+1)
	return &statement{sql: sql, args: c.args}
}

// inCandidates returns the condition that the record is one of those that the probe
// of a search found.
func (c *compiler) inCandidates() string {
	keys := c.bind(argument{source: fromKeys, convert: c.dialect.convert("$in", model.Text)})
	return c.dialect.list.member(c.key(c.plan.root.scope), model.Text, keys)
}

// windowed reports whether a search tries only the first records of the order.
func (c *compiler) windowed(r *Request) bool {
	return r.Estimate && c.access != byLead && !r.KeepOrder && c.searchedBy() != nil
}

// window returns the FROM item of the first records of the page's order that fulfill
// the conditions and more, except for the searches, which it returns.
func (c *compiler) window(r *Request, more ...string) (from string, searches []string) {
	root := c.plan.root
	alias := root.scope.alias
	columns, joins := alias+".*", ""
	for _, s := range root.order {
		expr, join := c.sortValue(s)
		joins += join
		if s.name != "" {
			columns += ", " + expr + " AS " + c.dialect.quote(s.name)
		}
	}
	conditions := append(c.unsearched(), more...)
	for _, k := range root.where.flat(nil) {
		if isSearch(k) {
			searches = append(searches, c.search(k))
		}
	}
	return fmt.Sprintf("(SELECT %s FROM %s%s%s ORDER BY %s LIMIT %d) %s", columns, c.table(root.scope), joins, c.where(conditions), c.orderInside(root, r), c.maxCount, alias), searches
}

// unsearched returns the conditions on the root, except for the searches.
func (c *compiler) unsearched() []string {
	root := c.plan.root
	rest := &cond{op: opAll, children: slices.DeleteFunc(root.where.flat(nil), isSearch)}
	return c.conditions(root.scope, rest)
}

// pageOfWindow returns the FROM item of a page that is searched for in a window.
func (c *compiler) pageOfWindow(r *Request, limit int) string {
	alias := c.plan.root.scope.alias
	var after []string
	if c.cursor != nil {
		after = c.after(c.plan.root)
	}
	from, searches := c.window(r, after...)
	page := "(SELECT " + alias + ".* FROM " + from + c.where(searches)
	if !c.dialect.keepsOrder {
		page += " ORDER BY " + c.orderOutside(c.plan.root, r)
	}
	page += fmt.Sprintf(" LIMIT %d", limit)
	if r.Offset != 0 {
		page += " OFFSET " + c.bind(argument{source: fromOffset})
	}
	return page + ") " + alias
}

// countOfWindow returns the number of matching records in the window.
func (c *compiler) countOfWindow(r *Request) string {
	from, searches := c.window(r)
	return "(SELECT count(*) FROM " + from + c.where(searches) + ")"
}

// windowEnds returns whether there are records after the window, as 1 or 0.
func (c *compiler) windowEnds() string {
	root := c.plan.root
	number := c.counterOf(&cond{op: opAll, children: slices.DeleteFunc(root.where.flat(nil), isSearch)})
	if number == "" {
		number = fmt.Sprintf("(SELECT count(*) FROM (SELECT 1 FROM %s%s LIMIT %d) windowed)", c.table(root.scope), c.where(c.unsearched()), c.maxCount+1)
	}
	return fmt.Sprintf("CASE WHEN %s > %d THEN 1 ELSE 0 END", number, c.maxCount)
}
