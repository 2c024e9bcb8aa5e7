package module

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// CheckValue is v as an argument for a column of a table without a struct,
// such as a link's extra column; nil is null. A value of another kind is an
// error of type invalid_data.
func CheckValue(m *model.Model, f *model.Field, v any) (any, error) {
	c := column{Field: f, model: m}
	return c.value(v)
}

// Holder is a pointer for db.Rows.Scan that takes any value of the column,
// null too. Held reads it.
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

// Held is what a Holder holds: a value of the kind's Go type, or nil.
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
