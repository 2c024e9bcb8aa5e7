package model

import "context"

// An Edge is a named path from a record of one model to records of another.
// Relations within a module and links between modules, whether stored, read-only
// or virtual, are all edges.
type Edge struct {
	Name string   // the query field of From: "items", "customer", "payment_collections"
	From *Model   // the model that has the query field
	To   *Model   // the model of the records at the end; nil for a virtual edge
	Many bool     // whether the value is a list, possibly empty, or one record, possibly null
	Kind EdgeKind // what declares the edge
	Hops []Hop    // the tables to join, the last one To's; nil for a virtual edge
	Link string   // the link table, if the edge is of a stored link

	Content  string   // a JSON column of To to return in place of the record
	Overlay  *Overlay // what the edge adds to the records
	Virtual  *Virtual // set for virtual edges only
	ListFrom string   // a TextList column of From with the ids of the records, in order

	Searchable bool // whether the free text filter q on From also searches the records
}

// An EdgeKind is the kind of declaration that an edge comes from.
type EdgeKind string

// The kinds of edge, as `gorgon links` prints them.
const (
	Relation EdgeKind = "relation"  // inside a module
	Stored   EdgeKind = "stored"    // a link with a table
	ReadOnly EdgeKind = "read-only" // a link by a column of one side
)

// A Hop is a join of the next table of an Edge.
type Hop struct {
	Model *Model
	On    []On
}

// On is a condition of a Hop: that Column of the hop's table equals a value of an
// earlier row, equals a constant, or is null.
type On struct {
	Column string
	Row    int    // the row with Of: FromRow, the index of an earlier hop, or Arrival(i)
	Of     string // the column of that row; if "", the value is Value
	Value  any    // a constant: string, int64 or bool
	AsOf   bool   // whether the Version of a query replaces the value
	Listed bool   // whether Of is a TextList that contains Column
	Null   bool   // whether the condition is that Column is null
}

// FromRow is the Row of the record that an edge starts from.
const FromRow = -1

// Arrival returns the Row of hop i of the edge by which the query reached the From
// record. The adjustments of an order's item need it: they are those of the
// version of the item that the order has.
func Arrival(i int) int { return -2 - i }

// ArrivalHop returns i if row is Arrival(i). Otherwise ok is false.
func ArrivalHop(row int) (i int, ok bool) { return -2 - row, row <= -2 }

// An Overlay is what an edge adds to the records at its end: fields of the rows
// that it joins on the way.
type Overlay struct {
	Fields []OverlayField
	Row    string  // the name of a field with the whole row of a hop, such as "detail"; or ""
	RowHop int     // the hop of Row
	Edges  []*Edge // edges of To that depend on this edge; they replace those of the same name
}

// An OverlayField is a field whose value is Column of a hop's row or, if that is
// null and Fallback is set, the column Fallback of To.
type OverlayField struct {
	Field    *Field
	Hop      int
	Column   string
	Fallback string
}

// Virtual is the target of a virtual link: records outside the database. Column is
// the column of From that holds the id. A query calls Resolve once per level,
// with the ids it needs, without duplicates. Resolve returns JSON objects by id;
// ids without one become null.
type Virtual struct {
	Column  string
	Resolve func(ctx context.Context, ids []string) (map[string]RawJSON, error)
}

// Target returns the last hop.
func (e *Edge) Target() Hop { return e.Hops[len(e.Hops)-1] }
