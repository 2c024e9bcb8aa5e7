package cli

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/query"
)

// withNames adds to an error about an unknown entity or path which command lists
// the names. It returns other errors unchanged.
func (pr *Program) withNames(err error, r query.Request) error {
	if fault.TypeOf(err) != fault.InvalidData {
		return err
	}
	if _, unknown := pr.blueprint.Graph.Model(r.Entity); unknown != nil {
		return lists(err, "gorgon models")
	}
	paths := append(append([]string{}, r.Fields...), filterPaths("", r.Filters)...)
	for _, key := range r.Order {
		paths = append(paths, strings.TrimPrefix(key, "-"))
	}
	for _, path := range paths {
		if at, unknown := pr.unknownAt(r.Entity, path); unknown {
			return lists(err, "gorgon models "+at)
		}
	}
	return err
}

// unknownAt reports whether a path has an unknown name, and returns the entity
// that lacks it.
func (pr *Program) unknownAt(entity, path string) (at string, unknown bool) {
	path, _, _ = strings.Cut(path, ".$")
	if path == "" || path == "q" {
		return "", false
	}
	if _, ok := pr.Query.Lookup(entity, path); ok {
		return "", false
	}
	for path != "" {
		end := strings.LastIndex(path, ".")
		if end < 0 {
			break
		}
		path = path[:end]
		if found, ok := pr.Query.Lookup(entity, path); ok {
			if found.Model == nil || found.Field != nil {
				return "", false
			}
			return link.EntityOf(found.Model), true
		}
	}
	m, _ := pr.blueprint.Graph.Model(entity)
	return link.EntityOf(m), true
}

// filterPaths returns the paths that a filter names.
func filterPaths(prefix string, filter any) (paths []string) {
	switch f := filter.(type) {
	case query.Filters:
		return filterPaths(prefix, map[string]any(f))
	case map[string]any:
		for name, below := range f {
			path := prefix
			if !strings.HasPrefix(name, "$") {
				path = strings.TrimPrefix(prefix+"."+name, ".")
				paths = append(paths, path)
			}
			paths = append(paths, filterPaths(path, below)...)
		}
	case []query.Filters:
		for _, one := range f {
			paths = append(paths, filterPaths(prefix, one)...)
		}
	case []any:
		for _, one := range f {
			paths = append(paths, filterPaths(prefix, one)...)
		}
	}
	return paths
}
