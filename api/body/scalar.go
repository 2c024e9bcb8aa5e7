package body

import (
	"encoding/json"
	"reflect"
	"strconv"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

func textReader(t Type) read {
	return func(d *decoder, v reflect.Value) {
		raw := d.value()
		if raw == nil {
			return
		}
		if raw[0] != '"' {
			d.mismatch(KindString, raw)
			return
		}
		s := unquote(raw)
		d.checkText(s, t)
		v.SetString(s)
	}
}

func readFlag(d *decoder, v reflect.Value) {
	raw := d.value()
	switch string(raw) {
	case "true", `"true"`:
		v.SetBool(true)
	case "false", `"false"`:
		v.SetBool(false)
	default:
		d.mismatch(KindBoolean, raw)
	}
}

func integerReader(t Type) read {
	return func(d *decoder, v reflect.Value) {
		raw := d.value()
		n, err := strconv.ParseInt(string(raw), 10, 64)
		if err != nil || v.OverflowInt(n) {
			d.mismatch(KindInteger, raw)
			return
		}
		d.checkMinimum(float64(n), t)
		v.SetInt(n)
	}
}

func numberReader(t Type) read {
	return func(d *decoder, v reflect.Value) {
		raw := d.value()
		if !isNumber(raw) {
			d.mismatch(KindNumber, raw)
			return
		}
		f, err := strconv.ParseFloat(string(raw), 64)
		if err != nil || v.OverflowFloat(f) {
			d.mismatch(KindNumber, raw)
			return
		}
		d.checkMinimum(f, t)
		v.SetFloat(f)
	}
}

func isNumber(raw []byte) bool {
	return len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9')
}

func readTime(d *decoder, v reflect.Value) {
	raw := d.value()
	if len(raw) == 0 || raw[0] != '"' || v.Addr().Interface().(*time.Time).UnmarshalText(d.plain(raw)) != nil {
		d.mismatch(KindDate, raw)
	}
}

// amountValue compares amounts with an exact minimum.
func amountValue(r rules) (Type, read) {
	typ := Type{Kind: KindDecimal, Minimum: r.minimum, Exclusive: r.exclusive}
	var least money.Amount
	if r.minimum != nil {
		least = money.MustParse(strconv.FormatFloat(*r.minimum, 'f', -1, 64))
	}
	return typ, func(d *decoder, v reflect.Value) {
		raw := d.value()
		a, ok := amount(raw)
		if !ok {
			d.mismatch(KindDecimal, raw)
			return
		}
		if c := a.Cmp(least); r.minimum != nil && (c < 0 || r.exclusive && c == 0) {
			d.tooSmall(*r.minimum)
		}
		*v.Addr().Interface().(*money.Amount) = a
	}
}

// amount reads a decimal number in each of its forms.
func amount(raw []byte) (money.Amount, bool) {
	switch {
	case len(raw) == 0:
		return money.Zero, false
	case raw[0] == '{':
		var o map[string]json.RawMessage
		if json.Unmarshal(raw, &o) != nil || len(o) > 2 || len(o["value"]) == 0 || o["value"][0] != '"' {
			return money.Zero, false
		}
		raw = o["value"]
	case raw[0] != '"' && !isNumber(raw):
		return money.Zero, false
	}
	text := string(raw)
	if raw[0] == '"' {
		text = unquote(raw)
	}
	a, err := money.Parse(text)
	return a, err == nil
}

// rawValue keeps a JSON value as it is, without the space around its parts.
func rawValue(r rules) (Type, read) {
	typ := Any
	if r.object {
		typ = Map
	}
	return typ, func(d *decoder, v reflect.Value) {
		raw := d.value()
		switch {
		case raw == nil:
		case r.object && raw[0] != '{':
			d.mismatch(KindObject, raw)
		case raw[0] != 'n':
			d.checkLevels(raw)
			*v.Addr().Interface().(*model.RawJSON) = model.RawJSON(compact(raw))
		}
	}
}
