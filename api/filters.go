package api

import (
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// Aliases maps names of filters to the paths they stand for: "tag_id" for "tags.id".
type Aliases map[string]string

// control are the parameters of a list that are not filters.
var control = map[string]bool{"fields": true, "order": true, "limit": true, "offset": true, "with_deleted": true, "count": true}

// filters parses conditions on an entity from the parameters of a URL.
type filters struct {
	engine  *query.Engine
	entity  string
	aliases Aliases
	others  map[string]bool // parameters that are no filters, beside control
	lenient bool            // unknown names without dots and operators are passed over
	allowed *allowed        // what a storefront may filter by; nil is everything
}

// read returns the condition that all parameters hold, and the names of those
// that are passed over.
func (f *filters) read(p *parameters) (conditions query.Filters, ignored []string, err error) {
	var own []*parameters
	for _, k := range p.kids {
		switch {
		case k.name == "":
			return nil, nil, fault.New(fault.InvalidData, "Invalid request: a parameter has no name; want name=value")
		case control[k.name] || f.others[k.name]:
		case f.ignores(k):
			ignored = append(ignored, k.name)
		default:
			own = append(own, k)
		}
	}
	conditions, err = f.all(own)
	return conditions, ignored, err
}

// ignores reports whether a parameter is passed over: a bare name that is no
// condition, where the list is lenient.
func (f *filters) ignores(k *parameters) bool {
	if !f.lenient || strings.Contains(k.name, ".") || len(k.kids) > 0 && !k.list() {
		return false
	}
	_, ok := f.path(k)
	return !ok
}

// all returns the condition that all of several parameters hold.
func (f *filters) all(of []*parameters) (query.Filters, error) {
	out := query.Filters{}
	var unknown []string
	for _, k := range of {
		path, ok := f.path(k)
		if !ok {
			unknown = append(unknown, k.first())
			continue
		}
		v, err := f.value(path, k)
		if err != nil {
			return nil, err
		}
		if path == "q" && v == "" {
			continue
		}
		if _, twice := out[path]; twice { // an alias and its path
			out = query.Filters{"$and": []any{out, query.Filters{path: v}}}
			continue
		}
		out[path] = v
	}
	if unknown != nil {
		return nil, f.unrecognized(unknown)
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// value returns what a parameter demands of a path.
func (f *filters) value(path string, k *parameters) (any, error) {
	switch {
	case path == "q":
		return k.word(), nil
	case grouping[path]:
		return f.group(path, k)
	case f.inDocument(path):
		return untyped(k.tree()), nil
	}
	return f.related(path, f.documents(path, k.tree())), nil
}

// grouping are the names that join conditions.
var grouping = map[string]bool{"$and": true, "$or": true, "$not": true}

// group reads the conditions that $and, $or or $not joins. What is no condition
// is left to the query to refuse.
func (f *filters) group(name string, k *parameters) (any, error) {
	if name == "$not" && len(k.kids) > 0 {
		return f.condition(k)
	}
	if !k.list() {
		return k.tree(), nil
	}
	var out []any
	for _, each := range k.kids {
		if len(each.kids) == 0 {
			return k.tree(), nil
		}
		c, err := f.condition(each)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// condition reads the conditions below a name that joins them.
func (f *filters) condition(k *parameters) (map[string]any, error) {
	c, err := f.all(k.kids)
	return map[string]any(c), err
}

// path returns the path that a parameter is a condition on, if there is one and
// the caller may use it.
func (f *filters) path(k *parameters) (string, bool) {
	if path, ok := f.aliases[k.name]; ok {
		return path, true
	}
	if k.name == "q" || grouping[k.name] {
		return k.name, true
	}
	if f.allowed != nil {
		return k.name, f.permits(k.name, k)
	}
	_, ok := f.engine.Lookup(f.entity, f.column(k.name))
	return k.name, ok
}

// sorts reports whether a storefront may sort by a path.
func (f *filters) sorts(path string) bool {
	found, ok := f.engine.Lookup(f.entity, path)
	return ok && found.Field != nil && !strings.Contains(path, "$") && f.allowed.at(path) != nil
}

// permits reports whether a storefront may use a path and what is below it:
// columns that are allowed, of relations that are.
func (f *filters) permits(path string, k *parameters) bool {
	column := f.column(path)
	found, ok := f.engine.Lookup(f.entity, column)
	if !ok || f.allowed.at(column) == nil {
		return false
	}
	if found.Field != nil {
		return true
	}
	return len(k.kids) > 0 && !slices.ContainsFunc(k.kids, func(kid *parameters) bool { return !f.permitsBelow(path, kid) })
}

// may reports whether the caller may filter by a relation.
func (f *filters) may(relation string) bool { return f.allowed == nil || f.allowed.at(relation) != nil }

// permitsBelow is permits for what is written below a relation.
func (f *filters) permitsBelow(path string, k *parameters) bool {
	switch k.name {
	case "$some", "$every", "$none", "$not":
		return f.permits(path, k)
	case "$and", "$or":
		return k.list() && !slices.ContainsFunc(k.kids, func(kid *parameters) bool { return !f.permits(path, kid) })
	}
	return !strings.Contains(k.name, "$") && f.permits(path+"."+k.name, k)
}

// related turns ids of a relation into a condition on its records:
// groups=cusgroup_1.
func (f *filters) related(path string, v any) any {
	if _, tree := v.(map[string]any); tree || v == nil || strings.Contains(path, "$") { // $or and items.$count are no relations
		return v
	}
	found, ok := f.engine.Lookup(f.entity, path)
	if !ok || found.Field != nil || found.Model == nil {
		return v
	}
	return map[string]any{found.Model.PrimaryKey(): v}
}

// unrecognized returns the error for names of parameters that do not exist, with
// the nearest names that do.
func (f *filters) unrecognized(names []string) error {
	if len(names) == 1 {
		path, _, _ := strings.Cut(dotted(names[0]), ".$") // without operators
		return unrecognized(names, f.hint(path))
	}
	return unrecognized(names, "")
}

func unrecognized(names []string, hint string) error {
	shown := make([]string, len(names))
	for i, name := range names {
		shown[i] = fault.Clip(name)
	}
	return fault.New(fault.InvalidData, "Invalid request: Unrecognized fields: '%s'%s", strings.Join(shown, ", "), hint)
}

// hint is fault.DidYouMean for a path: of the names that may come where the first
// unknown one is. Only what leads on is suggested before further names.
func (f *filters) hint(path string) string {
	prefix, unknown, rest := f.known(path)
	names := f.names(strings.TrimSuffix(prefix, "."))
	if prefix == "" {
		names = slices.AppendSeq(names, maps.Keys(f.aliases))
		names = slices.AppendSeq(names, maps.Keys(control))
	}
	if rest != "" {
		names = slices.DeleteFunc(names, func(name string) bool { return !f.leadsOn(prefix + name) })
	}
	near := fault.Nearest(unknown, names)
	if len(near) == 0 {
		return ""
	}
	for i, name := range near {
		near[i] = prefix + name + rest
	}
	return "; did you mean " + strings.Join(near, ", ") + "?"
}

// known divides a path into what exists, with a dot at the end, the name that does not,
// and what comes after it, with a dot at the beginning.
func (f *filters) known(path string) (prefix, unknown, rest string) {
	for {
		name, after, more := strings.Cut(path, ".")
		switch _, ok := f.engine.Lookup(f.entity, prefix+name); {
		case !more:
			return prefix, name, ""
		case !ok:
			return prefix, name, "." + after
		}
		prefix, path = prefix+name+".", after
	}
}

// leadsOn reports whether names may come after a path: it is a relation, or a document.
func (f *filters) leadsOn(path string) bool {
	found, ok := f.engine.Lookup(f.entity, path)
	return ok && (found.Field == nil || f.isDocument(path))
}

// names returns the names that may come after a path.
func (f *filters) names(path string) []string {
	if f.allowed != nil {
		at := f.allowed
		if path != "" {
			at = f.allowed.at(path)
		}
		if at == nil {
			return nil
		}
		return slices.Collect(maps.Keys(at.kids))
	}
	found, ok := f.engine.Lookup(f.entity, path)
	if !ok || found.Model == nil || found.Field != nil {
		return nil
	}
	names := append(found.Columns(), f.engine.Models().Names(found.Model)...)
	if n := len(found.Edges); n > 0 && found.Edges[n-1].Many {
		names = append(names, "$count")
	}
	return names
}
