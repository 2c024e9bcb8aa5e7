package show

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// Records returns a table of records of model m, given as JSON; fields are the
// paths that were queried. The columns of a linked record become columns of the
// table, named by their paths ("customer.email"); a list is one cell. The table
// has the columns of all records, in the order of fields.
func Records(g *model.Graph, m *model.Model, fields []string, data []byte) (*Table, error) {
	all, err := Parse(data)
	if err != nil {
		return nil, err
	}
	f := &flattener{graph: g}
	for _, record := range all.kids {
		f.record(m, record)
	}
	f.dropEmptyLinks()
	f.sort(fields)
	return f.table(fields), nil
}

// flattener collects the cells of records by path.
type flattener struct {
	graph   *model.Graph
	columns []string
	rows    []map[string]Value
	at      int // index for a new column: after the column of the previous cell
}

func (f *flattener) record(m *model.Model, v Value) {
	f.at = 0
	f.rows = append(f.rows, map[string]Value{})
	f.members(m, "", v)
}

func (f *flattener) members(m *model.Model, prefix string, v Value) {
	for i, name := range v.names {
		kid := v.kids[i]
		if to := f.linked(m, name); to != nil && kid.kind == objectValue {
			f.members(to, prefix+name+".", kid)
			continue
		}
		f.put(prefix+name, kid)
	}
}

// linked returns the model of the single record that a member leads to, or nil
// when the member is a column or a list.
func (f *flattener) linked(m *model.Model, name string) *model.Model {
	e := f.graph.Edge(m, name)
	if e == nil || e.Many || e.Content != "" {
		return nil
	}
	return e.To
}

func (f *flattener) put(column string, v Value) {
	if i := slices.Index(f.columns, column); i >= 0 {
		f.at = i + 1
	} else {
		f.columns = slices.Insert(f.columns, f.at, column)
		f.at++
	}
	f.rows[len(f.rows)-1][column] = v
}

// dropEmptyLinks drops the column of a link that is null in some records when
// other records have columns of its model.
func (f *flattener) dropEmptyLinks() {
	all := slices.Clone(f.columns)
	f.columns = slices.DeleteFunc(f.columns, func(c string) bool {
		below := slices.ContainsFunc(all, func(o string) bool { return strings.HasPrefix(o, c+".") })
		return below && !slices.ContainsFunc(f.rows, func(r map[string]Value) bool { return r[c].kind != nullValue })
	})
}

// sort orders the columns as fields does.
func (f *flattener) sort(fields []string) {
	place := func(column string) int {
		return slices.IndexFunc(fields, func(field string) bool { return asksFor(field, column) })
	}
	slices.SortStableFunc(f.columns, func(a, b string) int { return place(a) - place(b) })
}

// asksFor reports whether a field selects a column, or a part of the list that
// the column shows.
func asksFor(field, column string) bool {
	if all, ok := strings.CutSuffix(field, "*"); ok {
		rest, ok := strings.CutPrefix(column, all)
		return ok && !strings.Contains(rest, ".") || strings.HasPrefix(all, column+".")
	}
	return field == column || strings.HasPrefix(column, field+".") || strings.HasPrefix(field, column+".") && !strings.Contains(field, "$")
}

// Title returns the heading of a column. For a list of which fields selects a
// single path, it is that path.
func Title(column string, fields []string) string {
	below := ""
	for _, f := range fields {
		if !strings.HasPrefix(f, column+".") || strings.Contains(f, "$") {
			continue
		}
		if below != "" || strings.HasSuffix(f, "*") {
			return column
		}
		below = f
	}
	if below != "" {
		return below
	}
	return column
}

func (f *flattener) table(fields []string) *Table {
	t := &Table{Right: make([]bool, len(f.columns))}
	for _, c := range f.columns {
		t.Columns = append(t.Columns, Title(c, fields))
	}
	for _, r := range f.rows {
		cells := make([]string, len(f.columns))
		for i, c := range f.columns {
			cells[i] = r[c].Cell() // null when the record lacks the path
		}
		t.Rows = append(t.Rows, cells)
	}
	for i, c := range f.columns {
		t.Right[i] = f.numeric(c)
	}
	return t
}

// numeric reports whether a column has numbers and otherwise only nulls.
func (f *flattener) numeric(column string) bool {
	numbers := 0
	for _, r := range f.rows {
		switch r[column].kind {
		case numberValue:
			numbers++
		case nullValue:
		default:
			return false
		}
	}
	return numbers > 0
}
