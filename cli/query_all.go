package cli

import (
	"bufio"
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/export"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/show"
)

// printAll prints all records of a query, in constant memory.
func (f *queryFlags) printAll(pr *Program, cmd *cobra.Command, r query.Request) error {
	r.Limit = 0
	if err := pr.Query.Prepare(r); err != nil {
		return pr.withNames(err, r)
	}
	out := bufio.NewWriterSize(cmd.OutOrStdout(), 1<<16)
	var to records
	switch {
	case wantsJSON(cmd):
		to = &jsonRecords{out: out, indent: isTerminal(cmd.OutOrStdout())}
	case f.csv:
		to = &csvRecords{show.NewCSV(out, export.Columns(pr.Query, r))}
	default:
		to = &tableRecords{cmd: cmd, fields: r.Fields, columns: export.Columns(pr.Query, r)}
	}
	if err := to.begin(); err != nil {
		return err
	}
	var n int64
	err := export.Each(cmd.Context(), pr.Query, r, func(record []byte) error {
		n++
		return to.record(record)
	})
	if err != nil {
		_ = out.Flush() // err is what matters
		return err
	}
	if err := to.end(n); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if !f.forPrograms(cmd) {
		footer(cmd, show.Plural(n, "record", "records"))
	}
	return nil
}

// records prints records as they come.
type records interface {
	begin() error
	record(record []byte) error
	end(n int64) error
}

// csvRecords prints CSV.
type csvRecords struct{ *show.CSV }

func (c *csvRecords) begin() error               { return c.Header() }
func (c *csvRecords) record(record []byte) error { return c.Record(record) }
func (c *csvRecords) end(int64) error            { return nil }

// jsonRecords prints the same JSON as a page does.
type jsonRecords struct {
	out    *bufio.Writer
	indent bool
	some   bool
}

func (j *jsonRecords) begin() error {
	_, err := j.out.WriteString(`{"data":[`)
	return err
}

func (j *jsonRecords) record(record []byte) error {
	between := ""
	if j.some {
		between = ","
	}
	if j.indent {
		between += "\n  "
	}
	j.some = true
	if _, err := j.out.WriteString(between); err != nil {
		return err
	}
	_, err := j.out.Write(record)
	return err
}

func (j *jsonRecords) end(n int64) error {
	metadata, err := json.Marshal(query.Metadata{Count: &n, Take: int(n)})
	if err == nil {
		_, err = fmt.Fprintf(j.out, "],\"metadata\":%s}\n", metadata)
	}
	return err
}

// tableRecords prints a table in parts: the columns are as wide as the cells so far
// need.
type tableRecords struct {
	cmd     *cobra.Command
	fields  []string
	columns []string
	table   show.Table
}

// part is how many rows of a table are held in memory.
const part = 1000

func (t *tableRecords) begin() error {
	for _, c := range t.columns {
		t.table.Columns = append(t.table.Columns, show.Title(c, t.fields))
	}
	return nil
}

func (t *tableRecords) record(record []byte) error {
	v, err := show.Parse(record)
	if err != nil {
		return err
	}
	cells := make([]string, len(t.columns))
	for i, column := range t.columns {
		cells[i] = v.At(column).Cell()
	}
	if t.table.Add(cells...); len(t.table.Rows) < part {
		return nil
	}
	return t.flush()
}

func (t *tableRecords) end(int64) error { return t.flush() }

func (t *tableRecords) flush() error {
	if len(t.table.Rows) == 0 {
		return nil
	}
	err := writeTable(t.cmd, &t.table)
	t.table.Rows, t.table.Continues = nil, true
	return err
}
