package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/model"
)

// completeFilter completes a filter: the names of its path, then an operator of
// the column or list that it leads to, then a value if the column has only some.
func (pr *Program) completeFilter(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	const directive = noFiles | cobra.ShellCompDirectiveNoSpace
	b, err := pr.Blueprint()
	if err != nil || len(args) == 0 {
		return nil, noFiles
	}
	name, _, valued := strings.Cut(typed, "=")
	path, _, bracketed := strings.Cut(name, "[")
	if !valued && !bracketed {
		paths, _ := pr.completePath(cmd, args, typed)
		return append(paths, endsOfFilter(b.Graph, args[0], typed)...), directive
	}
	var all []string
	if valued {
		for _, v := range valuesOf(columnAt(b.Graph, args[0], path)) {
			all = append(all, name+"="+v)
		}
	} else {
		all = endsOfFilter(b.Graph, args[0], path)
	}
	return slices.DeleteFunc(all, func(c string) bool { return !strings.HasPrefix(c, typed) }), directive
}

// endsOfFilter returns what can follow a path that is complete.
func endsOfFilter(g *model.Graph, entity, path string) []string {
	f, e := at(g, entity, path)
	var out []string
	switch {
	case f != nil:
		if f.Kind != model.TextList {
			out = append(out, path+"=")
		}
		for _, op := range operatorsOf(f.Kind) {
			out = append(out, path+"["+op+"]=")
		}
	case e != nil && e.Many:
		for _, op := range []string{"$some", "$every", "$none"} {
			out = append(out, path+"["+op+"][")
		}
		out = append(out, path+".$count=", path+".$count[$gt]=", path+".")
	case e != nil && e.To != nil:
		out = append(out, path+".", path+"=null")
	}
	return out
}

// operatorsOf returns the operators on a column of a kind.
func operatorsOf(k model.Kind) []string {
	if k == model.TextList {
		return []string{"$contains", "$overlap", "$contained", "$exists"}
	}
	all := []string{"$eq", "$ne", "$in", "$nin"}
	if k.Ordered() {
		all = append(all, "$gt", "$gte", "$lt", "$lte")
	}
	if k == model.Text {
		all = append(all, "$like", "$ilike", "$re")
	}
	return append(all, "$exists")
}

// columnAt returns the column that a path leads to, or nil.
func columnAt(g *model.Graph, entity, path string) *model.Field {
	f, _ := at(g, entity, path)
	return f
}

// at returns the column or the edge that a path leads to; both are nil if there is
// neither.
func at(g *model.Graph, entity, path string) (f *model.Field, e *model.Edge) {
	m, err := g.Model(entity)
	if err != nil {
		return nil, nil
	}
	for name := range strings.SplitSeq(path, ".") {
		if m == nil || f != nil {
			return nil, nil
		}
		f, e = m.Visible(name), g.Edge(m, name)
		if m = nil; e != nil {
			m = e.To
		}
	}
	return f, e
}

// valuesOf returns the values of a column that has only some.
func valuesOf(f *model.Field) []string {
	switch {
	case f == nil:
		return nil
	case f.Kind == model.Bool:
		return []string{"true", "false"}
	}
	return f.Enum
}
