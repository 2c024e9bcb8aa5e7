package model

import "context"

// Edge is a named way from a record of one model to records of another. A
// relation inside a module, a stored link, a read-only link and a virtual one
// all end as an Edge.
type Edge struct {
	Name string   // the query field on From: "items", "customer", "payment_collections"
	From *Model   // the model that has the field
	To   *Model   // the model of the records it leads to; nil for a virtual edge
	Many bool     // a list (possibly empty), or one record (possibly null)
	Kind EdgeKind // where it comes from
	Hops []Hop    // the tables on the way; the last one's model is To; none for a virtual edge
	Link string   // the link table, for edges of stored links

	Content  string   // a JSON column of To that is answered in place of the record
	Overlay  *Overlay // what records gain when they are reached by this edge
	Virtual  *Virtual // set for virtual edges only
	ListFrom string   // From's TextList column whose ids the edge follows, in their order

	Searchable bool // the free text filter q on From looks into the records' own searchable fields, too
}

// EdgeKind says where an edge comes from.
type EdgeKind string

// The kinds of edge, as `gorgon links` prints them.
const (
	Relation EdgeKind = "relation"  // inside a module
	Stored   EdgeKind = "stored"    // a link with a table
	ReadOnly EdgeKind = "read-only" // a link by a column that one side has
)

// Hop joins one more table on the way of an Edge.
type Hop struct {
	Model *Model
	On    []On
}

// On is one condition of a Hop: Column of the hop's table equals a value that
// is known when the hop is joined, or is null.
type On struct {
	Column string
	Row    int    // whose Of: FromRow, an earlier hop's index, or Arrival(i)
	Of     string // the column there; "" makes Value the value
	Value  any    // a constant: string, int64 or bool
	AsOf   bool   // a query's Version stands in for the value
	Listed bool   // Of is a TextList and Column is one of its elements
	Null   bool   // Column is null; the condition has no value
}

// FromRow stands for the record that an edge starts from.
const FromRow = -1

// Arrival stands for hop i of the edge by which the From record itself was
// reached: adjustments of an order's item are those of the item's own version.
func Arrival(i int) int { return -2 - i }

// ArrivalHop is the i of Arrival(i); ok is false for every other row.
func ArrivalHop(row int) (i int, ok bool) { return -2 - row, row <= -2 }

// Overlay is what the records at the end of an edge gain when they are reached
// by that edge: fields of the rows on the way.
type Overlay struct {
	Fields []OverlayField
	Row    string  // name under which a hop's row is answered whole: "detail"
	RowHop int     // that hop
	Edges  []*Edge // edges of To that depend on the way; they replace To's own of the same name
}

// OverlayField is a field taken from a hop's row; where that is null and
// Fallback is set, from To's column of that name.
type OverlayField struct {
	Field    *Field
	Hop      int
	Column   string
	Fallback string
}

// Virtual is the target of a virtual read-only link: records that live outside
// the database. Column is From's column that holds the id; Resolve is called
// once per level of a query with the ids wanted, without duplicates, and
// answers JSON objects by id. Missing ids become null.
type Virtual struct {
	Column  string
	Resolve func(ctx context.Context, ids []string) (map[string]RawJSON, error)
}

// Target is the last hop.
func (e *Edge) Target() Hop { return e.Hops[len(e.Hops)-1] }
