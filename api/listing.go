package api

import (
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/api/body"
)

// listParameters returns the parameters of a list, for the document: the page,
// the filters with names of their own, and the columns.
func (b *bound) listParameters() []Parameter {
	out := []Parameter{
		b.fieldsParameter(),
		{"limit", "how many records at most", body.Integer.OrMore(0)},
		{"offset", "how many records to skip", body.Integer.OrMore(0)},
		{"order", "what to sort by: columns, or paths through to-one relations; - before one for descending", body.Text},
		{"with_deleted", "include soft-deleted records", body.Flag},
		{"count", "how records are counted: by an estimate beyond some thousands, or exactly, or not", body.OneOf(string(CountEstimated), string(CountExact), string(CountNone))},
	}
	out = append(append(out, b.Tree.documented()...), b.Listing.Others...)
	m, err := b.shop.Query.Models().Model(b.Entity)
	if err != nil {
		return out
	}
	if m.Searchable() {
		out = append(out, Parameter{"q", "words to look for", body.Text})
	}
	for _, name := range slices.Sorted(maps.Keys(b.filters.aliases)) {
		out = append(out, Parameter{name, "a condition on " + b.filters.aliases[name], body.Any})
	}
	for _, f := range m.Readable() {
		if _, ok := b.filters.path(&parameters{name: f.Name}); !ok || control[f.Name] || b.filters.aliases[f.Name] != "" {
			continue
		}
		out = append(out, Parameter{f.Name, "a value, several, or a tree of operators: " + f.Name + "[$gte]=…", body.Any})
	}
	for _, edge := range b.shop.Query.Models().Edges(m) {
		if edge.To != nil && edge.Content == "" && b.filters.may(edge.Name) && !control[edge.Name] && !b.filters.others[edge.Name] {
			key := edge.To.PrimaryKey()
			out = append(out, Parameter{edge.Name, "conditions on the related records: " + edge.Name + "[" + key + "]=…", body.Any})
		}
	}
	return out
}

// oneParameters returns the parameters of a route that returns one record.
func (b *bound) oneParameters() []Parameter {
	out := []Parameter{b.fieldsParameter()}
	out = append(append(out, b.Tree.documented()...), b.Listing.Others...)
	if b.Lookup.Version {
		out = append(out, Parameter{"version", "return what has versions as of this one", body.Integer.OrMore(1)})
	}
	return out
}

func (b *bound) fieldsParameter() Parameter {
	example := "id,created_at"
	for _, path := range b.one.defaults {
		if relation, _, ok := strings.Cut(path, "."); ok {
			example += ",*" + relation
			break
		}
	}
	return Parameter{"fields", "the fields to return, such as " + example + "; with + or - before each they change the default", body.Text}
}
