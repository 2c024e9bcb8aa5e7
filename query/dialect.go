package query

import (
	"context"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// dialect is what the compiler knows about a database. What differs in a word
// is data; what differs in form is one of five small interfaces. Arguments and
// results are SQL unless they say otherwise.
type dialect struct {
	names db.Dialect // quotes identifiers and numbers placeholders
	spelling
	json     jsonWriter
	document jsonReader
	list     listSyntax
	text     textSyntax
	search   searchSyntax

	// convert returns what turns a filter's value into an argument for a
	// comparison with a column of the kind.
	convert func(op string, k model.Kind) converter
	// estimate returns how many rows the database expects of a statement; nil if it cannot tell.
	estimate func(ctx context.Context, c db.Conn, sql string, args []any) (int64, error)
	// searches returns which search indexes there are.
	searches func(ctx context.Context, c db.Conn) (*searches, error)
	// explain returns the database's own plan of a statement.
	explain func(ctx context.Context, c db.Conn, sql string, args []any) (string, error)
}

type converter func(any) (any, error)

// spelling holds the constant differences between databases.
type spelling struct {
	leadingJoin      string                // a join that the planner starts on the left of
	noLimit          string                // the LIMIT that an OFFSET needs when all rows are wanted
	booleans         map[bool]string       // true and false
	casts            map[model.Kind]string // what follows an argument compared with a value inside a JSON column
	decimalSum       string                // a format: the sum of decimals
	decimalMinus     string                // a format: the difference of two decimals
	zero             string                // the decimal 0
	decimalCollation string                // compares decimals as numbers; "" where their column type does
	jsonNumber       model.Kind            // what numbers inside a JSON column are compared as

	element, ordinal string // columns of an unnested list: the value and its position
	word             string // the column of unnested words, qualified

	joinsToOne bool // a to-one record is joined, not looked up in a subquery
	prefersIn  bool // a filter over an edge is faster as a list of keys than as EXISTS
	counters   bool // triggers keep the numbers of rows: see model.CountTable
	keepsOrder bool // the rows of an ordered subquery stay in order
	nullsFirst bool // nulls sort before values unless the statement says otherwise
}

// jsonWriter builds JSON out of rows.
type jsonWriter interface {
	// record returns an object of from, or of the FROM item at hand when from
	// is empty, and the join that the object needs there.
	record(pairs []pair, from, alias string) (doc, join string)
	array(r listRows) string     // the rows' documents in order; [] for no rows
	tuple(values []pair) string  // an array of single values
	column(column string) string // a JSON column as a document

	// boundedArray is like array, but fails with a message if there are more
	// than most rows.
	boundedArray(r listRows, most int, message string) string
}

// listRows are the parts of a SELECT of documents.
type listRows struct{ doc, from, order string }

func (r listRows) query() string {
	return "SELECT " + r.doc + " AS doc FROM " + r.from + " ORDER BY " + r.order
}

// jsonReader looks into a JSON column. A path is bound as an argument.
type jsonReader interface {
	path(keys []string) string // the argument, not SQL
	exists(column, path string) string
	value(column, path string, class valueClass) string // null when it has another JSON type
}

// listSyntax compares with lists and unnests them. A list is an argument or a
// column.
type listSyntax interface {
	unnest(column, alias string) string // a FROM item
	member(left string, k model.Kind, list string) string
	compare(op, left, list string) string // $contains, $overlap, $contained
	positions(list, alias string) string  // a FROM item with each value of a list of text and its first position
}

// textSyntax matches text and finds words in it.
type textSyntax interface {
	match(op, left, pattern string) string // $like, $ilike, $re
	words(list string) string              // a FROM item with one row for each word
	contains(expr string, k model.Kind, word string) string
}

// dialectOf chooses the dialect of a database. Nothing else in this package
// asks which database it is.
func dialectOf(d db.DB) *dialect {
	switch name := d.Dialect().Name(); name {
	case "sqlite":
		return sqlite(d.Dialect())
	case "postgres":
		return postgres(d.Dialect())
	default:
		panic(fmt.Sprintf("query: no SQL dialect for database %q", name))
	}
}

func (d *dialect) quote(identifier string) string { return d.names.Quote(identifier) }

// constant returns a constant of an edge as SQL.
func (d *dialect) constant(v any) string {
	switch v := v.(type) {
	case string:
		return literal(v)
	case bool:
		return d.booleans[v]
	}
	return fmt.Sprint(v)
}

// literal returns text as an SQL literal. Only names from descriptors and
// constants of edges are written this way; values are bound.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// collate returns an expression that compares as a column of its kind would.
func (d *dialect) collate(expr string, k model.Kind) string {
	if k == model.Decimal && d.decimalCollation != "" {
		return "(" + expr + " COLLATE " + d.decimalCollation + ")"
	}
	return expr
}

// aggregate applies $sum, $min, $max or total to an expression.
func (d *dialect) aggregate(function, expr string, k model.Kind) string {
	switch {
	case function == total:
		return "coalesce(" + fmt.Sprintf(d.decimalSum, expr) + ", " + d.zero + ")"
	case function == "$sum" && k == model.Decimal:
		return fmt.Sprintf(d.decimalSum, expr)
	}
	return function[1:] + "(" + d.collate(expr, k) + ")"
}

// minus returns the difference of two decimals.
func (d *dialect) minus(a, b string) string { return fmt.Sprintf(d.decimalMinus, a, b) }

// direction returns the tail of a sort key: nulls come last ascending, first
// descending.
func (d *dialect) direction(desc, nullable bool) string {
	written := nullable && d.nullsFirst
	switch {
	case desc && written:
		return " DESC NULLS FIRST"
	case desc:
		return " DESC"
	case written:
		return " NULLS LAST"
	}
	return ""
}

// fullText reports whether text holds every word of a list; null for no text.
func (d *dialect) fullText(left, list string) string {
	return "CASE WHEN " + left + " IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM " + d.text.words(list) + " WHERE NOT " +
		d.text.contains(left, model.Text, d.word) + ") END"
}
