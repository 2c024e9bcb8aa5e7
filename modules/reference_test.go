package modules_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/model"
)

// The files in testdata describe every model, in the form that describe returns: its
// table, the prefix of its ids, and its names in queries; its columns with their kind
// ("?" means nullable) and foreign key; its edges as chains of tables, each joined on
// (column=value), where 0.x is column x of the first table on the way, "#" a constant
// and "*" as of a version; and its unique indexes.
func TestModelsAreAsDescribed(t *testing.T) {
	t.Parallel()
	g := graph(t)
	for _, folder := range slices.Sorted(maps.Keys(modules)) {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			want, err := os.ReadFile(filepath.Join("testdata", folder+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			for _, m := range modules[folder] {
				got.WriteString(describe(g, m) + "\n")
			}
			if diff := cmp.Diff(lines(string(want)), lines(got.String())); diff != "" {
				t.Errorf("want -, got +\n%s", diff)
			}
		})
	}
}

func lines(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") }

func describe(g *model.Graph, m *model.Model) string {
	prefix := m.Prefix
	if prefix == "" {
		prefix = "-"
	}
	all := []string{
		"model " + m.Name, "  table " + m.Table, "  prefix " + prefix, "  entities " + strings.Join(m.Entities, " "),
	}
	var columns, edges, unique []string
	for _, f := range m.Fields {
		columns = append(columns, "  "+describeField(m, f))
	}
	for _, e := range g.Edges(m) {
		edges = append(edges, "  -> "+describeEdge(e))
	}
	for _, i := range m.Indexes {
		if i.Unique {
			unique = append(unique, strings.TrimSuffix("  unique "+strings.Join(i.Columns, " ")+" where "+i.Where, " where "))
		}
	}
	for _, part := range [][]string{columns, edges, unique} {
		slices.Sort(part)
		all = append(all, part...)
	}
	if len(m.Cascade) > 0 {
		all = append(all, "  cascades "+strings.Join(m.Cascade, " "))
	}
	return strings.Join(all, "\n") + "\n"
}

func describeField(m *model.Model, f *model.Field) string {
	s := f.Name + " " + f.Kind.String()
	if f.Null {
		s += "?"
	}
	if f.Name == m.PrimaryKey() {
		s += " key"
	}
	if f.Serial {
		s += " serial"
	}
	if f.Searchable {
		s += " searchable"
	}
	if f.Secret {
		s += " secret"
	}
	if f.Default != "" {
		s += " default=" + f.Default
	}
	if f.Enum != nil {
		s += " enum=" + strings.Join(f.Enum, "|")
	}
	if f.References != nil {
		s += fmt.Sprintf(" -> %s on delete %s", f.References.Model.Table, strings.ToLower(f.References.OnDelete))
	}
	return s
}

func describeEdge(e *model.Edge) string {
	s := e.Name + " one"
	if e.Many {
		s = e.Name + " many"
	}
	for _, hop := range e.Hops {
		var on []string
		for _, o := range hop.On {
			on = append(on, o.Column+"="+describeValue(o))
		}
		s += " " + hop.Model.Table + "(" + strings.Join(on, " ") + ")"
	}
	if e.Content != "" {
		s += " content " + e.Content
	}
	if e.Searchable {
		s += " searchable"
	}
	return s
}

func describeValue(o model.On) string {
	var s string
	switch {
	case o.Null:
		s = "null"
	case o.Of == "":
		s = fmt.Sprintf("#%v", o.Value)
	case o.Row == model.FromRow:
		s = o.Of
	default:
		s = fmt.Sprintf("%d.%s", o.Row, o.Of)
	}
	if o.AsOf {
		s += "*"
	}
	return s
}
