package body

import (
	"reflect"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// value returns what JSON values a Go type takes, and how they are decoded.
func (c *compiler) value(t reflect.Type, r rules) (Type, read) {
	switch t {
	case rawType:
		return rawValue(r)
	case timeType:
		return Date, readTime
	case amountType:
		return amountValue(r)
	}
	switch t.Kind() {
	case reflect.String:
		typ := Type{Kind: KindString, Enum: r.enum, Email: r.email}
		return typ, textReader(typ)
	case reflect.Bool:
		return Flag, readFlag
	case reflect.Int, reflect.Int32, reflect.Int64:
		typ := Type{Kind: KindInteger, Minimum: r.minimum, Exclusive: r.exclusive}
		return typ, integerReader(typ)
	case reflect.Float32, reflect.Float64:
		typ := Type{Kind: KindNumber, Minimum: r.minimum, Exclusive: r.exclusive}
		return typ, numberReader(typ)
	case reflect.Pointer:
		if t.Elem().Kind() != reflect.Pointer {
			typ, element := c.value(t.Elem(), r)
			return typ, pointer(t.Elem(), element)
		}
	case reflect.Struct:
		o := c.object(t, true)
		return o.typ(), o.read
	case reflect.Slice:
		return c.list(t, r)
	case reflect.Map:
		return c.dictionary(t, r)
	}
	c.fail("the Go type %s is not one that a body decodes into", t)
	return Type{}, nil
}

// pointer decodes into a new value.
func pointer(t reflect.Type, element read) read {
	return func(d *decoder, v reflect.Value) {
		p := reflect.New(t)
		element(d, p.Elem())
		v.Set(p)
	}
}

// nullable decodes null as absence, or as a pointer to zero.
func nullable(value read, zero bool) read {
	return func(d *decoder, v reflect.Value) {
		if d.PeekKind() != 'n' {
			value(d, v)
			return
		}
		d.value()
		if zero {
			v.Set(reflect.New(v.Type().Elem()))
		}
	}
}

// ignored drops an object or null.
func ignored(d *decoder, _ reflect.Value) {
	if raw := d.value(); raw != nil && raw[0] != '{' && raw[0] != 'n' {
		d.mismatch(KindObject, raw)
	} else {
		d.checkLevels(raw)
	}
}

// goType returns the Go type of a column's values in a Patch.
func goType(k model.Kind) reflect.Type {
	return [...]reflect.Type{
		model.Text: reflect.TypeFor[string](), model.Int: reflect.TypeFor[int64](), model.Float: reflect.TypeFor[float64](),
		model.Decimal: amountType, model.Bool: reflect.TypeFor[bool](), model.Time: timeType, model.JSON: rawType,
		model.TextList: reflect.TypeFor[[]string](),
	}[k]
}

// patchReader decodes a column into a Patch.
func patchReader(c column, value read) read {
	t := goType(c.field.Kind)
	return func(d *decoder, v reflect.Value) {
		p := v.Addr().Interface().(*module.Patch)
		if *p == nil {
			*p = module.Patch{}
		}
		if c.Type.Null && d.PeekKind() == 'n' {
			d.value()
			(*p)[c.Name] = nil
			return
		}
		element := reflect.New(t).Elem()
		value(d, element)
		(*p)[c.Name] = element.Interface()
	}
}
