package module

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// value checks v and returns it as a statement argument for the column; nil is
// null. It accepts the Go type of the column's kind, pointers to it, and what
// JSON decodes to. A decimal column does not accept floats, which are inexact.
func (c *column) value(v any) (any, error) {
	rv := reflect.ValueOf(v)
	for rv.Kind() == reflect.Pointer && !rv.IsNil() {
		rv = rv.Elem()
	}
	if !rv.IsValid() || (rv.Kind() == reflect.Pointer || rv.Kind() == reflect.Slice || rv.Kind() == reflect.Map) && rv.IsNil() {
		return nil, c.checkNull()
	}
	v = rv.Interface()
	switch c.Kind {
	case model.Text:
		if rv.Kind() == reflect.String {
			return c.Written(rv.String()), c.checkText(rv.String())
		}
	case model.Int:
		return c.intValue(rv)
	case model.Float:
		return c.floatValue(rv)
	case model.Decimal:
		return c.decimalValue(rv)
	case model.Bool:
		if rv.Kind() == reflect.Bool {
			return rv.Bool(), nil
		}
	case model.Time:
		return c.timeValue(v)
	case model.JSON:
		return c.jsonValue(v)
	case model.TextList:
		return c.listValue(rv)
	}
	return nil, c.wrongKind(v)
}

func (c *column) wrongKind(v any) error {
	return fault.New(fault.InvalidData, "%s is of kind %s; a value of type %T does not fit", c, c.Kind, v)
}

func (c *column) intValue(rv reflect.Value) (any, error) {
	switch {
	case rv.CanInt():
		return rv.Int(), nil
	case rv.CanUint() && rv.Uint() <= math.MaxInt64:
		return int64(rv.Uint()), nil
	case rv.CanFloat() && rv.Float() == math.Trunc(rv.Float()) && math.Abs(rv.Float()) < 1<<53:
		return int64(rv.Float()), nil
	case rv.Type() == reflect.TypeFor[json.Number]():
		if n, err := strconv.ParseInt(rv.String(), 10, 64); err == nil {
			return n, nil
		}
	}
	return nil, c.wrongKind(rv.Interface())
}

func (c *column) floatValue(rv reflect.Value) (any, error) {
	switch {
	case rv.CanInt():
		return float64(rv.Int()), nil
	case rv.CanFloat():
		return rv.Float(), c.checkFloat(rv.Float())
	case rv.Type() == reflect.TypeFor[json.Number]():
		if f, err := strconv.ParseFloat(rv.String(), 64); err == nil {
			return f, nil
		}
	}
	return nil, c.wrongKind(rv.Interface())
}

func (c *column) decimalValue(rv reflect.Value) (any, error) {
	switch {
	case rv.CanInt():
		return money.Int(rv.Int()), nil
	case rv.Kind() == reflect.String: // json.Number too
		a, err := money.Parse(rv.String())
		if err != nil {
			return nil, fault.New(fault.InvalidData, "%s: %q is not a decimal number", c, rv.String())
		}
		return a, nil
	}
	if a, ok := rv.Interface().(money.Amount); ok {
		return a, nil
	}
	return nil, c.wrongKind(rv.Interface())
}

func (c *column) timeValue(v any) (any, error) {
	switch v := v.(type) {
	case time.Time:
		return v.UTC().Truncate(time.Millisecond), c.checkTime(v)
	case string:
		t, err := time.Parse(time.RFC3339, v)
		if err != nil {
			return nil, fault.New(fault.InvalidData, "%s: %q is not a time; it must have the form 2026-01-31T09:30:00.000Z", c, v)
		}
		return t.UTC().Truncate(time.Millisecond), c.checkTime(t)
	}
	return nil, c.wrongKind(v)
}

func (c *column) jsonValue(v any) (any, error) {
	raw, ok := v.(model.RawJSON)
	if !ok {
		b, err := json.Marshal(v)
		if err != nil {
			return nil, c.wrongKind(v)
		}
		raw = b
	}
	return raw, c.checkJSON(raw)
}

func (c *column) listValue(rv reflect.Value) (any, error) {
	if rv.Kind() != reflect.Slice {
		return nil, c.wrongKind(rv.Interface())
	}
	list := make([]string, rv.Len())
	for i := range list {
		e := rv.Index(i)
		if e.Kind() == reflect.Interface {
			e = e.Elem()
		}
		if e.Kind() != reflect.String {
			return nil, c.wrongKind(rv.Interface())
		}
		list[i] = e.String()
	}
	return list, c.checkList(list)
}
