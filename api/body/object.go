package body

import "slices"

// Object declares a JSON object: its properties, in the order documents list
// them. A nil Object declares nothing: a route without a body, or
// an object of any keys.
type Object []Property

// Property is one key of an Object.
type Property struct {
	Name     string
	Type     Type
	Required bool
}

// Required returns a property that has to be there.
func Required(name string, t Type) Property { return Property{name, t, true} }

// Optional returns a property that can be left out.
func Optional(name string, t Type) Property { return Property{name, t, false} }

// Optional returns the same properties, each of which can be left out.
func (o Object) Optional() Object {
	out := slices.Clone(o)
	for i := range out {
		out[i].Required = false
	}
	return out
}

// With returns the properties with others added, in place of those of the same
// name.
func (o Object) With(more ...Property) Object {
	out := slices.DeleteFunc(slices.Clone(o), func(p Property) bool { return Object(more).Property(p.Name) != nil })
	return append(out, more...)
}

// Property returns the property of that name, or nil.
func (o Object) Property(name string) *Property {
	for i := range o {
		if o[i].Name == name {
			return &o[i]
		}
	}
	return nil
}
