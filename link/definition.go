package link

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// Definition is a link, stored, read-only or virtual. It is a value: the
// methods that change it answer a changed copy.
type Definition struct {
	Left, Right End // of a stored link; of others Left holds the model that has the column

	kind     kind
	table    string
	prefix   string
	entities []string
	columns  []*model.Field

	column   string // of a read-only or virtual link: the column of Left
	field    string // the field on Left that leads to Right
	inverses []string
	resolve  func(ctx context.Context, ids []string) (map[string]model.RawJSON, error)

	// Of a stored link, once installed.
	rows     *model.Model
	defaults []any // of columns, as arguments
}

type kind uint8

const (
	stored kind = iota
	readOnly
	virtual
)

// Between defines a stored link. Left and right say how many of each:
//
//	One, One    one to one
//	One, Many   one left to many rights
//	Many, One   many lefts to one right
//	Many, Many  many to many
//
// The table is named after modules and models (order_order_brand_brand), the
// entity after both ends (order_brand).
func Between(left, right End) Definition {
	return Definition{Left: left, Right: right, prefix: "link", entities: []string{left.Alias + "_" + right.Alias}}
}

// ReadOnly defines a link by a column: from's column holds the primary key of
// a record of to, or a list of them. The field on from is the column's name
// without _id (customer_id: customer), or the plural of what stands before
// _ids (item_ids: items).
func ReadOnly(from *model.Model, column string, to *model.Model) Definition {
	field := strings.TrimSuffix(column, "_id")
	if one, ok := strings.CutSuffix(column, "_ids"); ok {
		field = model.Plural(one)
	}
	return Definition{kind: readOnly, Left: One(from), Right: One(to), column: column, field: field}
}

// Virtual defines a link from a column to records outside the database.
// resolve gets the ids wanted, without duplicates, once per level of a query,
// and answers JSON objects by id; an id it leaves out becomes null.
func Virtual(from *model.Model, column, field string, resolve func(ctx context.Context, ids []string) (map[string]model.RawJSON, error)) Definition {
	return Definition{kind: virtual, Left: One(from), column: column, field: field, resolve: resolve}
}

// As sets the field on the left model of a read-only link.
func (d Definition) As(field string) Definition { d.field = field; return d }

// Inverse adds the way back of a read-only link: a list on the right model of
// the records that hold its key.
func (d Definition) Inverse(field string) Definition {
	d.inverses = append(slices.Clip(d.inverses), field)
	return d
}

// Table sets the link table's name.
func (d Definition) Table(name string) Definition { d.table = name; return d }

// Prefix sets the prefix of the link rows' ids; it is "link" otherwise.
func (d Definition) Prefix(prefix string) Definition { d.prefix = prefix; return d }

// Entities sets the names that queries know the link table by.
func (d Definition) Entities(names ...string) Definition { d.entities = names; return d }

// Columns adds columns of the shop's own to the link table. One that has a
// default cannot be null.
func (d Definition) Columns(columns ...Column) Definition {
	d.columns = slices.Clip(d.columns)
	for _, c := range columns {
		d.columns = append(d.columns, &model.Field{Name: c.Name, Kind: c.Kind, Null: c.Default == "", Default: c.Default})
	}
	return d
}

// Column is an extra column of a link table. Default is the value of a new
// row, as text ("7", "true", `["a"]`); without one the column is nullable, so
// that it can be added to a table that has rows.
type Column struct {
	Name    string
	Kind    model.Kind
	Default string
}

// TableName is the link's table; "" for a link that has none.
func (d *Definition) TableName() string {
	switch {
	case d.kind != stored:
		return ""
	case d.table != "":
		return d.table
	}
	return tableName(d.Left, d.Right)
}

// Rows is the model of the link's table, once the link is installed; nil for a
// link that has none.
func (d *Definition) Rows() *model.Model { return d.rows }

// String names the link by its ends, or by its field.
func (d *Definition) String() string {
	if d.kind == stored {
		return d.Left.name() + " - " + d.Right.name()
	}
	return d.Left.name() + "." + d.field
}

// ends are left and right, as pointers into the definition.
func (d *Definition) ends() [2]*End { return [2]*End{&d.Left, &d.Right} }

// alone reports whether a record of end i is linked to one record at the most.
func (d *Definition) alone(i int) bool { return !d.ends()[1-i].List }
