package export

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// Columns returns the columns of a table of the records of a query, which is
// valid: those of linked records by their paths, and one for a list.
func Columns(e *query.Engine, r query.Request) []string {
	var out []string
	add := func(column string) {
		if !slices.Contains(out, column) {
			out = append(out, column)
		}
	}
	for _, path := range r.Fields {
		found, _ := e.Lookup(r.Entity, path)
		end, below := listIn(found), found.Columns()
		prefix := strings.TrimSuffix(path, "*")
		switch {
		case strings.Contains(path, "$"): // an aggregate
			add(path)
		case end >= 0:
			add(strings.Join(strings.Split(path, ".")[:end+1], "."))
		case len(below) == 0: // a column
			add(path)
		case prefix != "" && !strings.HasSuffix(prefix, "."):
			prefix += "."
			fallthrough
		default:
			for _, name := range below {
				add(prefix + name)
			}
		}
	}
	return out
}

// listIn returns the index of the first relation of a path that is one value in a
// record: a list, a JSON document, or what is outside the database. It is -1 if
// there is none.
func listIn(f query.Found) int {
	return slices.IndexFunc(f.Edges, func(e *model.Edge) bool { return e.Many || e.Content != "" || e.To == nil })
}
