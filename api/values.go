package api

import (
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Values are the properties of a body that was checked: strings, json.Numbers,
// bools, nil, Values for objects that are declared, map[string]any for others,
// and []any.
type Values map[string]any

// Has reports whether a property was given, null or not.
func (v Values) Has(name string) bool { _, ok := v[name]; return ok }

// Text is a text property; "" when it was not given.
func (v Values) Text(name string) string { s, _ := v[name].(string); return s }

// Texts are the elements of a list of texts.
func (v Values) Texts(name string) []string {
	list, _ := v[name].([]any)
	out := make([]string, 0, len(list))
	for _, e := range list {
		if s, ok := e.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// Object is a nested object; nil when it was not given.
func (v Values) Object(name string) Values { o, _ := v[name].(Values); return o }

// Objects are the elements of a list of objects.
func (v Values) Objects(name string) []Values {
	list, _ := v[name].([]any)
	out := make([]Values, 0, len(list))
	for _, e := range list {
		if o, ok := e.(Values); ok {
			out = append(out, o)
		}
	}
	return out
}

// Patch is the change of those of the columns that were given.
func (v Values) Patch(columns ...string) module.Patch {
	out := module.Patch{}
	for _, name := range columns {
		if value, ok := v[name]; ok {
			out[name] = value
		}
	}
	return out
}

// Without is the same without some properties.
func (v Values) Without(names ...string) Values {
	out := make(Values, len(v))
	for name, value := range v {
		out[name] = value
	}
	for _, name := range names {
		delete(out, name)
	}
	return out
}

// Into writes the properties into a struct, by its json names.
func (v Values) Into(record any) error {
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, record)
	}
	if err != nil {
		return fault.Wrap(err, fault.InvalidData, "the body does not fit: %v", err)
	}
	return nil
}
