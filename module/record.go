package module

import (
	"iter"
	"reflect"
)

// id returns the key of a record, or "" if it has none yet.
func (t *table) id(record reflect.Value) string {
	if t.key == nil {
		return ""
	}
	return text(record.FieldByIndex(t.key.Path))
}

// text returns the value of a string field or of a pointer to a string; "" for
// null.
func text(field reflect.Value) string {
	if field.Kind() == reflect.Pointer {
		if field.IsNil() {
			return ""
		}
		field = field.Elem()
	}
	if field.Kind() != reflect.String {
		return ""
	}
	return field.String()
}

// setText sets a string field, or a pointer field to a new string.
func setText(field reflect.Value, s string) {
	if field.Kind() == reflect.Pointer {
		p := reflect.New(field.Type().Elem())
		p.Elem().SetString(s)
		field.Set(p)
		return
	}
	field.SetString(s)
}

// structs returns the records in a relation field, which is a pointer or a
// slice of pointers. Nil pointers are skipped.
func structs(field reflect.Value) iter.Seq[reflect.Value] {
	return func(yield func(reflect.Value) bool) {
		if field.Kind() == reflect.Pointer {
			if !field.IsNil() {
				yield(field.Elem())
			}
			return
		}
		for i := range field.Len() {
			if p := field.Index(i); !p.IsNil() && !yield(p.Elem()) {
				return
			}
		}
	}
}

// assign sets a field to a checked value of its column. nil sets it to zero; a
// pointer field gets a new pointer.
func assign(field reflect.Value, v any) {
	if v == nil {
		field.SetZero()
		return
	}
	t := field.Type()
	if t.Kind() != reflect.Pointer {
		field.Set(reflect.ValueOf(v).Convert(t))
		return
	}
	p := reflect.New(t.Elem())
	p.Elem().Set(reflect.ValueOf(v).Convert(t.Elem()))
	field.Set(p)
}
