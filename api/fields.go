package api

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// Fields parses a set of fields: names between commas, rel.* for all columns of
// a relation, and braces for several below one:
//
//	id, email, items{*, variant{id, sku}}, customer.*
//
// It panics on a mistake: sets of fields are part of the program.
func Fields(text string) []string {
	paths, rest := fieldsUntil(text, "")
	if rest != "" {
		panic(fmt.Sprintf("api: fields %q: unexpected closing brace", text))
	}
	return paths
}

// fieldsUntil reads fields up to a closing brace or the end.
func fieldsUntil(text, prefix string) (paths []string, rest string) {
	for {
		i := strings.IndexAny(text, ",{}")
		if i < 0 {
			return addField(paths, prefix, text), ""
		}
		name := strings.TrimSpace(text[:i])
		switch text[i] {
		case ',':
			paths, text = addField(paths, prefix, name), text[i+1:]
		case '}':
			return addField(paths, prefix, name), text[i+1:]
		case '{':
			below, after := fieldsUntil(text[i+1:], prefix+name+".")
			paths, text = append(paths, below...), after
		}
	}
}

func addField(paths []string, prefix, name string) []string {
	if name = strings.TrimSpace(name); name == "" {
		return paths // behind a brace
	}
	return append(paths, prefix+name)
}

// selection is what a route returns: the paths of its query.
type selection struct {
	engine   *query.Engine
	entity   string
	key      string   // always returned
	defaults []string // those that the graph knows
	computed []string // declared, and not known to the graph
	added    []string // computed after the query
	adds     bool     // by default
	allowed  *allowed // nil allows everything
	depth    int      // the most relations in one path; 0 is any number
}

func newSelection(e *query.Engine, entity, key string, declared []string, only *allowed, depth int) *selection {
	s := &selection{engine: e, entity: entity, key: key, allowed: only, depth: depth}
	for _, path := range declared {
		if _, ok := e.Lookup(entity, path); ok {
			s.defaults = append(s.defaults, path)
		} else {
			s.computed = append(s.computed, path)
		}
	}
	return s
}

// paths parses the parameter fields. If every name in it has a sign (+name,
// -name, *rel, rel.*), they change the defaults; otherwise they replace them.
// Unknown names are passed over, as clients expect. computed reports whether
// something is requested that the query does not return by itself.
func (s *selection) paths(parameter string) (paths []string, computed bool, err error) {
	if strings.TrimSpace(parameter) == "" {
		return s.defaults, s.adds, nil
	}
	var add, remove []string
	edits := true
	for token := range strings.SplitSeq(parameter, ",") {
		path, removes, signed := fieldToken(token)
		switch {
		case path == "":
			continue
		case removes:
			remove = append(remove, path)
		case slices.Contains(s.added, strings.TrimSuffix(path, ".*")):
			computed = true
		default:
			add = append(add, path)
		}
		edits = edits && signed
	}
	known, err := s.known(add)
	if err != nil {
		return nil, false, err
	}
	if edits {
		computed = computed || s.adds && !slices.ContainsFunc(s.added, func(path string) bool { return slices.Contains(remove, path) })
		known = append(slices.Clone(s.defaults), known...)
	}
	known = slices.DeleteFunc(known, func(path string) bool {
		return slices.ContainsFunc(remove, func(r string) bool { return path == r || strings.HasPrefix(path, r+".") })
	})
	if !slices.Contains(known, s.key) {
		known = append(known, s.key)
	}
	return known, computed, nil
}

// fieldToken removes the sign from one name: *rel is rel.*, and a space is a
// plus that was decoded from a URL.
func fieldToken(token string) (path string, removes, signed bool) {
	switch {
	case strings.HasPrefix(token, "+"), strings.HasPrefix(token, " "):
		path, _, _ = fieldToken(strings.TrimLeft(token, "+ "))
		return path, false, true
	case strings.HasPrefix(token, "-"):
		return strings.TrimSuffix(strings.TrimSpace(token[1:]), ".*"), true, true
	}
	path = strings.TrimSpace(token)
	if rest, star := strings.CutPrefix(path, "*"); star && rest != "" {
		return strings.TrimSuffix(rest, ".*") + ".*", false, true
	}
	return path, false, strings.HasSuffix(path, "*")
}

// known returns the paths that the graph has and that are allowed.
func (s *selection) known(paths []string) ([]string, error) {
	var out, deep []string
	for _, path := range paths {
		found, ok := s.engine.Lookup(s.entity, path)
		if !ok {
			continue
		}
		if s.depth > 0 && len(found.Edges) > s.depth {
			deep = append(deep, path)
			continue
		}
		if s.allowed == nil {
			out = append(out, path)
			continue
		}
		for _, may := range s.allowed.below(path) {
			if _, ok := s.engine.Lookup(s.entity, may); ok { // not a computed field
				out = append(out, may)
			}
		}
	}
	if deep != nil {
		return nil, fault.New(fault.InvalidData, "The following fields expand more than the maximum of %d allowed relations: %s", s.depth, fault.Clip(strings.Join(deep, ", ")))
	}
	return out, nil
}
