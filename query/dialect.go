package query

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// dialect is what the compiler needs to know of a database: how JSON is made,
// how lists, JSON values and text are compared. Arguments and results are SQL.
type dialect interface {
	quote(identifier string) string
	placeholder(n int) string
	constant(v any) string

	record(pairs []pair, from, alias string) (doc, join string) // a record of from, or of the FROM item at hand; and what to join to that
	list(doc, from, order string) string                        // records as an array, [] for none
	joinsOne() bool                                             // whether a linked record is better joined than looked up in a subquery
	document(column string) string                              // a JSON column as a record
	tuple(values []pair) string                                 // values as an array
	aggregate(function, expr string, k model.Kind) string

	collate(expr string, k model.Kind) string // an expression that compares as its column would
	direction(desc, nullable bool) string
	noLimit() string
	position(key, ids string) string

	leads() string   // the JOIN that the planner starts on the left of
	prefersIn() bool // whether filters over edges are better lists of keys than EXISTS
	member(left string, k model.Kind, list string) string
	lists(op, left, list string) string
	text(op, left, pattern string) string
	cast(value string, k model.Kind) string
	converter(op string, k model.Kind) func(any) (any, error)

	jsonPath(keys []string) string
	jsonExists(column, path string) string
	jsonValue(column, path string, class valueClass) string
	jsonMember(left string, k model.Kind, list string) string
	jsonConverter(op string, k model.Kind) func(any) (any, error)

	unnest(column, alias string) string
	element(alias string) string
	ordinal(alias string) string
	words(list string) string
	word() string
	contains(expr string, k model.Kind, word string) string
}

func dialectOf(d db.DB) dialect {
	if d.Dialect().Name() == "sqlite" {
		return sqlite{d.Dialect()}
	}
	return postgres{d.Dialect()}
}

// literal is a text as an SQL literal. Only names from descriptors and
// constants of edges are ever written so; values are bound.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
