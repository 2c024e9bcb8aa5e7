package show

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// Records lays records out as a table; fields are what was asked for. A
// linked record's columns become
// columns of the table, under their paths ("customer.email"); lists stay one
// Cell. The columns are those of all records, in the order they are met.
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
	at      int // where a new column goes: behind the one met last
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

// linked is the model of the one record that a member leads to; nil for a
// column or a list.
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

// dropEmptyLinks drops the column of a link that leads nowhere in some records,
// when others have its columns.
func (f *flattener) dropEmptyLinks() {
	all := slices.Clone(f.columns)
	f.columns = slices.DeleteFunc(f.columns, func(c string) bool {
		below := slices.ContainsFunc(all, func(o string) bool { return strings.HasPrefix(o, c+".") })
		return below && !slices.ContainsFunc(f.rows, func(r map[string]Value) bool { return r[c].kind != nullValue })
	})
}

// sort puts the columns in the order in which the fields ask for them.
func (f *flattener) sort(fields []string) {
	place := func(column string) int {
		return slices.IndexFunc(fields, func(field string) bool { return asksFor(field, column) })
	}
	slices.SortStableFunc(f.columns, func(a, b string) int { return place(a) - place(b) })
}

// asksFor reports whether a field brings a column, or the list that the column
// shows.
func asksFor(field, column string) bool {
	if all, ok := strings.CutSuffix(field, "*"); ok {
		rest, ok := strings.CutPrefix(column, all)
		return ok && !strings.Contains(rest, ".") || strings.HasPrefix(all, column+".")
	}
	return field == column || strings.HasPrefix(column, field+".") || strings.HasPrefix(field, column+".") && !strings.Contains(field, "$")
}

// title is the heading of a column. A list of which only one path is asked for
// has that path.
func title(column string, fields []string) string {
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
		t.Columns = append(t.Columns, title(c, fields))
	}
	for _, r := range f.rows {
		cells := make([]string, len(f.columns))
		for i, c := range f.columns {
			cells[i] = r[c].Cell() // a path that a record lacks is null there
		}
		t.Rows = append(t.Rows, cells)
	}
	for i, c := range f.columns {
		numbers := 0
		t.Right[i] = !slices.ContainsFunc(f.rows, func(r map[string]Value) bool {
			if r[c].kind == numberValue {
				numbers++
			}
			return r[c].kind != numberValue && r[c].kind != nullValue
		}) && numbers > 0
	}
	return t
}
