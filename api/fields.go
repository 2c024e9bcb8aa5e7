package api

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
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

// OrderStatuses are what every answer with orders has, as in Medusa.
var OrderStatuses = []string{"payment_status", "fulfillment_status"}

// selection is what a route returns: the paths of its query.
type selection struct {
	engine   *query.Engine
	entity   string
	always   []string // returned whatever is asked for
	defaults []string
	added    []string // computed after the query
	adds     bool     // by default
	allowed  *allowed // nil allows everything
	depth    int      // the most relations in one path; 0 is any number
}

// newSelection panics if a name is unknown: sets of fields are part of the program.
func newSelection(e *query.Engine, entity string, always, declared []string, only *allowed, depth int) *selection {
	s := &selection{engine: e, entity: entity, always: always, allowed: only, depth: depth}
	for _, path := range append(slices.Clone(declared), always[1:]...) { // the key need not be a default
		if _, ok := e.Lookup(entity, path); !ok {
			panic(fmt.Sprintf("api: fields of %q: there is no %q", entity, path))
		}
		s.defaults = append(s.defaults, path)
	}
	return s
}

// chosen is what the parameter fields asks for.
type chosen struct {
	paths    []string // of the query
	computed bool     // something is requested that the query does not return by itself
	ignored  []string // names that do not exist, or that the caller may not see
}

// choose parses the parameter fields. If every name in it has a sign (+name,
// -name, *rel, rel.*), they change the defaults; otherwise they replace them, and
// a sign has no effect. Unknown names are passed over, as clients expect.
func (s *selection) choose(parameter string) (chosen, error) {
	if strings.TrimSpace(parameter) == "" {
		return chosen{paths: s.defaults, computed: s.adds}, nil
	}
	add, remove, edits := fieldTokens(parameter)
	var out chosen
	var asked []string
	for _, path := range add {
		if s.adding(path) {
			out.computed = true
			continue
		}
		asked = append(asked, path)
	}
	known, ignored, err := s.known(asked)
	if err != nil {
		return chosen{}, err
	}
	out.ignored = ignored
	if edits {
		out.computed = out.computed || s.adds && !slices.ContainsFunc(s.added, func(path string) bool { return slices.Contains(remove, path) })
		known = append(slices.Clone(s.defaults), known...)
	}
	known = slices.DeleteFunc(known, func(path string) bool {
		return slices.ContainsFunc(remove, func(r string) bool { return path == r || strings.HasPrefix(path, r+".") })
	})
	known = append(known, s.keys(known)...)
	for _, path := range s.always {
		if !slices.Contains(known, path) {
			known = append(known, path)
		}
	}
	out.paths = known
	return out, nil
}

// adding reports whether a path is a field that is computed after the query, or part
// of one: whoever asks for a part gets it whole.
func (s *selection) adding(path string) bool {
	return slices.ContainsFunc(s.added, func(field string) bool { return path == field || strings.HasPrefix(path, field+".") })
}

// keys returns the keys of the records on the way to what is asked for, of which nothing
// else may be asked for: clients find records by them, as in Medusa.
func (s *selection) keys(paths []string) (out []string) {
	seen := map[string]bool{}
	for _, path := range paths {
		seen[path] = true
	}
	for _, path := range paths {
		for at := above(above(path)); at != ""; at = above(at) {
			found, ok := s.engine.Lookup(s.entity, at)
			if !ok || found.Model == nil || found.Field != nil {
				continue
			}
			key := at + "." + found.Model.PrimaryKey()
			if !seen[key] && (s.allowed == nil || slices.Contains(s.allowed.below(key), key)) {
				out = append(out, key)
			}
			seen[key] = true
		}
	}
	return out
}

// above returns a path without its last name.
func above(path string) string { return path[:max(0, strings.LastIndexByte(path, '.'))] }

// Selector reads the parameter fields of requests that answer records of a
// resource, for routes of their own.
type Selector struct{ of *bound }

// Selector returns the selector of a resource.
func (r Resource) Selector(s *shop.Shop) *Selector { return &Selector{of: r.bind(s)} }

// Parameters returns the parameters that Fields reads, for the document.
func (s *Selector) Parameters() []Parameter {
	return append([]Parameter{s.of.fieldsParameter()}, s.of.Listing.Others...)
}

// Fields returns the fields that a request asks for. Other parameters are
// invalid_data.
func (s *Selector) Fields(c *Call) ([]string, error) {
	if err := c.only(func(name string) bool { return name == "fields" || s.of.filters.others[name] }); err != nil {
		return nil, err
	}
	out, err := s.of.chosen(c, s.of.one)
	return out.paths, err
}

// fieldTokens divides the names of the parameter fields into those to add and to
// remove. edits reports whether they change the defaults.
func fieldTokens(parameter string) (add, remove []string, edits bool) {
	edits = true
	for token := range strings.SplitSeq(parameter, ",") {
		path, removes, signed := fieldToken(token)
		switch {
		case path == "":
			continue
		case removes:
			remove = append(remove, path)
		default:
			add = append(add, path)
		}
		edits = edits && signed
	}
	if !edits {
		return append(add, remove...), nil, false
	}
	return add, remove, true
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

// known returns the paths that the graph has and that are allowed, and those of
// which there is nothing.
func (s *selection) known(paths []string) (out, ignored []string, err error) {
	var deep []string
	for _, path := range paths {
		found, ok := s.engine.Lookup(s.entity, path)
		if column, star := strings.CutSuffix(path, ".*"); !ok && star { // clients write *items.metadata, too
			path = column
			found, ok = s.engine.Lookup(s.entity, path)
		}
		switch {
		case !ok || found.Computed && !found.Anywhere: // a URL has no context to compute in
			ignored = append(ignored, path)
			continue
		case s.depth > 0 && len(found.Edges) > s.depth:
			deep = append(deep, path)
			continue
		case s.allowed == nil:
			out = append(out, path)
			continue
		}
		n := len(out)
		for _, may := range s.allowed.below(path) {
			if found, ok := s.engine.Lookup(s.entity, may); ok && (!found.Computed || found.Anywhere) {
				out = append(out, may)
			}
		}
		if len(out) == n {
			ignored = append(ignored, path)
		}
	}
	if deep != nil {
		return nil, nil, fault.New(fault.InvalidData, "The following fields expand more than the maximum of %d allowed relations: %s", s.depth, fault.Clip(strings.Join(deep, ", ")))
	}
	return out, ignored, nil
}
