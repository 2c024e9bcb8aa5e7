package medusa

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// cell reads one column, row after row: exprs are selected, and scanned into dest.
type cell struct {
	field  *model.Field
	exprs  []string
	text   *string // the value of text, decimals and JSON
	raw    *string // for a decimal, the value in its raw_… column
	number *int64
	float  *float64
	truth  *bool
	at     *time.Time
	list   []string
}

func newCell(f *model.Field, from *table, quote func(string) string) cell {
	c := cell{field: f, exprs: []string{"r." + quote(f.Name)}}
	if expr := following[from.name+"."+f.Name]; expr != "" {
		c.exprs[0] = expr
	}
	switch f.Kind {
	case model.Text, model.JSON:
		c.exprs[0] += "::text"
	case model.Int:
		c.exprs[0] += "::int8"
	case model.Float:
		c.exprs[0] += "::text::float8" // a float4 as printed: 1.1, not 1.10000002384
	case model.TextList:
		c.exprs[0] += "::text[]"
	case model.Decimal:
		c.exprs[0] += "::text"
		if from.columns["raw_"+f.Name] == "jsonb" {
			c.exprs = append(c.exprs, "r."+quote("raw_"+f.Name)+"->>'value'")
		}
	}
	return c
}

func (c *cell) dest() []any {
	switch c.field.Kind {
	case model.Int:
		return []any{&c.number}
	case model.Float:
		return []any{&c.float}
	case model.Bool:
		return []any{&c.truth}
	case model.Time:
		return []any{&c.at}
	case model.TextList:
		return []any{&c.list}
	case model.Decimal:
		return []any{&c.text, &c.raw}[:len(c.exprs)]
	}
	return []any{&c.text}
}

// value returns the value to write, which is nil for null. The error completes "its
// column …"; the note says what could not be imported as it is.
func (c *cell) value() (v any, note string, err error) {
	switch c.field.Kind {
	case model.Int:
		return orNil(c.number), "", nil
	case model.Float:
		return orNil(c.float), "", nil
	case model.Bool:
		return orNil(c.truth), "", nil
	case model.Time:
		return orNil(c.at), "", nil
	case model.TextList:
		if c.list == nil {
			return nil, "", nil
		}
		return c.list, "", nil
	case model.Decimal:
		return c.decimal()
	}
	if c.text != nil && c.field.Enum != nil && !slices.Contains(c.field.Enum, *c.text) {
		return nil, "", fmt.Errorf("is %q, which is not one of %v; another release may have written it", *c.text, c.field.Enum)
	}
	return orNil(c.text), "", nil
}

func orNil[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// decimal returns the exact number in the raw_… column, unless only the column itself
// was changed, which then is the value that the shop uses.
func (c *cell) decimal() (v any, note string, err error) {
	if c.text == nil {
		if c.raw != nil {
			note = fmt.Sprintf("is null, but its raw_ column has %s; null was imported", *c.raw)
		}
		return nil, note, nil
	}
	number, err := money.Parse(*c.text)
	if err != nil {
		return nil, "", fmt.Errorf("is %s, which is not an amount", *c.text)
	}
	if c.raw == nil {
		return number.String(), "", nil
	}
	raw, err := money.Parse(*c.raw)
	if err == nil && sameButNoise(number, raw) {
		return raw.String(), "", nil
	}
	return number.String(), fmt.Sprintf("is %s, but its raw_ column has %q; %[1]s was imported", number, *c.raw), nil
}

// noise is the relative difference that is ignored as the error of JavaScript's
// floating point numbers, which is far smaller.
const noise = 1e-12

func sameButNoise(a, b money.Amount) bool {
	x, _ := strconv.ParseFloat(a.String(), 64) // an amount is a valid number
	y, _ := strconv.ParseFloat(b.String(), 64)
	return math.Abs(x-y) <= noise*max(math.Abs(x), math.Abs(y))
}

// shown returns the value for messages.
func (c *cell) shown() string {
	switch {
	case c.field.Kind == model.Int && c.number != nil:
		return strconv.FormatInt(*c.number, 10)
	case c.text != nil:
		return *c.text
	}
	return "null"
}
