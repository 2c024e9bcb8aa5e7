package query

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// requestJSON is the JSON form of a Request: ours, with Medusa's beside it.
type requestJSON struct {
	Entity      string          `json:"entity"`
	Fields      []string        `json:"fields"`
	Filters     Filters         `json:"filters"`
	Order       json.RawMessage `json:"order"`
	Limit       *int            `json:"limit"`
	Offset      *int            `json:"offset"`
	After       string          `json:"after"`
	Count       bool            `json:"count"`
	WithDeleted bool            `json:"with_deleted"`
	Version     int64           `json:"version"`
	Lists       map[string]struct {
		Filters Filters         `json:"filters"`
		Order   json.RawMessage `json:"order"`
		Limit   int             `json:"limit"`
		Offset  int             `json:"offset"`
	} `json:"lists"`
	Context     Context `json:"context"`
	KeepOrder   bool    `json:"keep_order"`
	RequireKeys bool    `json:"require_keys"`

	Pagination *struct {
		Skip   *int            `json:"skip"`
		Take   *int            `json:"take"`
		Limit  *int            `json:"limit"`
		Offset *int            `json:"offset"`
		Order  json.RawMessage `json:"order"`
	} `json:"pagination"`
	WithDeletedOld bool `json:"withDeleted"`
	Options        *struct {
		ThrowIfKeyNotFound bool `json:"throwIfKeyNotFound"`
	} `json:"options"`
}

// UnmarshalJSON decodes a request in Gorgon's form or in Medusa's. An unknown key
// or a value of the wrong type is an error of type invalid_data.
func (r *Request) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	d.DisallowUnknownFields()
	var j requestJSON
	if err := d.Decode(&j); err != nil {
		return fault.New(fault.InvalidData, "invalid query: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	*r = Request{
		Entity: j.Entity, Fields: j.Fields, Filters: j.Filters, After: j.After, Count: j.Count, Version: j.Version,
		WithDeleted: j.WithDeleted || j.WithDeletedOld, Context: j.Context, KeepOrder: j.KeepOrder, RequireKeys: j.RequireKeys,
	}
	order := j.Order
	if p := j.Pagination; p != nil {
		j.Limit, j.Offset = first(p.Take, p.Limit, j.Limit), first(p.Skip, p.Offset, j.Offset)
		r.Count = r.Count || p.Skip != nil || p.Offset != nil
		if p.Order != nil {
			order = p.Order
		}
	}
	if j.Limit != nil {
		if r.Limit = *j.Limit; r.Limit == 0 {
			r.Limit = None
		}
		if *j.Limit < 0 {
			return fault.New(fault.InvalidData, "take is %d; it must not be negative", *j.Limit)
		}
	}
	if j.Offset != nil {
		r.Offset = *j.Offset
	}
	if j.Options != nil {
		r.RequireKeys = r.RequireKeys || j.Options.ThrowIfKeyNotFound
	}
	var err error
	if r.Order, err = orderFromJSON(order); err != nil {
		return err
	}
	r.Lists, err = j.lists()
	return err
}

func (j *requestJSON) lists() (map[string]Nested, error) {
	var lists map[string]Nested
	for path, l := range j.Lists {
		order, err := orderFromJSON(l.Order)
		if err != nil {
			return nil, err
		}
		if lists == nil {
			lists = map[string]Nested{}
		}
		lists[path] = Nested{Filters: l.Filters, Order: order, Limit: l.Limit, Offset: l.Offset}
	}
	return lists, nil
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

// orderFromJSON decodes sort keys: "-a,b", ["-a", "b"], or Medusa's object
// {"a": "DESC", "b": {"c": "ASC"}}, whose keys sort in the order written.
func orderFromJSON(b json.RawMessage) ([]string, error) {
	if len(b) == 0 || string(b) == "null" {
		return nil, nil
	}
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
		return orderObject(d, "")
	}
	return nil, fault.New(fault.InvalidData, `order must have the form ["-created_at", "id"] or {"created_at": "DESC"}`)
}

// orderObject decodes the keys of an object until its closing brace.
func orderObject(d *json.Decoder, prefix string) ([]string, error) {
	var keys []string
	for {
		t, err := d.Token()
		if err != nil {
			return nil, fault.New(fault.InvalidData, "order is not valid JSON")
		}
		if t == json.Delim('}') {
			return keys, nil
		}
		name := prefix + fmt.Sprint(t)
		value, err := d.Token()
		if err != nil {
			return nil, fault.New(fault.InvalidData, "order is not valid JSON")
		}
		if value == json.Delim('{') {
			below, err := orderObject(d, name+".")
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
			return nil, fault.New(fault.InvalidData, "order: %s is %q; it must be ASC or DESC", fault.Clip(name), fault.Clip(fmt.Sprint(value)))
		}
	}
}
