package api

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// allowed is the tree of fields that a storefront may see. A leaf that is a
// relation allows what belongs to its records: their columns, and their
// relations inside the same module, but no link on from there, which could lead
// to the records of other people.
type allowed struct {
	kids map[string]*allowed
}

// newAllowed returns the tree of paths. Without paths it is nil, which allows
// everything.
func newAllowed(paths []string) *allowed {
	if paths == nil {
		return nil
	}
	root := &allowed{}
	for _, path := range paths {
		at := root
		for name := range strings.SplitSeq(path, ".") {
			at = at.kid(name)
		}
	}
	return root
}

func (a *allowed) kid(name string) *allowed {
	if a.kids == nil {
		a.kids = map[string]*allowed{}
	}
	if a.kids[name] == nil {
		a.kids[name] = &allowed{}
	}
	return a.kids[name]
}

// below returns what of a path may be seen: the path itself, nothing, or, for
// all columns of a relation, the allowed ones.
func (a *allowed) below(path string, found query.Found) []string {
	at, edges := a, 0
	names := strings.Split(path, ".")
	for i, name := range names {
		switch {
		case at != a && len(at.kids) == 0:
			return inside(path, found.Edges[edges:])
		case name == "*":
			return at.leaves(strings.Join(names[:i], "."))
		case at.kids[name] == nil:
			return nil
		}
		at = at.kids[name]
		if edges < len(found.Edges) && found.Edges[edges].Name == name {
			edges++
		}
	}
	if len(at.kids) > 0 { // a relation, bare
		return at.leaves(path)
	}
	return []string{path}
}

// inside returns the path if the edges after those that are allowed by name stay
// in the module.
func inside(path string, edges []*model.Edge) []string {
	for _, e := range edges {
		if e.Kind != model.Relation {
			return nil
		}
	}
	return []string{path}
}

// leaves returns the names of one level that have nothing below them: columns,
// and relations that are allowed whole.
func (a *allowed) leaves(prefix string) []string {
	var out []string
	for name, kid := range a.kids {
		if len(kid.kids) > 0 {
			continue
		}
		if prefix != "" {
			name = prefix + "." + name
		}
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
