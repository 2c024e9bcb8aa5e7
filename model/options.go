package model

import "slices"

// OnTable sets the table, if it is not the model's name. Like all options, it
// changes the model and returns it.
func (m *Model) OnTable(table string) *Model { m.Table = table; return m }

// WithPrefix sets the prefix of new ids. If it is "", ids are bare ULIDs.
func (m *Model) WithPrefix(prefix string) *Model { m.Prefix = prefix; return m }

// Named sets the names of the model in queries.
func (m *Model) Named(entities ...string) *Model { m.Entities = entities; return m }

// Index adds an index over live rows. Its last column is the primary key, so that
// records with equal values are found in the order of a page.
func (m *Model) Index(columns ...string) *Model {
	m.Indexes = append(m.Indexes, Index{Columns: m.withKey(columns)})
	return m
}

// Listed is for models whose records are many, and listed: it adds the indexes of
// lists that are sorted by created_at and updated_at, and has the records counted.
func (m *Model) Listed() *Model {
	m.Counted = true
	return m.Index("created_at").Index("updated_at")
}

// CountBy has the records of each value of a column counted, for lists that are of
// one value.
func (m *Model) CountBy(column string) *Model { m.CountedBy = column; return m }

// withKey returns the columns of an index with the primary key.
func (m *Model) withKey(columns []string) []string {
	key := m.PrimaryKey()
	if key == "" || len(columns) == 0 || slices.Contains(columns, key) {
		return columns
	}
	return append(slices.Clone(columns), key)
}

// Unique adds a unique index over live rows.
func (m *Model) Unique(columns ...string) *Model {
	m.Indexes = append(m.Indexes, Index{Columns: columns, Unique: true})
	return m
}

// UniqueWhere adds a unique index over the live rows that meet a condition.
func (m *Model) UniqueWhere(where string, columns ...string) *Model {
	m.Indexes = append(m.Indexes, Index{Columns: columns, Unique: true, Where: where})
	return m
}

// Check adds a condition that every row must meet.
func (m *Model) Check(name, expr string) *Model {
	m.Checks = append(m.Checks, Check{name, expr})
	return m
}

// Cascades sets the relations whose records are soft-deleted and restored with a
// record of this model.
func (m *Model) Cascades(relations ...string) *Model { m.Cascade = relations; return m }

// AsOf says where the columns that follow from other records are read from in a query as
// of a version: from the row that the hop leads to, which has columns of the same names.
func (m *Model) AsOf(past Hop) *Model { m.Past = &past; return m }

// With adds edges from this model that are neither a foreign key nor a pivot
// table. An edge replaces a relation of the struct that has the same name.
func (m *Model) With(edges ...*Edge) *Model { m.declared = append(m.declared, edges...); return m }
