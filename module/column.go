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

// column is a field of a model, with what is needed to read and write it.
type column struct {
	*model.Field
	model    *model.Model
	quoted   string
	refersTo *model.Model  // the model of a belongs relation, with or without a foreign key; or nil
	fallback reflect.Value // the default, as the Go type of the field; invalid if there is none
}

// newColumn returns the column of a field. It panics if the default is not a
// value of the field's kind, which is a programming error.
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

// parseDefault returns the default of a field as a value of type t.
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
		return nil, fmt.Errorf("lists cannot have defaults")
	}
	return f.Default, nil
}

// fill sets a field of a new record to its default if it is zero, and reports
// whether it did.
func (c *column) fill(field reflect.Value) bool {
	if !c.fallback.IsValid() || !field.IsZero() || c.fallback.IsZero() {
		return false
	}
	v := c.fallback
	if v.Kind() == reflect.Pointer { // records must not share the pointer
		v = reflect.New(v.Type().Elem())
		v.Elem().Set(c.fallback.Elem())
	}
	field.Set(v)
	return true
}
