package model

import (
	"reflect"
	"slices"
)

// A Model describes a data model: its table, its fields, and its names in
// queries. Define returns the Model of a struct. A Model must not be changed
// after a Graph has been created of it.
type Model struct {
	Name        string       // singular, in snake case: "order_line_item"
	Module      string       // the module that has the model, which sets it; "link" for link tables
	Table       string       // the Name, unless set by OnTable
	Prefix      string       // of new ids: "ordli"; if "", ids are bare ULIDs
	Entities    []string     // the names in queries: the Name and its plural, unless set by Named
	Key         []string     // the primary key columns: one, except for pivot tables
	Fields      []*Field     // the columns, in the order of their output
	Indexes     []Index      // besides the primary key
	Checks      []Check      // conditions that every row meets
	Counted     bool         // where counting reads every row, triggers keep the number of live ones
	CountedBy   string       // a required column, for a number for each of its values; or ""
	SearchIndex bool         // whether an index finds the text of the searchable columns
	Cascade     []string     // relations whose records are soft-deleted and restored with this record
	Past        *Hop         // leads to the row that has the columns that follow as they were in a version; or nil
	Go          reflect.Type // the struct; nil for link tables and plain pivot tables
	relations   []relation
	declared    []*Edge  // edges given to With
	derived     []*Field // given to Derive
	fieldIndex  map[string]*Field
}

// CountTable is the table that has the number of live rows of counted models in
// SQLite, which reads every row to count them: a row for each table (name) and
// value of CountedBy (part). Triggers keep it.
const CountTable = "gorgon_count"

// A Field describes a column.
type Field struct {
	Name       string
	Kind       Kind
	Null       bool
	Serial     bool        // the database numbers the rows from 1
	Searchable bool        // the free text filter q searches the column
	AnyCase    bool        // texts that differ only in case are the same, as emails are: they are written in lower case
	Secret     bool        // queries do not know the column
	Unlisted   bool        // * leaves the column out; it is read by its name
	Follows    bool        // the module computes the column from other records, as Module.Settle does
	Default    string      // value of a new row, as text: "0", "true", "pending"; "" if none
	Enum       []string    // the allowed values; nil allows any
	References *Reference  // the foreign key, or nil
	Path       []int       // the index path of the struct field; nil without a struct
	Derived    *Derivation // how the field is computed; nil for a column
}

// A Reference is a foreign key to a column of another model.
type Reference struct {
	Model    *Model
	Column   string
	OnDelete string // "CASCADE", "SET NULL" or "NO ACTION"
}

// An Index is an index of a table. If the table has the column deleted_at, the
// index covers only live rows, whose deleted_at is null, unless it begins with a
// serial column.
type Index struct {
	Columns []string
	Unique  bool
	Where   string // a further condition, in SQL for both databases; or ""
}

// A Check is a condition that every row meets, in SQL for both databases.
type Check struct{ Name, Expr string }

// Field returns the column with the name, or nil.
func (m *Model) Field(name string) *Field { return m.fieldIndex[name] }

// Visible returns the field that queries know by the name, a column or a derived
// field; nil if there is none or it is secret.
func (m *Model) Visible(name string) *Field {
	if f := m.fieldIndex[name]; f != nil && !f.Secret {
		return f
	}
	for _, f := range m.derived {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// PrimaryKey returns the key column, or "" if the key has several columns.
func (m *Model) PrimaryKey() string {
	if len(m.Key) == 1 {
		return m.Key[0]
	}
	return ""
}

// SoftDeletes reports whether the model has the field deleted_at.
func (m *Model) SoftDeletes() bool { return m.fieldIndex["deleted_at"] != nil }

// Searchable reports whether the free text filter q searches any field.
func (m *Model) Searchable() bool {
	return slices.ContainsFunc(m.Fields, func(f *Field) bool { return f.Searchable && !f.Secret })
}

// String returns the model's name.
func (m *Model) String() string { return m.Name }

// ID returns the name of the model's key in links and commands, such as order_id
// or country_iso_2.
func (m *Model) ID() string { return m.Name + "_" + m.PrimaryKey() }

// AddField appends a field, which Field then finds.
func (m *Model) AddField(f *Field) {
	if m.fieldIndex == nil {
		m.fieldIndex = map[string]*Field{}
	}
	m.Fields = append(m.Fields, f)
	m.fieldIndex[f.Name] = f
}
