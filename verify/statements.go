package verify

import (
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// few is how many examples a statement returns, each with the total count.
const few = 10

// statement returns the SQL that finds rows whose column names no record, or
// a deleted one.
func (r reference) statement(d db.Dialect) (string, []any) {
	q := d.Quote
	value := "h." + q(r.column)
	from := q(r.holder.Table) + " AS h"
	if r.list {
		from += ", " + d.Elements(value, "e")
		value = "e.value"
	}
	var args []any
	where := []string{value + " IS NOT NULL"}
	if r.holder.SoftDeletes() {
		where = append(where, "h.deleted_at IS NULL")
	}
	for _, on := range r.only {
		if on.Null {
			where = append(where, "h."+q(on.Column)+" IS NULL")
			continue
		}
		args = append(args, on.Value)
		where = append(where, "h."+q(on.Column)+" = "+d.Placeholder(len(args)))
	}
	exists := fmt.Sprintf("EXISTS (SELECT 1 FROM %s AS t WHERE t.%s = %s", q(r.target.Table), q(r.key), value)
	if r.gone {
		where = append(where, exists+" AND t.deleted_at IS NOT NULL)")
	} else {
		where = append(where, "NOT "+exists+")")
	}
	return fmt.Sprintf("SELECT CAST(%s AS text), count(*) OVER () FROM %s WHERE %s ORDER BY 1 LIMIT %d",
		r.example(q, value), from, strings.Join(where, " AND "), few), args
}

// example returns what a row is shown by: its primary key, or else the value.
func (r reference) example(q func(string) string, value string) string {
	if key := r.holder.PrimaryKey(); key != "" {
		return "h." + q(key)
	}
	return value
}

// statement returns the SQL that finds values that more than one live row has.
func (u unique) statement(d db.Dialect) string {
	quoted := make([]string, len(u.columns))
	for i, c := range u.columns {
		quoted[i] = d.Quote(c)
	}
	return fmt.Sprintf("SELECT CAST(%s AS text), count(*) OVER () FROM %s%s GROUP BY %s HAVING count(*) > 1 ORDER BY 1 LIMIT %d",
		strings.Join(quoted, " || ' ' || "), d.Quote(u.rows.Table), live(u.rows), strings.Join(quoted, ", "), few)
}

// ruleStatement returns the SQL that finds rows that break a rule.
func ruleStatement(c module.Check, d db.Dialect) string {
	return fmt.Sprintf("SELECT CAST(a.%s AS text), count(*) OVER ()%s ORDER BY 1 LIMIT %d", d.Quote(c.Model.PrimaryKey()), c.Rows(d), few)
}

// repairStatement returns the SQL that gives rows that break a rule what they must have.
func repairStatement(c module.Check, d db.Dialect) string {
	key := d.Quote(c.Model.PrimaryKey())
	return fmt.Sprintf("UPDATE %s AS a SET %s = %s WHERE a.%s IN (SELECT a.%s%s)",
		d.Quote(c.Model.Table), d.Quote(c.Column), c.Value(d), key, key, c.Rows(d))
}

func live(m *model.Model) string {
	if m.SoftDeletes() {
		return " WHERE deleted_at IS NULL"
	}
	return ""
}
