package link

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// tuples are rows that a statement takes as one argument: a JSON array of
// arrays. So its text is the same for one row and for thousands, which keeps
// it prepared, and no limit on the number of arguments cuts a batch.
type tuples []byte

// tuple begins the next row.
func (t *tuples) tuple(texts ...string) {
	start := byte(',')
	if len(*t) == 0 {
		start = '['
	}
	*t = append(*t, start, '[')
	for i, s := range texts {
		if i > 0 {
			*t = append(*t, ',')
		}
		*t = appendText(*t, s)
	}
	*t = append(*t, ']')
}

// cell appends a value to the last row, which is not empty. Numbers and
// booleans are what they are, everything else is its text.
func (t *tuples) cell(v any) {
	b := append((*t)[:len(*t)-1], ',')
	switch v := v.(type) {
	case nil:
		b = append(b, "null"...)
	case bool:
		b = strconv.AppendBool(b, v)
	case int64:
		b = strconv.AppendInt(b, v, 10)
	case float64:
		b = strconv.AppendFloat(b, v, 'g', -1, 64)
	case string:
		b = appendText(b, v)
	case money.Amount:
		b = appendText(b, v.String())
	case time.Time:
		b = appendText(b, v.UTC().Format(model.TimeFormat))
	case model.RawJSON:
		b = appendText(b, string(v))
	case []string:
		list, _ := json.Marshal(v) // text only: cannot fail
		b = appendText(b, string(list))
	}
	*t = append(b, ']')
}

// arg is the argument.
func (t tuples) arg() string {
	if len(t) == 0 {
		return "[]"
	}
	return string(t) + "]"
}

// appendText appends a JSON string. Ids need no escapes.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(s) // text only: cannot fail
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// source is the nth argument, tuples, as a table x in a FROM clause.
func source(q db.Dialect, n int) string {
	if q.Name() == "postgres" {
		return "json_array_elements(" + q.Placeholder(n) + "::json) AS x(value)"
	}
	return "json_each(" + q.Placeholder(n) + ") AS x"
}

var postgresTypes = map[model.Kind]string{
	model.Int: "bigint", model.Float: "double precision", model.Decimal: "numeric", model.Bool: "boolean",
	model.Time: "timestamptz", model.JSON: "jsonb",
}

// cell is the ith value of a tuple of source as a value of the kind.
func cell(q db.Dialect, i int, k model.Kind) string {
	text := "(x.value->>" + strconv.Itoa(i) + ")"
	switch {
	case q.Name() != "postgres" || k == model.Text:
		return text
	case k == model.TextList:
		return "CASE WHEN " + text + " IS NOT NULL THEN ARRAY(SELECT json_array_elements_text(" + text + "::json)) END"
	}
	return text + "::" + postgresTypes[k]
}
