package body

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// Columns are the columns of a model that a body may set.
type Columns struct {
	model   *model.Model
	columns []column
	ignored []string
}

type column struct {
	Property
	field *model.Field
}

// ColumnsOf returns columns of a model. One that the database has no value for
// is required, unless its name ends in a question mark: rules fill it.
//
// A column that the model does not have, or that only the server sets (a
// timestamp, a secret), is a mistake of the program, so ColumnsOf panics.
func ColumnsOf(m *model.Model, names ...string) Columns {
	out := Columns{model: m}
	for _, name := range names {
		name, optional := strings.CutSuffix(name, "?")
		f := m.Field(name)
		switch {
		case f == nil:
			panic(fmt.Sprintf("body: %s has no column %q", m, name))
		case f.Secret, name == "created_at", name == "updated_at", name == "deleted_at":
			panic(fmt.Sprintf("body: %s.%s is set by the server alone", m, name))
		}
		required := !optional && !f.Null && f.Default == "" && !f.Serial
		out.columns = append(out.columns, column{Property{name, typeOf(f), required}, f})
	}
	return out
}

// typeOf returns the type of a column's values.
func typeOf(f *model.Field) Type {
	kinds := [...]Type{
		model.Text: Text, model.Int: Integer, model.Float: Number, model.Decimal: Amount, model.Bool: Flag,
		model.Time: Date, model.JSON: Map, model.TextList: IDs,
	}
	t := kinds[f.Kind]
	t.Enum, t.Null = f.Enum, f.Null
	return t
}

// Optional returns the same columns, each of which can be left out.
func (c Columns) Optional() Columns {
	c.columns = slices.Clone(c.columns)
	for i := range c.columns {
		c.columns[i].Required = false
	}
	return c
}

// With returns the columns with some declared by hand, where a body accepts other
// values than the model: an email address, a number that is not negative. The
// kind of value must be that of the column; a JSON column may also be Any.
func (c Columns) With(more ...Property) Columns {
	c.columns = slices.Clone(c.columns)
	for _, p := range more {
		i := slices.IndexFunc(c.columns, func(own column) bool { return own.Name == p.Name })
		if i < 0 {
			panic(fmt.Sprintf("body: %s: With declares %q, which is not among the columns", c.model, p.Name))
		}
		own := &c.columns[i]
		if was := typeOf(own.field).Kind; p.Type.Kind != was && (was != KindObject || p.Type.Kind != KindAny) {
			panic(fmt.Sprintf("body: %s.%s is of type %s, not %s", c.model, p.Name, was, p.Type.Kind))
		}
		if p.Type.Either != nil || p.Type.Object != nil {
			panic(fmt.Sprintf("body: %s.%s: With declares values that a column cannot hold", c.model, p.Name))
		}
		if p.Type.Enum == nil {
			p.Type.Enum = own.field.Enum
		}
		own.Property = p
	}
	return c
}

// Ignoring returns the columns with names of properties that are taken and
// dropped; their values are objects or null.
func (c Columns) Ignoring(names ...string) Columns {
	c.ignored = append(slices.Clone(c.ignored), names...)
	return c
}
