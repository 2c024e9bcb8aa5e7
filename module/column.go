package module

import (
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// column is a field of a model with what reading and writing it needs.
type column struct {
	*model.Field
	model    *model.Model
	quoted   string
	refersTo *model.Model  // of a belongs relation, with or without a foreign key
	fallback reflect.Value // the default in the Go type of the field; invalid when there is none
}

// newColumn panics on a default that is no value of the field's kind: a
// mistake of the program.
func newColumn(m *model.Model, f *model.Field, d db.Dialect) column {
	c := column{Field: f, model: m, quoted: d.Quote(f.Name)}
	if f.References != nil {
		c.refersTo = f.References.Model
	}
	if f.Default == "" || m.Go == nil {
		return c
	}
	t := m.Go.FieldByIndex(f.Path).Type
	v, err := parseDefault(t, f)
	if err != nil {
		panic(fmt.Sprintf("model %s: field %s: default %q: %v", m, f.Name, f.Default, err))
	}
	c.fallback = v
	return c
}

// parseDefault is the default of a field as a value of its Go type.
func parseDefault(t reflect.Type, f *model.Field) (reflect.Value, error) {
	if t.Kind() == reflect.Pointer {
		v, err := parseDefault(t.Elem(), f)
		if err != nil {
			return v, err
		}
		p := reflect.New(t.Elem())
		p.Elem().Set(v)
		return p, nil
	}
	value, err := defaultValue(f)
	if err != nil {
		return reflect.Value{}, err
	}
	return reflect.ValueOf(value).Convert(t), nil
}

func defaultValue(f *model.Field) (any, error) {
	switch f.Kind {
	case model.Int:
		return strconv.ParseInt(f.Default, 10, 64)
	case model.Float:
		return strconv.ParseFloat(f.Default, 64)
	case model.Bool:
		return strconv.ParseBool(f.Default)
	case model.Decimal:
		return money.Parse(f.Default)
	case model.Time:
		return time.Parse(time.RFC3339, f.Default)
	case model.JSON:
		return model.RawJSON(f.Default), nil
	case model.TextList:
		return nil, fmt.Errorf("lists have no defaults")
	}
	return f.Default, nil
}

// fill gives a field of a new record its default when it is zero. It reports
// whether it did.
func (c *column) fill(field reflect.Value) bool {
	if !c.fallback.IsValid() || !field.IsZero() || c.fallback.IsZero() {
		return false
	}
	v := c.fallback
	if v.Kind() == reflect.Pointer { // every record has its own
		v = reflect.New(v.Type().Elem())
		v.Elem().Set(c.fallback.Elem())
	}
	field.Set(v)
	return true
}
