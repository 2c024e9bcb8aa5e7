package api

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
)

// Body declares a JSON object: its properties, in the order documents list
// them. Properties it does not name are refused.
type Body []Property

// Property is one key of a Body.
type Property struct {
	Name     string
	Type     Type
	Required bool
}

// Must is a property that has to be there.
func Must(name string, t Type) Property { return Property{name, t, true} }

// May is a property that can be left out.
func May(name string, t Type) Property { return Property{name, t, false} }

// Type is what values a property takes. The variables and functions below make
// it.
type Type struct {
	Kind     Kind
	Null     bool     // or null
	Enum     []string // of a text: these alone
	Email    bool     // of a text: an address
	Least    *float64 // of a number: not less
	Above    bool     // of a number: more than Least
	Elements *Type    // of a list
	AtLeast  int      // of a list: so many elements
	Body     Body     // of an object; nil takes any keys
	Either   []Type   // other types that will do
}

// Kind is what JSON value a Type takes, by the word that messages and
// documents use.
type Kind string

// The kinds.
const (
	kindText   Kind = "string"
	kindNumber Kind = "number"
	kindInt    Kind = "integer"
	kindAmount Kind = "decimal" // a number, its text, or {"value": text}
	kindFlag   Kind = "boolean" // or its text
	kindDate   Kind = "date"    // RFC 3339
	kindObject Kind = "object"
	kindList   Kind = "array"
	kindAny    Kind = "any"
)

// The plain types.
var (
	Text    = Type{Kind: kindText}
	Email   = Type{Kind: kindText, Email: true}
	Number  = Type{Kind: kindNumber}
	Integer = Type{Kind: kindInt}
	Amount  = Type{Kind: kindAmount}
	Flag    = Type{Kind: kindFlag}
	Date    = Type{Kind: kindDate}
	Map     = Type{Kind: kindObject}
	Any     = Type{Kind: kindAny, Null: true}
)

// OneOf is a text out of a list.
func OneOf(values ...string) Type { return Type{Kind: kindText, Enum: values} }

// List is an array.
func List(of Type) Type { return Type{Kind: kindList, Elements: &of} }

// Object is an object with properties of its own.
func Object(b Body) Type { return Type{Kind: kindObject, Body: b} }

// IDs is a list of ids.
var IDs = List(Text)

// OrNull also takes null.
func (t Type) OrNull() Type { t.Null = true; return t }

// OrMore takes no number below n.
func (t Type) OrMore(n float64) Type { t.Least = &n; return t }

// Or also takes values of another type.
func (t Type) Or(other Type) Type { t.Either = append(slices.Clone(t.Either), other); return t }

// Columns declares properties after the columns of a model. What the database
// has no value for is required.
func Columns(m *model.Model, names ...string) Body {
	var out Body
	for _, name := range names {
		f := m.Field(name)
		if f == nil {
			panic("api: " + m.Name + " has no column " + name)
		}
		out = append(out, Property{name, typeOf(f), !f.Null && f.Default == "" && !f.Serial})
	}
	return out
}

func typeOf(f *model.Field) Type {
	kinds := map[model.Kind]Type{
		model.Text: Text, model.Int: Integer, model.Float: Number, model.Decimal: Amount, model.Bool: Flag,
		model.Time: Date, model.JSON: Map, model.TextList: IDs,
	}
	t := kinds[f.Kind]
	t.Enum, t.Null = f.Enum, f.Null
	return t
}

// Optional is the same properties, each of which can be left out: what an
// update takes.
func (b Body) Optional() Body {
	out := slices.Clone(b)
	for i := range out {
		out[i].Required = false
	}
	return out
}

// With adds properties, in place of those of the same name.
func (b Body) With(more ...Property) Body {
	out := slices.DeleteFunc(slices.Clone(b), func(p Property) bool {
		return slices.ContainsFunc(more, func(m Property) bool { return m.Name == p.Name })
	})
	return append(out, more...)
}

func (b Body) property(name string) *Property {
	for i := range b {
		if b[i].Name == name {
			return &b[i]
		}
	}
	return nil
}
