package medusa

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// transfer imports the rows of one table.
type transfer struct {
	*importing
	model  *model.Model
	cells  []cell
	ends   []*model.Field    // for a link table, the keys whose records must exist
	rivals map[string]string // for a link table, why rows are imported as dismissed, by id
	leaf   bool              // whether no other table refers to this one, so that rows can be left out
	batch  *batch
	total  int64
	report TableReport
}

func newTransfer(i *importing, m *model.Model, all []*model.Model) *transfer {
	t := &transfer{importing: i, model: m, leaf: !referredTo(m, all), report: TableReport{Table: m.Table, Notes: []string{}}}
	from := i.source.tables[m.Table]
	for _, f := range fieldsOf(m) {
		t.cells = append(t.cells, newCell(f, from, i.source.dialect.Quote))
		if f.References != nil && m.Module == "link" && i.source.tables[f.References.Model.Table] != nil {
			t.ends = append(t.ends, f)
		}
	}
	t.batch = newBatch(i.store.DB.Dialect(), m)
	return t
}

func referredTo(m *model.Model, all []*model.Model) bool {
	for _, other := range all {
		for _, f := range other.Fields {
			if f.References != nil && f.References.Model == m {
				return true
			}
		}
	}
	return false
}

func (t *transfer) run(ctx context.Context) error {
	if err := t.count(ctx); err != nil {
		return unreadable(err, t.model.Table)
	}
	if err := t.findRivals(ctx); err != nil {
		return unreadable(err, t.model.Table)
	}
	if err := t.stream(ctx); err != nil {
		return err
	}
	t.progress(t.model.Table, t.report.Read, t.total)
	return t.number(ctx)
}

// count counts the rows, and the values in columns that we do not have.
func (t *transfer) count(ctx context.Context) error {
	from := t.source.tables[t.model.Table]
	var lost []string
	for name := range from.columns {
		of, companion := strings.CutPrefix(name, "raw_")
		if t.model.Field(name) == nil && (!companion || t.model.Field(of) == nil) {
			lost = append(lost, name)
		}
	}
	slices.Sort(lost)
	counts := make([]int64, len(lost)+1)
	sql, dest := "SELECT count(*)", []any{&counts[0]}
	for i, name := range lost {
		sql += ", count(" + t.source.dialect.Quote(name) + ")"
		dest = append(dest, &counts[i+1])
	}
	rows, err := t.source.tx.Query(ctx, sql+" FROM "+t.source.quote(t.model.Table))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
	}
	t.total = counts[0]
	for i, name := range lost {
		if n := counts[i+1]; n > 0 {
			t.report.Notes = append(t.report.Notes, fmt.Sprintf("the column %s is unknown; its %d values were left out", name, n))
		}
	}
	return rows.Err()
}

// stream reads rows and writes them in batches.
func (t *transfer) stream(ctx context.Context) error {
	rows, err := t.source.tx.Query(ctx, t.query())
	if err != nil {
		return unreadable(err, t.model.Table)
	}
	defer rows.Close()
	exist := make([]bool, len(t.ends))
	var dest []any
	for i := range t.cells {
		dest = append(dest, t.cells[i].dest()...)
	}
	for i := range exist {
		dest = append(dest, &exist[i])
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return unreadable(err, t.model.Table)
		}
		t.report.Read++
		if err := t.take(ctx, exist); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return unreadable(err, t.model.Table)
	}
	return t.flush(ctx)
}

// query returns the query for what the cells scan and, for each end of a link, whether
// the record exists.
func (t *transfer) query() string {
	q := t.source.dialect.Quote
	var columns []string
	for i := range t.cells {
		columns = append(columns, t.cells[i].exprs...)
	}
	columns = append(columns, t.endsExist()...)
	sql := "SELECT " + list(columns) + " FROM " + t.source.quote(t.model.Table) + " r"
	for _, f := range t.model.Fields {
		if f.References == nil || f.References.Model != t.model {
			continue
		}
		// The rows of a tree, parents first. Rows that are their own ancestors, if there are any, come last.
		key, parent := q(f.References.Column), q(f.Name)
		return "WITH RECURSIVE tree (key, depth) AS (SELECT " + key + ", 0 FROM " + t.source.quote(t.model.Table) + " WHERE " + parent + " IS NULL" +
			" UNION ALL SELECT c." + key + ", depth + 1 FROM " + t.source.quote(t.model.Table) + " c JOIN tree ON c." + parent + " = tree.key) " +
			sql + " LEFT JOIN tree ON tree.key = r." + key + " ORDER BY tree.depth NULLS LAST"
	}
	return sql
}

// take adds the row that the cells hold to the batch, or leaves it out.
func (t *transfer) take(ctx context.Context, exist []bool) error {
	if n := slices.Index(exist, false); n >= 0 {
		end := t.ends[n]
		t.refuse(fmt.Sprintf("there is no %s %s", end.References.Model, t.cells[slices.Index(t.model.Fields, end)].shown()))
		return nil
	}
	start := len(t.batch.args)
	for i := range t.cells {
		c := &t.cells[i]
		v, note, err := c.value()
		switch {
		case err != nil:
			return fault.New(fault.InvalidData, "%s cannot be imported: %s %s; nothing was written", t.row(), c.field.Name, err)
		case v == nil && !c.field.Null && !t.leaf:
			return fault.New(fault.InvalidData, "%s cannot be imported: its %s is null; nothing was written", t.row(), c.field.Name)
		case v == nil && !c.field.Null:
			t.batch.args = t.batch.args[:start]
			t.refuse("its " + c.field.Name + " is null, but must have a value")
			return nil
		case note != "":
			t.note(c.field.Name + " " + note)
		}
		t.batch.args = append(t.batch.args, v)
	}
	t.dismissRival(start)
	if t.batch.rows++; t.batch.full() {
		return t.flush(ctx)
	}
	return nil
}

// refuse leaves the row out, for a reason.
func (t *transfer) refuse(reason string) {
	t.report.Refused++
	t.note("left out: " + reason)
}

// note adds a note about the row that the cells hold.
func (t *transfer) note(what string) {
	t.importing.report.Notes = append(t.importing.report.Notes, t.row()+": "+what)
}

// row describes the row that the cells hold by its key and, for a link, the records that
// it links.
func (t *transfer) row() string {
	var key, ends []string
	for i := range t.cells {
		switch c := &t.cells[i]; {
		case slices.Contains(t.model.Key, c.field.Name):
			key = append(key, c.field.Name+" "+c.shown())
		case slices.Contains(t.ends, c.field):
			ends = append(ends, c.field.Name+" "+c.shown())
		}
	}
	return t.model.Table + " (" + list(append(key, ends...)) + ")"
}

// flush writes the batch.
func (t *transfer) flush(ctx context.Context) error {
	if t.batch.rows > 0 {
		n, gone, err := t.batch.write(ctx, t.store)
		if err != nil {
			return unwritable(err, t.model)
		}
		if len(gone) > 0 {
			t.gone[t.model] = append(t.gone[t.model], gone...)
		}
		t.report.Written += n
		t.report.Unchanged += int64(t.batch.rows) - n
		t.batch.clear()
	}
	t.progress(t.model.Table, t.report.Read, t.total)
	return nil
}

// list joins SQL expressions, or words.
func list(exprs []string) string { return strings.Join(exprs, ", ") }
