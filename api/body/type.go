package body

import "slices"

// Type is what values a property takes. The variables and functions below
// return the usual ones.
type Type struct {
	Kind      Kind
	Null      bool     // or null
	Enum      []string // of a text: one of these; nil is any
	Email     bool     // of a text: an address
	Minimum   *float64 // of a number; nil is any
	Exclusive bool     // of a number: more than Minimum
	Elements  *Type    // of an array, and of the values of an object that takes any keys
	MinItems  int      // of an array
	Object    Object   // of an object; nil takes any keys
	Open      bool     // of an Object: names that it does not have are passed over, not refused
	Either    []Type   // types that are taken as well
}

// Kind is the kind of JSON value that a Type takes, by the word that messages
// and documents use.
type Kind string

// The kinds.
const (
	KindString  Kind = "string"
	KindNumber  Kind = "number"
	KindInteger Kind = "integer"
	KindDecimal Kind = "decimal" // a number, its text, or {"value": text}
	KindBoolean Kind = "boolean" // or its text
	KindDate    Kind = "date"    // RFC 3339
	KindObject  Kind = "object"
	KindArray   Kind = "array"
	KindAny     Kind = "any"
)

// The plain types.
var (
	Text    = Type{Kind: KindString}
	Email   = Type{Kind: KindString, Email: true}
	Number  = Type{Kind: KindNumber}
	Integer = Type{Kind: KindInteger}
	Amount  = Type{Kind: KindDecimal}
	Flag    = Type{Kind: KindBoolean}
	Date    = Type{Kind: KindDate}
	Map     = Type{Kind: KindObject}
	Any     = Type{Kind: KindAny, Null: true}
	IDs     = List(Text)
)

// OneOf returns the type of a text that is one of the values.
func OneOf(values ...string) Type { return Type{Kind: KindString, Enum: values} }

// List returns the type of an array.
func List(elements Type) Type { return Type{Kind: KindArray, Elements: &elements} }

// Nested returns the type of an object with properties of its own. As in a
// body, other names are passed over.
func Nested(o Object) Type { return Type{Kind: KindObject, Object: o, Open: true} }

// OrNull returns the type with null.
func (t Type) OrNull() Type { t.Null = true; return t }

// OrMore returns the type of numbers that are at least n.
func (t Type) OrMore(n float64) Type { t.Minimum = &n; return t }

// Or returns the type with the values of another.
func (t Type) Or(other Type) Type { t.Either = append(slices.Clone(t.Either), other); return t }
