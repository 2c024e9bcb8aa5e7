package link

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// End is one side of a stored link. One and Many make it; the methods set what
// differs from the names that follow from the model.
type End struct {
	Model   *model.Model
	List    bool     // many records of this end may be linked to one of the other
	Delete  bool     // records of this end are soft-deleted when Manager.Delete removes the other end
	Alias   string   // what names are made of; the model's name
	Column  string   // its key in the link table: Alias, underscore, primary key
	Names   []string // the fields on the other end that lead here: Alias, or its plural for a list
	RowName string   // the field on the other end that leads to the link rows: Alias_link
	Within  string   // the field of a link row that leads here: Alias
}

// One is an end of which one record at the most is linked to a record of the
// other end.
func One(m *model.Model) End { return end(m, false) }

// Many is an end of which many records may be linked to one of the other end.
func Many(m *model.Model) End { return end(m, true) }

func end(m *model.Model, list bool) End { return End{Model: m, List: list}.As(m.Name) }

// As makes all names of the end from another word than the model's name.
func (e End) As(alias string) End {
	e.Alias = alias
	e.Column = alias + "_" + e.Model.PrimaryKey()
	e.Names = []string{alias}
	if e.List {
		e.Names = []string{model.Plural(alias)}
	}
	e.RowName, e.Within = alias+"_link", alias
	return e
}

// Cascade has Manager.Delete soft-delete this end's records when it deletes
// the other end's.
func (e End) Cascade() End { e.Delete = true; return e }

// Key sets the end's column in the link table.
func (e End) Key(column string) End { e.Column = column; return e }

// Named sets the fields on the other end that lead here.
func (e End) Named(names ...string) End { e.Names = names; return e }

// Rows sets the field on the other end that leads to the link rows.
func (e End) Rows(name string) End { e.RowName = name; return e }

// Inside sets the field of a link row that leads here.
func (e End) Inside(name string) End { e.Within = name; return e }

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

	rows *model.Model // of a stored link, once installed
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
// without _id.
func ReadOnly(from *model.Model, column string, to *model.Model) Definition {
	return Definition{kind: readOnly, Left: One(from), Right: One(to), column: column, field: strings.TrimSuffix(column, "_id")}
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

// Columns adds columns of the shop's own to the link table. One that is not
// nullable needs a default.
func (d Definition) Columns(columns ...Column) Definition {
	d.columns = slices.Clip(d.columns)
	for _, c := range columns {
		d.columns = append(d.columns, &model.Field{Name: c.Name, Kind: c.Kind, Null: c.Default == "", Default: c.Default})
	}
	return d
}

// Column is an extra column of a link table. Default is the value of a new
// row, as text ("7", "true"); without one the column is nullable.
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

// between reports whether the link is stored and its ends are these models, in
// either order.
func (d *Definition) between(a, b *model.Model) bool {
	return d.kind == stored && (d.Left.Model == a && d.Right.Model == b || d.Left.Model == b && d.Right.Model == a)
}

// ends are left and right, as pointers into the definition.
func (d *Definition) ends() [2]*End { return [2]*End{&d.Left, &d.Right} }

// tableName joins modules and aliases. A part that repeats the one before it
// is kept: product_product_brand_brand is the table of product and brand.
// Names longer than PostgreSQL's 63 bytes would be cut there, so they are
// shortened here, the same way every time.
func tableName(left, right End) string {
	parts := []string{left.Model.Module, left.Alias, right.Model.Module, right.Alias}
	name := strings.Join(parts, "_")
	if len(name) <= maxName {
		return name
	}
	short := slices.Compact(parts)
	name = strings.Join(short, "_")
	if len(name) <= maxName {
		return name
	}
	hash := hashName(strings.Join(parts, "_"))
	return name[:maxName-len(hash)-1] + "_" + hash
}
