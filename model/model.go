package model

import (
	"reflect"
	"slices"
)

// Model describes one data model: its table, its fields, how it is named in
// queries. Define makes one from a struct; after it has joined a Graph it must
// not change.
type Model struct {
	Name       string       // singular, snake case: "order_line_item"; its name in link commands and messages
	Module     string       // the module it belongs to: "order"; set by the module; "link" for link tables
	Table      string       // the table; the Name unless OnTable says otherwise
	Prefix     string       // of generated ids: "ordli"; "" makes bare ULIDs
	Entities   []string     // the names queries know it by; Name and its plural unless Named
	Key        []string     // primary key columns: one, but for pivot tables
	Fields     []*Field     // columns in the order they are answered
	Indexes    []Index      // beside the primary key
	Checks     []Check      // conditions every row fulfills
	Cascade    []string     // relations whose records are soft-deleted and restored with this record
	Go         reflect.Type // the struct; nil for tables made without one (links, pivots)
	relations  []relation
	declared   []*Edge // edges declared by hand, beside the relations of the struct
	fieldIndex map[string]*Field
}

// Field describes one column.
type Field struct {
	Name       string
	Kind       Kind
	Null       bool
	Serial     bool       // numbered by the database: 1, 2, 3 … per table
	Searchable bool       // found by the free text filter q
	Secret     bool       // for the server alone: queries do not know the column
	Default    string     // value of a new row, as text ("0", "true", "pending"); "" is none
	Enum       []string   // the values allowed; nil allows any
	References *Reference // the record the value points to, as a foreign key
	Path       []int      // of the struct field, for reflect; nil without a struct
}

// Reference is a foreign key.
type Reference struct {
	Model    *Model
	Column   string
	OnDelete string // "CASCADE", "SET NULL" or "NO ACTION"
}

// Index is an index over live rows (deleted_at is null) of a table that has
// deleted_at; over all rows of one that has not.
type Index struct {
	Columns []string
	Unique  bool
	Where   string // further condition, in SQL both databases understand; "" is none
}

// Check is a condition every row fulfills, in SQL both databases understand.
type Check struct{ Name, Expr string }

// Field returns the field of that name, or nil.
func (m *Model) Field(name string) *Field { return m.fieldIndex[name] }

// Visible returns the field of that name that queries know: nil for a secret
// one, as for one that is not there.
func (m *Model) Visible(name string) *Field {
	if f := m.fieldIndex[name]; f != nil && !f.Secret {
		return f
	}
	return nil
}

// PrimaryKey is the one key column, or "" for a pivot table's pair.
func (m *Model) PrimaryKey() string {
	if len(m.Key) == 1 {
		return m.Key[0]
	}
	return ""
}

// SoftDeletes reports whether the model has deleted_at.
func (m *Model) SoftDeletes() bool { return m.fieldIndex["deleted_at"] != nil }

// Searchable reports whether the free text filter q finds anything here.
func (m *Model) Searchable() bool {
	return slices.ContainsFunc(m.Fields, func(f *Field) bool { return f.Searchable && !f.Secret })
}

// String is the model's name.
func (m *Model) String() string { return m.Name }

// ID is the name of the model's key in links and commands: order_id,
// country_iso_2.
func (m *Model) ID() string { return m.Name + "_" + m.PrimaryKey() }

// AddField appends a field and keeps the index by name.
func (m *Model) AddField(f *Field) {
	if m.fieldIndex == nil {
		m.fieldIndex = map[string]*Field{}
	}
	m.Fields = append(m.Fields, f)
	m.fieldIndex[f.Name] = f
}
