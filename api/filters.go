package api

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// Aliases maps names of filters to the paths they stand for: "tag_id" for "tags.id".
type Aliases map[string]string

// control are the parameters of a list that are not filters.
var control = map[string]bool{"fields": true, "order": true, "limit": true, "offset": true, "with_deleted": true}

// filters parses conditions on an entity from the parameters of a URL.
type filters struct {
	engine  *query.Engine
	entity  string
	aliases Aliases
	ignored map[string]bool // accepted without effect
	lenient bool            // unknown names are passed over
	allowed *allowed        // what a storefront may filter by; nil is everything
}

// read returns the condition that all parameters hold.
func (f *filters) read(p *parameters) (query.Filters, error) {
	out := query.Filters{}
	var unknown []string
	for _, k := range p.kids {
		if control[k.name] || f.ignored[k.name] {
			continue
		}
		path, ok := f.path(k.name)
		switch {
		case !ok && f.lenient:
			continue
		case !ok:
			unknown = append(unknown, fault.Clip(k.name))
			continue
		}
		v := k.tree()
		if path == "q" {
			if v == "" {
				continue
			}
		} else {
			v = f.related(path, v)
		}
		if _, twice := out[path]; twice { // an alias and its path
			out = query.Filters{"$and": []any{out, query.Filters{path: v}}}
			continue
		}
		out[path] = v
	}
	if unknown != nil {
		return nil, unrecognized(unknown)
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

// path returns the path that a parameter is a condition on.
func (f *filters) path(name string) (string, bool) {
	if path, ok := f.aliases[name]; ok {
		return path, true
	}
	if name == "q" {
		return name, true
	}
	if f.allowed == nil && (name == "$and" || name == "$or" || name == "$not") {
		return name, true
	}
	found, ok := f.engine.Lookup(f.entity, name)
	if !ok || f.allowed == nil {
		return name, ok
	}
	may := f.allowed.below(name)
	return name, len(may) == 1 && may[0] == name && found.Field != nil
}

// related turns ids of a relation into a condition on its records:
// groups=cusgroup_1.
func (f *filters) related(path string, v any) any {
	last := path[strings.LastIndexByte(path, '.')+1:]
	if _, tree := v.(map[string]any); tree || v == nil || strings.HasPrefix(last, "$") { // $or and items.$count are no relations
		return v
	}
	found, ok := f.engine.Lookup(f.entity, path)
	if !ok || found.Field != nil || found.Model == nil {
		return v
	}
	return map[string]any{found.Model.PrimaryKey(): v}
}

func unrecognized(names []string) error {
	return fault.New(fault.InvalidData, "Invalid request: Unrecognized fields: '%s'", strings.Join(names, ", "))
}
