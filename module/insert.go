package module

import (
	"context"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
)

// insert is a checked batch: the values of its rows, one row after the other.
type insert struct {
	table   *table
	columns []*column // the columns written
	rows    int
	quiet   bool  // leaves updated_at as it is
	values  []any // pointers to struct fields, so that nothing is copied
}

// A table caches the texts of at most maxTexts insert statements of at most
// maxTextBytes each.
const maxTexts, maxTextBytes = 32, 64 << 10

// shape is what the text of a table's insert statement depends on.
type shape struct {
	columns uint64 // a bit for each column written; 0 for the columns of a pair
	rows    int
}

// allColumns is the shape of a table with more columns than a shape has bits;
// all its columns are always written.
const allColumns = ^uint64(0)

// prepare checks the rows of a batch and returns the insert. Columns that are
// null in every row are left out of the statement, since null is the default.
func (b *batch) prepare() (*insert, error) {
	t := b.table
	if b.left != nil {
		return &insert{table: t, columns: []*column{b.left, b.right}, rows: len(b.pairs) / 2, values: b.pairs}, nil
	}
	n := len(t.columns)
	values := make([]any, 0, n*len(b.rows))
	used := make([]bool, n)
	for _, row := range b.rows {
		for i := range t.columns {
			v, null, err := t.columns[i].cell(row)
			if err != nil {
				return nil, err
			}
			values = append(values, v)
			used[i] = used[i] || !null
		}
	}
	ins := &insert{table: t, rows: len(b.rows)}
	for i := range t.columns {
		// If a column with a default were left out, it would get the default.
		used[i] = used[i] || t.columns[i].Default != "" || t.columns[i].Serial
		if used[i] {
			ins.columns = append(ins.columns, &t.columns[i])
		}
	}
	ins.values = compact(values, used, len(ins.columns))
	return ins, nil
}

// compact removes the values of unused columns, in place.
func compact(values []any, used []bool, n int) []any {
	if n == len(used) {
		return values
	}
	kept := values[:0]
	for i, v := range values {
		if used[i%len(used)] {
			kept = append(kept, v)
		}
	}
	return kept
}

// run inserts the rows with one statement, or with as few as the database's
// limit on arguments allows.
func (ins *insert) run(ctx context.Context, conn db.Conn, d db.Dialect) error {
	n := len(ins.columns)
	chunk := max(1, d.MaxArgs()/n)
	for start := 0; start < ins.rows; start += chunk {
		rows := min(chunk, ins.rows-start)
		if _, err := conn.Exec(ctx, ins.text(d, rows), ins.values[start*n:(start+rows)*n]...); err != nil {
			return err
		}
	}
	return nil
}

// text returns the statement for a number of rows. Texts are cached, unless
// they are very long.
func (ins *insert) text(d db.Dialect, rows int) string {
	key := shape{ins.mask(), rows}
	t := ins.table
	t.mu.Lock()
	cached, ok := t.texts[key]
	t.mu.Unlock()
	if ok {
		return cached
	}
	text := insertText(t.name, ins.columns, d, rows)
	if len(text) <= maxTextBytes {
		t.mu.Lock()
		defer t.mu.Unlock()
		if len(t.texts) >= maxTexts {
			clear(t.texts)
		}
		t.texts[key] = text
	}
	return text
}

func (ins *insert) mask() uint64 {
	if len(ins.table.columns) > 64 {
		return allColumns
	}
	var mask uint64
	for i, next := 0, 0; i < len(ins.table.columns) && next < len(ins.columns); i++ {
		if &ins.table.columns[i] == ins.columns[next] {
			mask |= 1 << i
			next++
		}
	}
	return mask
}

// insertText returns INSERT INTO t (a, b) VALUES ($1,$2),($3,$4)…
func insertText(table string, columns []*column, d db.Dialect, rows int) string {
	args := rows * len(columns)
	var b strings.Builder
	b.Grow(len(table) + 32*(1+len(columns)) + args*(1+len(d.InOrder(args))) + 2*rows)
	b.WriteString("INSERT INTO ")
	b.WriteString(table)
	b.WriteString(" (")
	for i, c := range columns {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(c.quoted)
	}
	b.WriteString(") VALUES ")
	b.WriteString(db.RowsOf(d, len(columns), rows))
	return b.String()
}

// ids returns the keys of the rows, in the form of Change.IDs.
func (ins *insert) ids() []string {
	given := ins.given(ins.table.model.Key)
	out := make([]string, len(given))
	for i, key := range given {
		out[i] = strings.Join(shown(key), " ")
	}
	return out
}

// names returns the names of columns.
func names(columns []*column) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	return out
}

// given returns the values that the rows have in some columns, one slice per
// row, or nil if a column is not written. Messages about a rejected row name
// them.
func (ins *insert) given(columns []string) [][]any {
	at := make([]int, len(columns))
	for i, name := range columns {
		at[i] = slices.IndexFunc(ins.columns, func(c *column) bool { return c.Name == name })
		if at[i] < 0 {
			return nil
		}
	}
	out := make([][]any, ins.rows)
	for row := range out {
		for _, i := range at {
			out[row] = append(out[row], ins.values[row*len(ins.columns)+i])
		}
	}
	return out
}
