package payment

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// usable returns the data of a provider, or nil if it cannot be stored: a call whose
// outcome is refused would stay open for ever.
func usable(data json.RawMessage) json.RawMessage {
	if !json.Valid(data) || !utf8.Valid(data) || bytes.Contains(data, []byte(`\u0000`)) || string(bytes.TrimSpace(data)) == "null" {
		return nil
	}
	return data
}

// storable returns a text of a provider without what cannot be stored.
func storable(text string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}
