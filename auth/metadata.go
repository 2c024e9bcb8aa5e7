package auth

import (
	"encoding/json"
	"maps"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// object is a JSON object of which only some keys are known; the others are kept
// as they are.
type object map[string]json.RawMessage

// readObject decodes a JSON object; null gives an empty one.
func readObject(what string, raw model.RawJSON) (object, error) {
	o := object{}
	if len(raw) == 0 {
		return o, nil
	}
	if err := json.Unmarshal(raw, &o); err != nil {
		return nil, fault.Wrap(err, fault.UnexpectedState, "the %s is not a JSON object", what)
	}
	if o == nil { // null
		o = object{}
	}
	return o, nil
}

// text returns the text under a key, or "" if there is none.
func (o object) text(key string) string {
	var s string
	if json.Unmarshal(o[key], &s) != nil {
		return ""
	}
	return s
}

// with returns the object with a text set under a key.
func (o object) with(key, text string) model.RawJSON {
	c := maps.Clone(o)
	c[key] = json.RawMessage(model.ToJSON(text))
	return model.ToJSON(c)
}

// without returns the object without a key.
func (o object) without(key string) model.RawJSON {
	c := maps.Clone(o)
	delete(c, key)
	return model.ToJSON(c)
}

// actorKey returns the key of app_metadata that has the id of an actor.
func actorKey(actorType string) string { return actorType + "_id" }
