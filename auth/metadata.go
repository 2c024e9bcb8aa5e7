package auth

import (
	"encoding/json"
	"maps"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// object is a JSON object of which we know some keys; the others stay as they
// are.
type object map[string]json.RawMessage

// readObject reads a JSON object; null is an empty one.
func readObject(what string, raw model.RawJSON) (object, error) {
	o := object{}
	if len(raw) == 0 {
		return o, nil
	}
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, fault.Wrap(err, fault.UnexpectedState, "the %s is no JSON object", what)
	}
	if o == nil { // null
		o = object{}
	}
	return o, nil
}

// text is the text under a key; "" when there is none.
func (o object) text(key string) string {
	var s string
	if json.Unmarshal(o[key], &s) != nil {
		return ""
	}
	return s
}

// with is the object with a text under a key.
func (o object) with(key, text string) model.RawJSON {
	c := maps.Clone(o)
	c[key] = json.RawMessage(model.ToJSON(text))
	return model.ToJSON(c)
}

// without is the object without a key.
func (o object) without(key string) model.RawJSON {
	c := maps.Clone(o)
	delete(c, key)
	return model.ToJSON(c)
}

// actorKey is where an identity's app_metadata says who it is.
func actorKey(actorType string) string { return actorType + "_id" }
