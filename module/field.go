package module

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// CheckValue returns v as a statement argument for a column of a table that has
// no struct, such as an extra column of a link; nil is null. If v is not a
// value of the field's kind, it returns an invalid_data error.
func CheckValue(m *model.Model, f *model.Field, v any) (any, error) {
	c := column{Field: f, model: m}
	return c.value(v)
}

// Holder returns a pointer for db.Rows.Scan that takes any value of the field,
// including null. Held reads the value.
func Holder(f *model.Field) any {
	switch f.Kind {
	case model.Int:
		return new(*int64)
	case model.Float:
		return new(*float64)
	case model.Decimal:
		return new(*money.Amount)
	case model.Bool:
		return new(*bool)
	case model.Time:
		return new(*time.Time)
	case model.JSON:
		return new(model.RawJSON)
	case model.TextList:
		return new([]string)
	}
	return new(*string)
}

// Held returns what was scanned into a Holder: a value of the kind's Go type,
// or nil for null.
func Held(holder any) any {
	switch h := holder.(type) {
	case **int64:
		return held(*h)
	case **float64:
		return held(*h)
	case **money.Amount:
		return held(*h)
	case **bool:
		return held(*h)
	case **time.Time:
		return held(*h)
	case **string:
		return held(*h)
	case *model.RawJSON:
		if *h != nil {
			return *h
		}
	case *[]string:
		if *h != nil {
			return *h
		}
	}
	return nil
}

func held[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
