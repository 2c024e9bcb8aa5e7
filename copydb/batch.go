package copydb

import (
	"context"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// A batch holds at most batchRows rows, and no more once it has batchBytes.
const (
	batchRows  = 1000
	batchBytes = 4 << 20
)

// batch collects rows of a table and writes them with one statement.
type batch struct {
	dialect db.Dialect
	model   *model.Model
	most    int // rows of one statement
	rows    int
	bytes   int
	args    []any
	text    string // the statement for most rows
}

func newBatch(d db.Dialect, m *model.Model) *batch {
	return &batch{dialect: d, model: m, most: max(1, min(batchRows, d.MaxArgs()/len(m.Fields)))}
}

// add adds the row that cells hold.
func (b *batch) add(cells []cell) error {
	for i := range cells {
		v, size, err := cells[i].value()
		if err != nil {
			return err
		}
		b.args = append(b.args, v)
		b.bytes += size
	}
	b.rows++
	return nil
}

func (b *batch) full() bool { return b.rows == b.most || b.bytes >= batchBytes }

// write writes the rows.
func (b *batch) write(ctx context.Context, c db.Conn) error {
	if b.rows == 0 {
		return nil
	}
	text := b.text
	if b.rows != b.most || text == "" {
		text = b.statement()
	}
	if b.rows == b.most {
		b.text = text
	}
	_, err := c.Exec(ctx, text, b.args...)
	clear(b.args)
	b.rows, b.bytes, b.args = 0, 0, b.args[:0]
	return err
}

// statement returns the statement that inserts the rows.
func (b *batch) statement() string {
	columns := make([]string, len(b.model.Fields))
	for i, f := range b.model.Fields {
		columns[i] = b.dialect.Quote(f.Name)
	}
	return "INSERT INTO " + b.dialect.Quote(b.model.Table) + " (" + strings.Join(columns, ", ") + ") VALUES " + db.RowsOf(b.dialect, len(columns), b.rows)
}
