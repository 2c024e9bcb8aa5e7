package api

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/query"
)

// allowed is the tree of names that a storefront may use, in fields, filters and
// sorts. Its leaves are columns: a relation that is declared without names below
// it, or with * among them, has its columns, and no relation further.
type allowed struct {
	kids  map[string]*allowed
	asked bool // computed, and so returned only when its name is requested
}

// newAllowed returns the tree of declared paths. Without paths it is nil, which
// allows everything.
func newAllowed(e *query.Engine, entity string, paths []string) *allowed {
	if paths == nil {
		return nil
	}
	root := &allowed{}
	for _, path := range paths {
		path = strings.TrimSuffix(path, ".*")
		at := root
		for name := range strings.SplitSeq(path, ".") {
			at = at.kid(name)
		}
		found, ok := e.Lookup(entity, path)
		at.asked = ok && found.Computed
	}
	for _, path := range paths {
		root.open(e, entity, path)
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

// open adds the columns of a relation that is declared with *, or without names
// below it.
func (a *allowed) open(e *query.Engine, entity, path string) {
	path, all := strings.CutSuffix(path, ".*")
	found, ok := e.Lookup(entity, path)
	if !ok || found.Field != nil || len(found.Columns()) == 0 {
		return // a column, or a field that no query returns
	}
	at := a.at(path)
	if at == nil || len(at.kids) > 0 && !all {
		return
	}
	for _, column := range found.Columns() {
		at.kid(column)
	}
}

// at returns what is below a path; nil if the path is not allowed.
func (a *allowed) at(path string) *allowed {
	at := a
	for name := range strings.SplitSeq(path, ".") {
		if at = at.kids[name]; at == nil {
			return nil
		}
	}
	return at
}

// below returns what of a path may be seen: the path itself, nothing, or, for a
// relation, the columns of it that are allowed.
func (a *allowed) below(path string) []string {
	relation, star := strings.CutSuffix(path, "*")
	relation = strings.TrimSuffix(relation, ".")
	at := a
	if relation != "" {
		at = a.at(relation)
	}
	switch {
	case at == nil:
		return nil
	case len(at.kids) > 0:
		return at.leaves(relation)
	case star:
		return []string{relation} // the records of a virtual link
	}
	return []string{path}
}

// leaves returns the columns of one level.
func (a *allowed) leaves(prefix string) []string {
	var out []string
	for name, kid := range a.kids {
		if len(kid.kids) > 0 || kid.asked {
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
