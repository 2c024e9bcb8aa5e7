package model

import "fmt"

// A Derivation says how the database computes a field that has no column: a
// difference of two columns of the row, or the sum of a column over the records
// of a relation. Both are of decimals that cannot be null.
type Derivation struct {
	Column string // of the row or, if Over is set, of the related records
	Minus  string // the column that is subtracted; "" for a sum
	Over   string // a to-many relation or link of the model; "" for a difference
}

// Derive adds a field that is computed when a query reads it. In queries it is a
// field like any other: returned by *, and used in filters and sorts.
//
//	Derive("available_quantity", Derivation{Column: "stocked_quantity", Minus: "reserved_quantity"})
//	Derive("stocked_quantity", Derivation{Column: "stocked_quantity", Over: "location_levels"}) // 0 without levels
func (m *Model) Derive(name string, d Derivation) *Model {
	m.derived = append(m.derived, &Field{Name: name, Kind: Decimal, Derived: &d})
	return m
}

// Readable returns the fields that queries can read: the columns that are not
// secret, and the derived fields.
func (m *Model) Readable() []*Field {
	out := make([]*Field, 0, len(m.Fields)+len(m.derived))
	for _, f := range m.Fields {
		if !f.Secret {
			out = append(out, f)
		}
	}
	return append(out, m.derived...)
}

// checkDerived returns an error for a derived field that cannot be computed.
func (g *Graph) checkDerived(m *Model) error {
	for _, f := range m.derived {
		d, of := f.Derived, m
		if d.Over != "" {
			e := g.Edge(m, d.Over)
			if e == nil || !e.Many || e.To == nil {
				return fmt.Errorf("model %s: the field %s is derived from %q, which is not a list of records", m, f.Name, d.Over)
			}
			of = e.To
		}
		if m.Field(f.Name) != nil || g.Edge(m, f.Name) != nil {
			return fmt.Errorf("model %s: the derived field %s has the name of a column or a relation", m, f.Name)
		}
		if !of.sums(d.Column) || d.Over == "" && !of.sums(d.Minus) {
			return fmt.Errorf("model %s: the field %s is derived from columns that are not decimals, or can be null", m, f.Name)
		}
	}
	return nil
}

// sums reports whether a column is a decimal in every row.
func (m *Model) sums(column string) bool {
	f := m.Visible(column)
	return f != nil && f.Kind == Decimal && !f.Null
}
