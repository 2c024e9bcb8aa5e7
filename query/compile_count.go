package query

import (
	"fmt"

	"github.com/gorgon-commerce/gorgon/model"
)

// count returns the number of matching records, or one more than most if there
// are more than that; 0 is any number.
func (c *compiler) count(most int) string {
	if known := c.counter(); known != "" {
		return known
	}
	if most == 0 {
		return "(SELECT count(*) FROM " + c.matching() + ")"
	}
	matches := "SELECT 1 FROM " + c.matching()
	if c.access == walking && c.onlyEdges() {
		matches = c.matchesOf(c.lead)
	}
	return fmt.Sprintf("(SELECT count(*) FROM (%s LIMIT %d) counted)", matches, most+1)
}

// counter returns the number that triggers keep of the matching records; "" if
// the filter is not on the column that they count by.
func (c *compiler) counter() string { return c.counterOf(c.plan.root.where) }

func (c *compiler) counterOf(where *cond) string {
	m := c.plan.root.scope.model
	if !c.dialect.counters || !m.Counted || c.withDeleted {
		return ""
	}
	number := "(SELECT coalesce(sum(live), 0) FROM " + model.CountTable + " WHERE name = " + literal(m.Table)
	if where == nil || where.empty() {
		return number + ")"
	}
	all := where.flat(nil)
	k := all[0]
	if len(all) != 1 || k.op != opCompare || k.compare != "$eq" || m.CountedBy == "" || k.left.own(c.plan.root.scope) != m.CountedBy || k.left.inJSON {
		return ""
	}
	return number + " AND part = " + c.slot(k, "$eq") + ")"
}

// estimated returns the statement of the matching records alone, for the
// database's estimate of their number; nil if it has none.
func (c *compiler) estimated() *statement {
	if c.dialect.estimate == nil {
		return nil
	}
	own := &compiler{plan: c.plan, dialect: c.dialect, withDeleted: c.withDeleted}
	return &statement{sql: "SELECT 1 FROM " + own.matching(), args: own.args}
}
