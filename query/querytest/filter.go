package querytest

import (
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// condition returns whether a record fulfills a filter.
type condition func(record) tri

// object returns the condition of a filter object: all its keys hold.
func (e *evaluator) object(at scope, filters map[string]any) (condition, error) {
	var all []condition
	for _, key := range slices.Sorted(maps.Keys(filters)) {
		c, err := e.entry(at, key, filters[key])
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return func(r record) tri {
		result := yes
		for _, c := range all {
			result = result.and(c(r))
		}
		return result
	}, nil
}

func (e *evaluator) entry(at scope, key string, value any) (condition, error) {
	if first, rest, dotted := strings.Cut(key, "."); dotted && !strings.HasPrefix(key, "$") {
		return e.entry(at, first, map[string]any{rest: value})
	}
	switch {
	case key == "$and" || key == "$or":
		return e.group(at, key, value)
	case key == "$not":
		return e.negation(at, value)
	case key == "q" && at.column("q") == nil:
		return e.freeText(at, value)
	}
	if f := at.column(key); f != nil {
		return e.columnCondition(at, f, value)
	}
	if edge := at.relation(key); edge != nil {
		return e.linked(at, edge, value)
	}
	return nil, at.unknown(key)
}

func (e *evaluator) columnCondition(at scope, f *model.Field, value any) (condition, error) {
	if value == nil && at.edge == nil && f.Name == at.model.PrimaryKey() {
		return nil, fault.New(fault.InvalidData, "%s is null, which no record has", f.Name)
	}
	t, err := domainOf(f.Kind).test(value)
	if err != nil {
		return nil, err
	}
	return func(r record) tri { return t(e.value(r, f)) }, nil
}

func (e *evaluator) group(at scope, key string, value any) (condition, error) {
	list, ok := asList(value)
	if !ok {
		return nil, fault.New(fault.InvalidData, "%s takes a list of conditions", key)
	}
	var parts []condition
	for _, v := range list {
		filters, ok := asMap(v)
		if !ok {
			return nil, fault.New(fault.InvalidData, "%s takes a list of conditions", key)
		}
		c, err := e.object(at, filters)
		if err != nil {
			return nil, err
		}
		parts = append(parts, c)
	}
	return func(r record) tri {
		if key == "$and" {
			return fold(parts, yes, tri.and, r)
		}
		return fold(parts, no, tri.or, r)
	}, nil
}

func fold(parts []condition, start tri, join func(a, b tri) tri, r record) tri {
	for _, c := range parts {
		start = join(start, c(r))
	}
	return start
}

func (e *evaluator) negation(at scope, value any) (condition, error) {
	filters, ok := asMap(value)
	if !ok {
		return nil, fault.New(fault.InvalidData, "$not takes a condition")
	}
	c, err := e.object(at, filters)
	return func(r record) tri { return c(r).not() }, err
}

// freeText returns the condition that each word is in some searchable column of the
// record or of a record at the end of a searchable edge.
func (e *evaluator) freeText(at scope, value any) (condition, error) {
	text, ok := parseText(value)
	if !ok {
		return nil, fault.New(fault.InvalidData, "q takes text")
	}
	ways := e.searchable(at)
	if len(ways) == 0 {
		return nil, fault.New(fault.InvalidData, "%s has no searchable column", at.model)
	}
	return func(r record) tri {
		for _, word := range strings.Fields(text) {
			if !slices.ContainsFunc(ways, func(has finder) bool { return has(r, word) }) {
				return no
			}
		}
		return yes
	}, nil
}

// finder reports whether a word is in one column of a record.
type finder func(r record, word string) bool

// searchable returns a finder for each searchable column. A null contains no word.
func (e *evaluator) searchable(at scope) []finder {
	ways := searchableColumns(at.model)
	for _, edge := range at.graph.Edges(at.model) {
		if !edge.Searchable {
			continue
		}
		for _, has := range searchableColumns(edge.To) {
			ways = append(ways, func(r record, word string) bool {
				return slices.ContainsFunc(e.follow(r, edge), func(linked record) bool { return has(linked, word) })
			})
		}
	}
	return ways
}

func searchableColumns(m *model.Model) []finder {
	var ways []finder
	for _, f := range m.Fields {
		if f.Searchable && !f.Secret {
			ways = append(ways, func(r record, word string) bool { return containsWord(r.row[f.Name], word) })
		}
	}
	return ways
}

func containsWord(v any, word string) bool {
	text, ok := v.(string)
	return ok && strings.Contains(strings.ToLower(text), strings.ToLower(word))
}

func asMap(v any) (map[string]any, bool) {
	switch m := v.(type) {
	case query.Filters:
		return m, true
	case map[string]any:
		return m, true
	}
	return nil, false
}

// asList returns a list of any type as []any.
func asList(v any) ([]any, bool) {
	switch l := v.(type) {
	case []any:
		return l, true
	case []string:
		return anySlice(l), true
	case []int64:
		return anySlice(l), true
	case []query.Filters:
		return anySlice(l), true
	case []map[string]any:
		return anySlice(l), true
	}
	return nil, false
}

func anySlice[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}
