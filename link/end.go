package link

import (
	"slices"

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
	RowName string   // the field on the other end that leads to the link rows: Alias_link; "" for none
	Within  string   // the field of a link row that leads here: Alias; "" for none
	Past    []Past   // fields on the other end that lead on from here; see Beyond
}

// Past is a field on the other end that leads to this end's record and on along
// one of its relations.
type Past struct {
	Field    string // on the other end: "prices"
	Relation string // of this end's model: "prices"
}

// One is an end of which one record at the most is linked to a record of the
// other end.
func One(m *model.Model) End { return end(m, false) }

// Many is an end of which many records may be linked to one of the other end.
func Many(m *model.Model) End { return end(m, true) }

// end leaves the names of no model empty; Install says what is wrong.
func end(m *model.Model, list bool) End {
	e := End{Model: m, List: list}
	if m == nil {
		return e
	}
	return e.As(m.Name)
}

// As makes all names of the end from another word than the model's name.
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

// Cascade has Manager.Delete soft-delete this end's records when it deletes
// the other end's. The model must have deleted_at.
func (e End) Cascade() End { e.Delete = true; return e }

// Key sets the end's column in the link table.
func (e End) Key(column string) End { e.Column = column; return e }

// Named sets the fields on the other end that lead here; no names make none.
func (e End) Named(names ...string) End { e.Names = names; return e }

// Rows sets the field on the other end that leads to the link rows; "" makes
// none.
func (e End) Rows(name string) End { e.RowName = name; return e }

// Inside sets the field of a link row that leads here; "" makes none.
func (e End) Inside(name string) End { e.Within = name; return e }

// Beyond adds a field on the other end that leads through this end's record to
// what one of its relations leads to, in one step: with
// One(pricing.PriceSets).Beyond("prices", "prices"), variant.prices are the
// records of variant.price_set.prices.
func (e End) Beyond(field, relation string) End {
	e.Past = append(slices.Clip(e.Past), Past{field, relation})
	return e
}

// name is the name of the end's model, for messages.
func (e End) name() string {
	if e.Model == nil {
		return "?"
	}
	return e.Model.Name
}
