package query

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// The resolved query: every name has become a descriptor.

// scope is a place where the rows of a model are: the root, the end of an
// edge, or a row on an edge's way. Its aliases are given by the planner.
type scope struct {
	model  *model.Model
	edge   *model.Edge // that leads here; nil at the root
	parent *scope      // where the edge starts
	row    int         // for a hop's row answered whole: the hop; else noRow
	alias  string      // of the model's table
	hops   []string    // aliases of the edge's hops; the last is alias
	asOf   bool        // edges of versioned rows read the query's version
	overlayRow *scope      // the overlay's row, once it was asked for
}

const noRow = -1

// node is one record, or list of records, of the answer.
type node struct {
	scope    *scope
	name     string // the key under which the parent answers it; "" at the root
	path     string // dotted, from the root
	columns  []column
	aggregates []namedAggregate
	children     []*node
	virtuals []virtual
	where    *cond  // of a nested list, or of the root
	order    []sort // ends in the primary key
	ordered bool   // the order is the request's own, not the natural one
	limit    int    // of a nested list; 0 is none
	offset   bool
	content  *model.Field
}

// column is a field of the answer.
type column struct {
	name  string
	value operand
	raw   bool // the companion {"value", "precision"} of a decimal
}

// measured is an aggregate of the answer.
type namedAggregate struct {
	name  string // "items.$count"
	value operand
}

// virtual is a virtual edge of the answer: its key column is answered, and the
// resolver's record put in its place.
type virtual struct {
	name string
	key  operand
	edge *model.Edge
}

// operand is a value of a row: a column, a path into a JSON column, or an
// aggregate over an edge.
type operand struct {
	scope   *scope
	field   *model.Field
	overlay *model.OverlayField // set when the value comes from a row on the way
	json    []string            // path into a JSON column; with inJSON, an empty path is the whole value
	inJSON  bool
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
	return o.aggregate != nil && o.aggregate.function != "$count" || o.aggregate == nil && (o.field.Null || o.inJSON || o.overlay != nil)
}

// aggregate is a function over the records at the end of an edge.
type aggregate struct {
	function string
	end      *scope  // the edge's end
	of       operand // the column; unset for $count
}

func (a *aggregate) kind() model.Kind {
	if a.function == "$count" {
		return model.Int
	}
	return a.of.kind()
}

// cond is a condition. Its truth has three values, as in SQL.
type cond struct {
	op      condOp
	children    []*cond // of all, any, not
	left    operand // of a comparison
	compare string  // "$eq" …
	slot    int
	class   valueClass // of the value, or of a list's elements
	hasNull bool
	end     *scope // of some, none, every: the edge's end
	search  []*searched
	path    string
}

// searched is where the free text filter looks: columns here and, through
// edges, elsewhere.
type searched struct {
	end     *scope // nil for the record itself
	columns []operand
}

type condOp uint8

const (
	opAll     condOp = iota // and; of nothing: true
	opAny                   // or; of nothing: false
	opNot                   //
	opCompare               // left compare slot
	opSome                  // at least one record at the end fulfills children
	opNone                  // no record at the end fulfills children
	opEvery                 // no record at the end fails children
	opSearch                // free text
)

// sort is a resolved sort key.
type sort struct {
	value operand
	desc  bool
	text  string
	name  string // under which the page exposes it: "~1"; "" for a column of the root
	joins []*scope
}

// follows reports whether a condition looks beyond the record itself.
func (c *cond) follows() bool {
	if c == nil {
		return false
	}
	return c.end != nil || len(c.search) > 0 || c.left.aggregate != nil || slices.ContainsFunc(c.children, (*cond).follows)
}
