package link

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// An End is one side of a stored link. One and Many return an End whose names
// are derived from its model; its methods return a copy with other names.
type End struct {
	Model   *model.Model
	List    bool     // many records of this end may be linked to one record of the other end
	Delete  bool     // records of this end are soft-deleted together with the record of the other end; see Cascade
	Alias   string   // the word that the names below are made of; by default the model's name
	Column  string   // the column of the link table with this end's key; by default Alias, an underscore and the primary key
	Names   []string // the fields on the other end that lead here; by default Alias, or its plural if List is set
	RowName string   // the field on the other end that leads to the link rows; by default Alias_link; "" means no field
	Within  string   // the field of a link row that leads here; by default Alias; "" means no field
	Past    []Past   // the fields on the other end that lead past this end; see Beyond
}

// A Past is a field on the other end that leads through this end's record to
// what one of its relations leads to. See Beyond.
type Past struct {
	Field    string // the field on the other end, such as "prices"
	Relation string // the relation of this end's model, such as "prices"
}

// One returns an End of which at most one record can be linked to a record of
// the other end.
func One(m *model.Model) End { return end(m, false) }

// Many returns an End of which many records can be linked to a record of the
// other end.
func Many(m *model.Model) End { return end(m, true) }

// end leaves all names empty if the model is nil; Install reports that.
func end(m *model.Model, list bool) End {
	e := End{Model: m, List: list}
	if m == nil {
		return e
	}
	return e.As(m.Name)
}

// As derives all names of the end from alias instead of the model's name.
func (e End) As(alias string) End {
	if e.Model == nil {
		return e
	}
	e.Alias = alias
	e.Column = alias + "_" + e.Model.PrimaryKey()
	e.Names = []string{alias}
	if e.List {
		e.Names = []string{model.Plural(alias)}
	}
	e.RowName, e.Within = alias+"_link", alias
	return e
}

// Cascade makes this end's records be soft-deleted when a record of the other
// end that they are linked to is deleted. The model must have deleted_at.
func (e End) Cascade() End { e.Delete = true; return e }

// Key sets the column of the link table that holds this end's key.
func (e End) Key(column string) End { e.Column = column; return e }

// Named sets the fields on the other end that lead here. Without names there is
// no such field.
func (e End) Named(names ...string) End { e.Names = names; return e }

// Rows sets the field on the other end that leads to the link rows; "" means no
// field.
func (e End) Rows(name string) End { e.RowName = name; return e }

// Inside sets the field of a link row that leads here; "" means no field.
func (e End) Inside(name string) End { e.Within = name; return e }

// Beyond adds a field on the other end that leads through this end's record to
// what one of its relations leads to. With
// One(pricing.PriceSets).Beyond("prices", "prices") on a link of variants,
// variant.prices is short for variant.price_set.prices.
func (e End) Beyond(field, relation string) End {
	e.Past = append(slices.Clip(e.Past), Past{field, relation})
	return e
}

// name returns the name of the end's model, for messages.
func (e End) name() string {
	if e.Model == nil {
		return "?"
	}
	return e.Model.Name
}
