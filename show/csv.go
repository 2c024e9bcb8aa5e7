package show

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"
)

// CSV writes records as CSV (RFC 4180). Text that a spreadsheet would run as a formula
// has an apostrophe before it: customers choose their names.
type CSV struct {
	w       *csv.Writer
	columns []string
}

// NewCSV returns a writer of CSV with a column for each path.
func NewCSV(w io.Writer, columns []string) *CSV { return &CSV{w: csv.NewWriter(w), columns: columns} }

// Header writes the names of the columns.
func (c *CSV) Header() error { return c.write(c.columns) }

// Record writes a record, which is given as JSON. Null, and what the record lacks,
// is empty; lists and objects are JSON.
func (c *CSV) Record(record []byte) error {
	v, err := Parse(record)
	if err != nil {
		return err
	}
	return c.Value(v)
}

// Value writes a record.
func (c *CSV) Value(v Value) error {
	cells := make([]string, len(c.columns))
	for i, column := range c.columns {
		cell := v.At(column)
		cells[i] = cell.plain()
		if cell.kind == textValue && strings.ContainsAny(cells[i][:min(1, len(cells[i]))], "=+-@\t\r") {
			cells[i] = "'" + cells[i]
		}
	}
	return c.write(cells)
}

func (c *CSV) write(cells []string) error {
	if err := c.w.Write(cells); err != nil {
		return err
	}
	c.w.Flush()
	return c.w.Error()
}

// WriteCSV prints the table as CSV.
func (t *Table) WriteCSV(w io.Writer) error {
	return csv.NewWriter(w).WriteAll(append([][]string{t.Columns}, t.Rows...))
}

// At returns the value at a dotted path. The name of an aggregate has a dot.
func (v Value) At(path string) Value {
	name, rest, deeper := strings.Cut(path, ".")
	if !deeper || strings.HasPrefix(rest, "$") {
		return v.Member(path)
	}
	return v.Member(name).At(rest)
}

// plain returns the value as text: null is empty, and lists and objects are JSON.
func (v Value) plain() string {
	switch v.kind {
	case nullValue:
		return ""
	case objectValue, listValue:
		var b strings.Builder
		v.writeJSON(&b)
		return b.String()
	}
	return v.text
}

func (v Value) writeJSON(b *strings.Builder) {
	switch v.kind {
	case nullValue:
		b.WriteString("null")
	case textValue:
		b.WriteString(quoted(v.text))
	case objectValue, listValue:
		v.writeNested(b)
	default:
		b.WriteString(v.text)
	}
}

func (v Value) writeNested(b *strings.Builder) {
	brackets := "[]"
	if v.kind == objectValue {
		brackets = "{}"
	}
	b.WriteByte(brackets[0])
	for i, k := range v.kids {
		if i > 0 {
			b.WriteByte(',')
		}
		if v.kind == objectValue {
			b.WriteString(quoted(v.names[i]) + ":")
		}
		k.writeJSON(b)
	}
	b.WriteByte(brackets[1])
}

func quoted(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string, which cannot fail
	return strings.TrimSuffix(b.String(), "\n")
}

// Compact writes JSON without blanks and line breaks.
func Compact(w io.Writer, b []byte) error {
	var compact bytes.Buffer
	if err := json.Compact(&compact, b); err != nil {
		return err
	}
	_, err := w.Write(compact.Bytes())
	return err
}
