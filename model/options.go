package model

// OnTable sets the table's name where it is not the model's.
func (m *Model) OnTable(table string) *Model { m.Table = table; return m }

// WithPrefix sets the prefix of generated ids; "" makes bare ULIDs.
func (m *Model) WithPrefix(prefix string) *Model { m.Prefix = prefix; return m }

// Named replaces the names that queries know the model by.
func (m *Model) Named(entities ...string) *Model { m.Entities = entities; return m }

// Index adds an index over live rows.
func (m *Model) Index(columns ...string) *Model {
	m.Indexes = append(m.Indexes, Index{Columns: columns})
	return m
}

// Unique adds a unique index over live rows.
func (m *Model) Unique(columns ...string) *Model {
	m.Indexes = append(m.Indexes, Index{Columns: columns, Unique: true})
	return m
}

// UniqueWhere adds a unique index over the live rows that fulfill a condition.
func (m *Model) UniqueWhere(where string, columns ...string) *Model {
	m.Indexes = append(m.Indexes, Index{Columns: columns, Unique: true, Where: where})
	return m
}

// Check adds a condition that every row fulfills.
func (m *Model) Check(name, expr string) *Model {
	m.Checks = append(m.Checks, Check{name, expr})
	return m
}

// Cascades names the relations whose records are soft-deleted and restored
// together with a record of this model.
func (m *Model) Cascades(relations ...string) *Model { m.Cascade = relations; return m }

// With declares edges by hand, beside or instead of the relations of the
// struct: ways that are not one foreign key or one pivot table. Their From is
// this model.
func (m *Model) With(edges ...*Edge) *Model { m.declared = append(m.declared, edges...); return m }
