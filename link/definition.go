package link

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// A Definition describes a link: stored, read-only or virtual. It is a value;
// its methods return a changed copy.
type Definition struct {
	Left, Right End // the ends of a stored link; for other links, Left has the model that has the column

	kind     kind
	table    string
	prefix   string
	entities []string
	columns  []*model.Field

	column   string // for a read-only or virtual link, the column of Left
	field    string // the field on Left that leads to Right
	list     bool   // field is a list, though column holds one key
	inverses []string
	resolve  func(ctx context.Context, ids []string) (map[string]model.RawJSON, error)

	// For a stored link, once installed.
	rows     *model.Model
	defaults []any // of columns, as arguments
}

type kind uint8

const (
	stored kind = iota
	readOnly
	virtual
)

// Between defines a stored link. The ends say how many records of each model can
// be linked to one record of the other:
//
//	One, One    one to one
//	One, Many   one left to many rights
//	Many, One   many lefts to one right
//	Many, Many  many to many
//
// The table is named after the modules and models (order_order_brand_brand), the
// entity after both ends (order_brand).
func Between(left, right End) Definition {
	return Definition{Left: left, Right: right, prefix: "link", entities: []string{left.Alias + "_" + right.Alias}}
}

// ReadOnly defines a link by a column: the column of from holds the primary key
// of a record of to, or a list of keys. The field on from is the name of the
// column without _id (customer for customer_id), or the plural of what precedes
// _ids (items for item_ids).
func ReadOnly(from *model.Model, column string, to *model.Model) Definition {
	field := strings.TrimSuffix(column, "_id")
	if one, ok := strings.CutSuffix(column, "_ids"); ok {
		field = model.Plural(one)
	}
	return Definition{kind: readOnly, Left: One(from), Right: One(to), column: column, field: field}
}

// Virtual defines a link from a column to records outside the database. resolve
// is called once per level of a query with the ids it needs, without duplicates,
// and returns JSON objects by id; an id that it leaves out becomes null.
func Virtual(from *model.Model, column, field string, resolve func(ctx context.Context, ids []string) (map[string]model.RawJSON, error)) Definition {
	return Definition{kind: virtual, Left: One(from), column: column, field: field, resolve: resolve}
}

// As sets the field on the left model of a read-only link.
func (d Definition) As(field string) Definition { d.field = field; return d }

// AsList is like As, for a field that is a list of at most one record, which
// clients of Medusa expect of some links.
func (d Definition) AsList(field string) Definition { d.field, d.list = field, true; return d }

// Inverse adds the opposite direction of a read-only link: a field on the right
// model that lists the records that hold its key.
func (d Definition) Inverse(field string) Definition {
	d.inverses = append(slices.Clip(d.inverses), field)
	return d
}

// Table sets the link table's name.
func (d Definition) Table(name string) Definition { d.table = name; return d }

// Prefix sets the prefix of the link rows' ids; the default is "link".
func (d Definition) Prefix(prefix string) Definition { d.prefix = prefix; return d }

// Entities sets the names of the link table in queries.
func (d Definition) Entities(names ...string) Definition { d.entities = names; return d }

// Columns adds extra columns to the link table. A column that has a default
// cannot be null.
func (d Definition) Columns(columns ...Column) Definition {
	d.columns = slices.Clip(d.columns)
	for _, c := range columns {
		d.columns = append(d.columns, &model.Field{Name: c.Name, Kind: c.Kind, Null: c.Default == "", Default: c.Default})
	}
	return d
}

// A Column is an extra column of a link table. Default is the value in a new
// row, as text ("7", "true", `["a"]`). Without a default the column is nullable,
// so that it can be added to a table that has rows.
type Column struct {
	Name    string
	Kind    model.Kind
	Default string
}

// TableName returns the name of the link table, or "" if the link is not stored.
func (d *Definition) TableName() string {
	switch {
	case d.kind != stored:
		return ""
	case d.table != "":
		return d.table
	}
	return tableName(d.Left, d.Right)
}

// Rows returns the model of the link table. It is nil if the link is not stored
// or has not been installed.
func (d *Definition) Rows() *model.Model { return d.rows }

// String returns the two ends of a stored link ("order - brand"), or the model
// and field of another link.
func (d *Definition) String() string {
	if d.kind == stored {
		return d.Left.name() + " - " + d.Right.name()
	}
	return d.Left.name() + "." + d.field
}

// ends returns pointers to Left and Right.
func (d *Definition) ends() [2]*End { return [2]*End{&d.Left, &d.Right} }

// alone reports whether a record of end i can be linked to at most one record.
func (d *Definition) alone(i int) bool { return !d.ends()[1-i].List }

// Kind returns how the link is kept: "stored", "read-only" or "virtual".
func (d *Definition) Kind() string {
	switch d.kind {
	case readOnly:
		return string(model.ReadOnly)
	case virtual:
		return "virtual"
	}
	return string(model.Stored)
}

// Holder returns the column of the left model that holds the ids of a read-only
// or virtual link, or "" if the link is stored. List reports whether it holds a
// list of them.
func (d *Definition) Holder() (column string, list bool) {
	if d.kind == stored {
		return "", false
	}
	f := d.Left.Model.Field(d.column)
	return d.column, f != nil && f.Kind == model.TextList
}

// Fields returns the fields in queries: those of the left model that lead to the
// right one, and those that lead back.
func (d *Definition) Fields() (right, left []string) {
	if d.kind == stored {
		return d.Right.Names, d.Left.Names
	}
	return []string{d.field}, d.inverses
}

// Extra returns the names of the extra columns of the link table.
func (d *Definition) Extra() []string {
	names := make([]string, len(d.columns))
	for i, f := range d.columns {
		names[i] = f.Name
	}
	return names
}
