package link

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// tuples builds rows that a statement takes as one argument: a JSON array of
// objects with the members c0, c1, and so on. The text of the statement is the
// same for one row and for thousands, so it stays prepared, and the limit on the
// number of arguments does not matter.
type tuples struct {
	json  []byte
	cells int // the number of cells of the last row
}

// tuple begins the next row, with cells of text.
func (t *tuples) tuple(texts ...string) {
	switch len(t.json) {
	case 0:
		t.json = append(t.json, "[{"...)
	default:
		t.json = append(t.json, ",{"...)
	}
	t.cells = 0
	for _, s := range texts {
		t.member()
		t.json = append(appendText(t.json, s), '}')
	}
}

// member writes the name of the next member of the last row.
func (t *tuples) member() {
	if t.cells > 0 {
		t.json[len(t.json)-1] = ','
	}
	t.json = append(t.json, `"c`...)
	t.json = strconv.AppendInt(t.json, int64(t.cells), 10)
	t.json = append(t.json, `":`...)
	t.cells++
}

// cell appends a value to the last row. Numbers and booleans are written as
// such, everything else as text.
func (t *tuples) cell(v any) {
	t.member()
	b := t.json
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
	t.json = append(b, '}')
}

// arg returns the argument.
func (t *tuples) arg() string { return string(t.json) + "]" }

// appendText appends a JSON string. The common case, an id, needs no escaping.
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

// source returns the nth argument, which is tuples with cells of these kinds, as
// a table named x for a FROM clause.
func source(q db.Dialect, n int, kinds ...model.Kind) string {
	types := make([]db.ColumnType, len(kinds))
	for i, k := range kinds {
		types[i] = k.Column()
	}
	return q.Tuples(n, types...)
}

// cell returns the expression for the ith cell of source, which is of kind k.
func cell(q db.Dialect, i int, k model.Kind) string { return q.Cell(i, k.Column()) }
