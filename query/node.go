package query

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// The types of this file are a resolved request: names have become descriptors.

// scope is where rows of a model occur: the root, the end of an edge, or a row
// in between that an overlay shows. The planner assigns its aliases.
type scope struct {
	model      *model.Model
	edge       *model.Edge // leads here; nil at the root
	parent     *scope      // where the edge starts
	row        int         // the hop of an overlay's row; else noRow
	alias      string      // of the model's table
	hops       []string    // aliases of the edge's hops; the last is alias
	asOf       bool        // versioned edges use the request's version
	overlayRow *scope      // the scope of the overlay's row, once requested
	visible    *cond       // what a record must meet to be seen; nil for all records
}

const noRow = -1

// node is one record, or list of records, of the result.
type node struct {
	scope      *scope
	name       string // the key in the parent's JSON; "" at the root
	path       string // dotted, from the root
	columns    []column
	aggregates []namedAggregate
	children   []*node
	virtuals   []virtual
	where      *cond  // of a nested list, or of the root
	order      []sort // ends in the primary key
	ordered    bool   // the request gives the order
	limit      int    // of a nested list; 0 means no limit
	offset     bool
	content    *model.Field // the JSON column shown in place of the record, if any
}

// column is a column of the result.
type column struct {
	name  string
	value operand
	raw   bool // the companion {"value", "precision"} of a decimal
}

// namedAggregate is an aggregate of the result.
type namedAggregate struct {
	name  string // "items.$count"
	value operand
}

// virtual is a virtual edge of the result: the statement returns its key column,
// which the resolver's record then replaces.
type virtual struct {
	name string
	key  operand
	edge *model.Edge
}

// operand is a value of a row: a column, a path into a JSON column, or an
// aggregate over an edge.
type operand struct {
	scope     *scope
	field     *model.Field
	overlay   *model.OverlayField // set when the value comes from a row on the edge's way
	json      []string            // path into a JSON column; with inJSON, an empty path is the whole value
	inJSON    bool
	aggregate *aggregate
}

func (o operand) kind() model.Kind {
	if o.aggregate != nil {
		return o.aggregate.kind()
	}
	return o.field.Kind
}

// nullable reports whether the value can be null.
func (o operand) nullable() bool {
	return o.aggregate != nil && !o.aggregate.always() || o.aggregate == nil && (o.field.Null || o.inJSON || o.overlay != nil)
}

// aggregate is a function over the records at the end of an edge, or the function
// of a derived field.
type aggregate struct {
	function string
	end      *scope  // the edge's end; nil for minus
	of       operand // the column; unset for $count
	minus    operand // the column that minus subtracts
}

// The functions of derived fields, beside $count, $sum, $min and $max.
const (
	total = "total" // $sum that is 0 of no records
	minus = "minus"
)

// always reports whether the value is never null.
func (a *aggregate) always() bool {
	return a.function == "$count" || a.function == total || a.function == minus
}

func (a *aggregate) kind() model.Kind {
	if a.function == "$count" {
		return model.Int
	}
	return a.of.kind()
}

// cond is a resolved condition. It is true, false or null, as in SQL.
type cond struct {
	op       condOp
	children []*cond // of all, any, not, and what must hold at the end
	left     operand // of a comparison
	compare  string  // "$eq" …
	slot     int
	class    valueClass // of the value, or of a list's elements
	hasNull  bool
	end      *scope // of some, none, every: the edge's end
	search   []*searched
	path     string
}

// searched is a set of columns that the free text filter searches: the record's
// own, or those at the end of an edge.
type searched struct {
	end     *scope // nil for the record's own
	columns []operand
}

type condOp uint8

const (
	opAll condOp = iota // and; of nothing: true
	opAny               // or; of nothing: false
	opNot
	opCompare // left compare slot
	opSome    // at least one record at the end fulfills children
	opNone    // no record at the end fulfills children
	opEvery   // no record at the end fails children
	opSearch  // free text
)

// sort is a resolved sort key.
type sort struct {
	value operand
	desc  bool
	text  string
	name  string // the column of the page that exposes it: "~1"; "" for a column of the root
	joins []*scope
}

// follows reports whether a condition follows edges.
func (c *cond) follows() bool {
	if c == nil {
		return false
	}
	return c.end != nil || len(c.search) > 0 || c.left.aggregate != nil || slices.ContainsFunc(c.children, (*cond).follows)
}
