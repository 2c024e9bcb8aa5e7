package show

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// tree prints records and their branches.
type tree struct {
	graph *model.Graph
	out   *bufio.Writer
}

// Tree prints a record of model m with everything that is linked to it, a line
// for each record:
//
//	order order_01…  status pending
//	├─ customer cus_01…  email ada@example.com
//	├─ items (2)
//	│  ├─ ordli_01…  title Mug · quantity 2
//	…
func Tree(w io.Writer, g *model.Graph, m *model.Model, record Value) error {
	t := tree{g, bufio.NewWriter(w)}
	fmt.Fprintln(t.out, m.Name+" "+t.line(m, record))
	t.branches(m, record, "")
	return t.out.Flush()
}

// line returns a record on one line: its key, then its other columns by name.
// Nulls are left out.
func (t tree) line(m *model.Model, record Value) string {
	var key string
	var columns []string
	for i, name := range record.names {
		kid := record.kids[i]
		switch {
		case t.graph.Edge(m, name) != nil || kid.kind == nullValue:
		case name == m.PrimaryKey():
			key = kid.Cell()
		default:
			columns = append(columns, name+" "+kid.Cell())
		}
	}
	if key != "" && len(columns) > 0 {
		key += "  "
	}
	return key + strings.Join(columns, " · ")
}

// branch is a linked record, or a heading above a list of them.
type branch struct {
	text  string
	model *model.Model
	kids  []Value // the records below a heading
	of    Value   // the linked record
}

func (t tree) branches(m *model.Model, record Value, indent string) {
	var all []branch
	for i, name := range record.names {
		if e := t.graph.Edge(m, name); e != nil && e.To != nil {
			all = append(all, t.branch(e, record.kids[i]))
		}
	}
	for i, b := range all {
		next := t.print(b.text, indent, i == len(all)-1)
		t.branches(b.model, b.of, next)
		for j, kid := range b.kids {
			below := t.print(t.line(b.model, kid), next, j == len(b.kids)-1)
			t.branches(b.model, kid, below)
		}
	}
}

func (t tree) branch(e *model.Edge, v Value) branch {
	switch v.kind {
	case objectValue:
		return branch{text: e.Name + " " + t.line(e.To, v), model: e.To, of: v}
	case listValue:
		return branch{text: fmt.Sprintf("%s (%d)", e.Name, len(v.kids)), model: e.To, kids: v.kids}
	}
	return branch{text: e.Name + " -", model: e.To}
}

// print prints a line and returns the indent of the lines below it.
func (t tree) print(text, indent string, last bool) string {
	if last {
		fmt.Fprintln(t.out, indent+"└─ "+text)
		return indent + "   "
	}
	fmt.Fprintln(t.out, indent+"├─ "+text)
	return indent + "│  "
}
