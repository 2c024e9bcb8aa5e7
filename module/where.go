package module

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// Where is a filter by fields, all of which must match. A value matches what
// equals it, a slice matches any of its elements (an empty slice matches
// nothing), and nil, alone or in a slice, matches null. For ranges, relations,
// links and boolean logic, see package query.
//
//	module.Where{"status": "pending", "region_id": []string{"reg_1", "reg_2"}, "canceled_at": nil}
type Where map[string]any

// Page says which part of a list to return, and in what order. The zero Page
// means every live record, ordered by key.
type Page struct {
	Limit       int      // at most this many records; 0 means all
	Offset      int      // skip this many
	Order       []string // fields, such as "-created_at" for descending; ties are broken by the key
	WithDeleted bool     // include soft-deleted records
}

// clause builds SQL and the arguments of its placeholders.
type clause struct {
	db.Dialect
	strings.Builder
	args []any
}

// arg adds an argument and returns its placeholder.
func (c *clause) arg(v any) string {
	c.args = append(c.args, v)
	return c.Placeholder(len(c.args))
}

// equal returns the placeholder of a value that a column must equal. SQLite looks at
// values to choose a plan, and prepares the statement again for every one, unless they
// are cast.
func (c *clause) equal(col *column, v any) string {
	switch col.Kind {
	case model.Int:
		return "CAST(" + c.arg(v) + " AS bigint)"
	case model.Bool:
		return "CAST(" + c.arg(v) + " AS boolean)"
	case model.Text:
		return "CAST(" + c.arg(v) + " AS text)"
	}
	return c.arg(v)
}

// list returns the condition that a text column is one of the values.
func (c *clause) list(quoted string, values []string) string {
	c.args = append(c.args, values)
	return c.List(quoted, len(c.args))
}

// where writes the condition of a filter. Columns are sorted by name, so that
// filters over the same columns give the same statement.
func (c *clause) where(t *table, w Where, withDeleted bool) error {
	c.WriteString(" WHERE ")
	for _, name := range slices.Sorted(maps.Keys(w)) {
		col, err := t.column(name)
		if err != nil {
			return err
		}
		condition, err := c.condition(col, w[name])
		if err != nil {
			return err
		}
		c.WriteString(condition + " AND ")
	}
	if withDeleted {
		c.WriteString("1 = 1")
		return nil
	}
	c.WriteString(t.live())
	return nil
}

func (c *clause) condition(col *column, v any) (string, error) {
	if col.Kind == model.JSON || col.Kind == model.TextList {
		return "", fault.New(fault.InvalidData, "%s is of kind %s, which cannot be compared", col, col.Kind)
	}
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Slice {
		return c.oneOf(col, rv)
	}
	value, err := col.comparable().value(v)
	if err != nil {
		return "", err
	}
	if value == nil {
		return col.quoted + " IS NULL", nil
	}
	return col.quoted + " = " + c.equal(col, value), nil
}

// oneOf returns the condition that a column has one of the values of a slice.
func (c *clause) oneOf(col *column, list reflect.Value) (string, error) {
	var texts, marks, either []string
	for i := range list.Len() {
		v, err := col.comparable().value(list.Index(i).Interface())
		if err != nil {
			return "", err
		}
		switch v := v.(type) {
		case nil:
			either = []string{col.quoted + " IS NULL"}
		case string:
			texts = append(texts, v)
		default:
			marks = append(marks, c.arg(v))
		}
	}
	if texts != nil {
		either = append(either, c.list(col.quoted, texts))
	}
	if marks != nil {
		either = append(either, col.quoted+" IN ("+strings.Join(marks, ", ")+")")
	}
	if either == nil {
		return "1 = 0", nil
	}
	return "(" + strings.Join(either, " OR ") + ")", nil
}

// comparable returns the column for comparisons. A reference may be compared
// with "", although it cannot be stored.
func (c *column) comparable() *column {
	if c.refersTo == nil {
		return c
	}
	plain := *c
	plain.refersTo = nil
	return &plain
}

// page writes the order, limit and offset.
func (c *clause) page(t *table, p Page) error {
	if p.Limit < 0 || p.Offset < 0 {
		return fault.New(fault.InvalidData, "the limit and offset of a page must be 0 or more, not %d and %d", p.Limit, p.Offset)
	}
	var keys []string
	for _, name := range p.Order {
		key, err := t.orderKey(name)
		if err != nil {
			return err
		}
		keys = append(keys, key)
	}
	for _, name := range t.model.Key {
		if !slices.Contains(p.Order, name) && !slices.Contains(p.Order, "-"+name) {
			keys = append(keys, t.byName[name].quoted)
		}
	}
	c.WriteString(" ORDER BY " + strings.Join(keys, ", "))
	switch {
	case p.Limit > 0:
		c.WriteString(" LIMIT " + strconv.Itoa(p.Limit))
	case p.Offset > 0: // SQLite has no OFFSET without a LIMIT
		c.WriteString(" LIMIT 9223372036854775807")
	}
	if p.Offset > 0 {
		c.WriteString(" OFFSET " + strconv.Itoa(p.Offset))
	}
	return nil
}

// orderKey returns one key of an ORDER BY. On both databases nulls come last in
// ascending order and first in descending order.
func (t *table) orderKey(name string) (string, error) {
	descending := strings.HasPrefix(name, "-")
	c, err := t.column(strings.TrimPrefix(name, "-"))
	if err != nil {
		return "", err
	}
	if c.Kind == model.JSON || c.Kind == model.TextList {
		return "", fault.New(fault.InvalidData, "%s is of kind %s, which cannot be ordered by", c, c.Kind)
	}
	switch {
	case descending && c.Null:
		return c.quoted + " DESC NULLS FIRST", nil
	case descending:
		return c.quoted + " DESC", nil
	case c.Null:
		return c.quoted + " NULLS LAST", nil
	}
	return c.quoted, nil
}

// column returns the column with a name. If there is none, the error suggests
// the nearest name.
func (t *table) column(name string) (*column, error) {
	if c := t.byName[name]; c != nil {
		return c, nil
	}
	return nil, fault.New(fault.InvalidData, "%s has no field %q%s", t.model, name, fault.DidYouMean(name, t.names()))
}

// live returns the condition of rows that are not soft-deleted.
func (t *table) live() string {
	if c := t.byName["deleted_at"]; c != nil {
		return c.quoted + " IS NULL"
	}
	return "1 = 1"
}
