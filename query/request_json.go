package query

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// pageJSON is what the JSON of a request says about pages: at its top level, and
// in Medusa's pagination.
type pageJSON struct {
	limit, take, offset, skip *int
	order                     []string
}

// UnmarshalJSON decodes a request in Gorgon's form or in Medusa's. An unknown key
// or a value of the wrong type is an error of type invalid_data.
func (r *Request) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		return nil
	}
	var out Request
	var own, medusa pageJSON
	var withDeleted, throw bool
	err := readObject("", b, map[string]reader{
		"entity":       readInto("the name of an entity", &out.Entity),
		"fields":       readPaths(&out.Fields),
		"filters":      readInto("an object of conditions", &out.Filters),
		"order":        readOrder(&own.order),
		"limit":        readInto(wholeNumber, &own.limit),
		"offset":       readInto(wholeNumber, &own.offset),
		"after":        readInto("the metadata.next of a page", &out.After),
		"count":        readCount(&out.Count, &out.Estimate),
		"with_deleted": readInto(trueOrFalse, &out.WithDeleted),
		"version":      readInto(wholeNumber, &out.Version),
		"lists":        readLists(&out.Lists),
		"context":      readInto("an object", &out.Context),
		"keep_order":   readInto(trueOrFalse, &out.KeepOrder),
		"require_keys": readInto(trueOrFalse, &out.RequireKeys),

		"pagination": readKeys(map[string]reader{
			"skip":   readInto(wholeNumber, &medusa.skip),
			"take":   readInto(wholeNumber, &medusa.take),
			"limit":  readInto(wholeNumber, &medusa.limit),
			"offset": readInto(wholeNumber, &medusa.offset),
			"order":  readOrder(&medusa.order),
		}),
		"withDeleted": readInto(trueOrFalse, &withDeleted),
		"options":     readKeys(map[string]reader{"throwIfKeyNotFound": readInto(trueOrFalse, &throw)}),
	})
	if err != nil {
		return err
	}
	out.WithDeleted, out.RequireKeys = out.WithDeleted || withDeleted, out.RequireKeys || throw
	if err := out.page(own, medusa); err != nil {
		return err
	}
	*r = out
	return nil
}

// page sets the page and the order; what pagination says comes first.
func (r *Request) page(own, medusa pageJSON) error {
	if r.Order = own.order; medusa.order != nil {
		r.Order = medusa.order
	}
	if offset := first(medusa.skip, medusa.offset, own.offset); offset != nil {
		r.Offset = *offset
	}
	r.Count = r.Count || medusa.skip != nil || medusa.offset != nil
	limit := first(medusa.take, medusa.limit, own.limit)
	switch {
	case limit == nil:
	case *limit < 0:
		return fault.New(fault.InvalidData, "%s is %d; it must not be negative", named(limit, medusa), *limit)
	case *limit == 0:
		r.Limit = None
	default:
		r.Limit = *limit
	}
	return nil
}

// named returns the key that a limit was read from.
func named(limit *int, medusa pageJSON) string {
	switch limit {
	case medusa.take:
		return "pagination.take"
	case medusa.limit:
		return "pagination.limit"
	}
	return "limit"
}

// first returns the first option that is not nil.
func first(options ...*int) *int {
	for _, o := range options {
		if o != nil {
			return o
		}
	}
	return nil
}

// readCount reads how records are counted: true is exactly, false is not at all.
func readCount(count, estimate *bool) reader {
	return func(at string, b json.RawMessage) error {
		switch string(b) {
		case "true", `"exact"`:
			*count = true
		case `"estimated"`:
			*count, *estimate = true, true
		case "false", `"none"`:
		default:
			return wrongType(at, `true, false, "exact", "estimated" or "none"`, b)
		}
		return nil
	}
}

// readLists reads conditions, orders and pages of lists, by their paths.
func readLists(into *map[string]Nested) reader {
	return func(at string, b json.RawMessage) error {
		*into = map[string]Nested{}
		return readMembers(at, b, func(path string, value json.RawMessage) error {
			var n Nested
			defer func() { (*into)[path] = n }()
			if string(value) == "null" {
				return nil
			}
			return readObject(at+"."+fault.Clip(path), value, map[string]reader{
				"filters": readInto("an object of conditions", &n.Filters),
				"order":   readOrder(&n.Order),
				"limit":   readInto(wholeNumber, &n.Limit),
				"offset":  readInto(wholeNumber, &n.Offset),
			})
		})
	}
}

func readOrder(into *[]string) reader {
	return func(at string, b json.RawMessage) (err error) {
		*into, err = orderFromJSON(at, b)
		return err
	}
}

// orderFromJSON decodes sort keys: "-a,b", ["-a", "b"], or Medusa's object
// {"a": "DESC", "b": {"c": "ASC"}}, whose keys sort in the order written.
func orderFromJSON(at string, b json.RawMessage) ([]string, error) {
	switch b[0] {
	case '"':
		var s string
		err := json.Unmarshal(b, &s)
		return strings.Split(s, ","), err
	case '[':
		var keys []string
		if json.Unmarshal(b, &keys) == nil {
			return keys, nil
		}
	case '{':
		d := json.NewDecoder(bytes.NewReader(b))
		_, _ = d.Token() // the brace
		return orderObject(at, d, "")
	}
	return nil, fault.New(fault.InvalidData, `%s must have the form ["-created_at", "id"] or {"created_at": "DESC"}`, at)
}

// orderObject decodes the keys of an object until its closing brace.
func orderObject(at string, d *json.Decoder, prefix string) ([]string, error) {
	var keys []string
	for {
		t, err := d.Token()
		if err != nil {
			return nil, fault.New(fault.InvalidData, "%s is not valid JSON", at)
		}
		if t == json.Delim('}') {
			return keys, nil
		}
		name := prefix + fmt.Sprint(t)
		value, err := d.Token()
		if err != nil {
			return nil, fault.New(fault.InvalidData, "%s is not valid JSON", at)
		}
		if value == json.Delim('{') {
			below, err := orderObject(at, d, name+".")
			if err != nil {
				return nil, err
			}
			keys = append(keys, below...)
			continue
		}
		switch strings.ToUpper(fmt.Sprint(value)) {
		case "ASC":
			keys = append(keys, name)
		case "DESC":
			keys = append(keys, "-"+name)
		default:
			return nil, fault.New(fault.InvalidData, "%s: %s is %q; it must be ASC or DESC", at, fault.Clip(name), fault.Clip(fmt.Sprint(value)))
		}
	}
}
