package query

import (
	"bytes"
	"encoding/base64"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/fault"
)

// A cursor is the JSON array of the sort keys of a page's last record, in
// base64. It is opaque to callers but not secret: the record shows the same
// values.

func encodeCursor(keys []byte) string {
	var b bytes.Buffer
	if json.Compact(&b, keys) != nil {
		return "" // cannot happen: the database wrote it
	}
	return base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// cursor adds the values of After to the slots, and which of them are null to
// the shape.
func (s *shaper) cursor(after string) (nulls []bool, err error) {
	if after == "" {
		return nil, nil
	}
	values, err := decodeCursor(after)
	if err != nil {
		return nil, err
	}
	for _, v := range values {
		nulls = append(nulls, v == nil)
		s.flag(v == nil)
		s.slots = append(s.slots, v)
	}
	return nulls, nil
}

func decodeCursor(after string) ([]any, error) {
	invalid := fault.New(fault.InvalidData, "after is not a valid cursor; pass metadata.next of the previous page")
	b, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return nil, invalid
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var values []any
	if d.Decode(&values) != nil || len(values) == 0 {
		return nil, invalid
	}
	for _, v := range values {
		if c := classOf(v); c == isMap || c == isList {
			return nil, invalid
		}
	}
	return values, nil
}
