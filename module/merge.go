package module

import (
	"bytes"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/model"
)

// merges reports whether the column is one that patches merge into: metadata,
// which programs that do not know each other share.
func (c *column) merges() bool { return c.Name == "metadata" && c.Kind == model.JSON }

// mergesAny reports whether a patch has an object that is merged into what is
// stored.
func (p *patched) mergesAny() bool {
	for i, c := range p.columns {
		if c.merges() && object(p.values[i]) != nil {
			return true
		}
	}
	return false
}

// object returns the members of a JSON object, or nil for another value.
func object(v any) map[string]json.RawMessage {
	raw, ok := v.(model.RawJSON)
	if !ok || !bytes.HasPrefix(bytes.TrimLeft(raw, " \t\r\n"), []byte("{")) {
		return nil
	}
	var out map[string]json.RawMessage
	if json.Unmarshal(raw, &out) != nil {
		return nil
	}
	return out
}

// merged returns a JSON object with the members of a patch set: those that it
// does not name stay, and an empty text removes its member.
func merged(stored model.RawJSON, patch map[string]json.RawMessage) model.RawJSON {
	out := object(stored)
	if out == nil {
		out = map[string]json.RawMessage{}
	}
	for name, value := range patch {
		if string(value) == `""` {
			delete(out, name)
			continue
		}
		out[name] = value
	}
	return model.ToJSON(out)
}
