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
// objects with the members c0, c1 … So the statement's text is the same for one
// row and for thousands, which keeps it prepared, and no limit on the number of
// arguments cuts a batch.
type tuples struct {
	json  []byte
	cells int // of the last row
}

// tuple begins the next row.
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

// member opens the last row for a further cell.
func (t *tuples) member() {
	if t.cells > 0 {
		t.json[len(t.json)-1] = ','
	}
	t.json = append(t.json, `"c`...)
	t.json = strconv.AppendInt(t.json, int64(t.cells), 10)
	t.json = append(t.json, `":`...)
	t.cells++
}

// cell appends a value to the last row. Numbers and booleans are what they
// are, everything else is its text.
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

// arg is the argument.
func (t *tuples) arg() string { return string(t.json) + "]" }

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

// source is the nth argument, tuples with cells of these kinds, as a table x in
// a FROM clause.
func source(q db.Dialect, n int, kinds ...model.Kind) string {
	types := make([]db.ColumnType, len(kinds))
	for i, k := range kinds {
		types[i] = k.Column()
	}
	return q.Tuples(n, types...)
}

// cell is the ith value of a tuple of source, which is of the kind.
func cell(q db.Dialect, i int, k model.Kind) string { return q.Cell(i, k.Column()) }
