package openapi

import "github.com/gorgon-commerce/gorgon/api/body"

// bodySchema is the schema of a declared object. A closed one refuses what it
// does not declare, as the checker of bodies does.
func bodySchema(o body.Object, closed bool) *jsonSchema {
	out := &jsonSchema{Type: "object"}
	for _, p := range o {
		out.Properties.add(p.Name, typeSchema(p.Type, closed))
		if p.Required {
			out.Required = append(out.Required, p.Name)
		}
	}
	if closed {
		out.Closed = new(bool)
	}
	return out
}

// typeSchema is the schema of the values of a type.
func typeSchema(t body.Type, closed bool) *jsonSchema {
	out := plainSchema(t, closed)
	if len(t.Either) == 0 {
		return out
	}
	either := &jsonSchema{AnyOf: []*jsonSchema{out}}
	if len(out.AnyOf) > 0 {
		either = out
	}
	for _, other := range t.Either {
		either.AnyOf = append(either.AnyOf, typeSchema(other, closed))
	}
	return either
}

// plainSchema is the schema of a type without those that will do, too.
func plainSchema(t body.Type, closed bool) *jsonSchema {
	out := &jsonSchema{Type: string(t.Kind), Null: t.Null, Minimum: t.Minimum, Above: t.Exclusive, MinItems: t.MinItems}
	switch t.Kind {
	case body.KindAny:
		return &jsonSchema{Null: true}
	case body.KindDecimal:
		return amountSchema(t)
	case body.KindDate:
		out.Type, out.Format = "string", "date-time"
	case body.KindString:
		out.Enum = enumOf(t.Enum, t.Null)
		if t.Email {
			out.Format = "email"
		}
	case body.KindArray:
		out.Items = typeSchema(*t.Elements, closed)
	case body.KindObject:
		if t.Object != nil {
			object := bodySchema(t.Object, closed && !t.Open)
			object.Null = t.Null
			return object
		}
	}
	return out
}

// amountSchema is each form in which a decimal can be sent.
func amountSchema(t body.Type) *jsonSchema {
	wrapped := &jsonSchema{Type: "object", Properties: pairs[*jsonSchema]{{"value", &jsonSchema{Type: "string"}}}, Required: []string{"value"}}
	return &jsonSchema{AnyOf: []*jsonSchema{
		{Type: "number", Null: t.Null, Minimum: t.Minimum, Above: t.Exclusive},
		{Type: "string", Description: "the same as text, for more digits than a client's numbers have"},
		wrapped,
	}}
}

// enumOf lists the values of a text; a value that may be null lists null, as
// OpenAPI asks for.
func enumOf(values []string, null bool) []any {
	if values == nil {
		return nil
	}
	out := make([]any, 0, len(values)+1)
	for _, v := range values {
		out = append(out, v)
	}
	if null {
		out = append(out, nil)
	}
	return out
}
