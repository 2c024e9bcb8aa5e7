package cli

import (
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

// pair parses two ends of the form entity=id and returns the manager of the link
// between them. With open set, one of the ids may be missing.
func (pr *Program) pair(f *linkFlags, args []string, open bool) (*link.Manager, link.Pair, error) {
	pair, given := link.Pair{}, 0
	for _, arg := range args {
		entity, id, named := strings.Cut(arg, "=")
		if !open && (!named || id == "") {
			return nil, nil, wrongUsage("%q is not an end of a link; write ENTITY=ID, such as order=order_01…", arg)
		}
		of, err := pr.endOf(entity)
		if err != nil {
			return nil, nil, err
		}
		if _, twice := pair[of]; twice {
			return nil, nil, wrongUsage("both ends are %s; a link joins two different models, or a model with itself in two roles", of)
		}
		pair[of] = id
		if id != "" {
			given++
		}
	}
	if given == 0 {
		return nil, nil, wrongUsage("neither end has an id; write ENTITY=ID for one of them")
	}
	links, err := pr.linkManager(f, pair)
	return links, pair, err
}

// linkManager returns the manager of the link between the models of a pair.
func (pr *Program) linkManager(f *linkFlags, pair link.Pair) (*link.Manager, error) {
	if f.link != "" {
		return pr.Links.For(f.link)
	}
	if all := pr.linksBetween(f, pair); len(all) > 1 {
		var tables []string
		for _, d := range all {
			tables = append(tables, d.TableName())
		}
		return nil, wrongUsage("there is more than one such link: %s; choose one with --link", strings.Join(tables, ", "))
	}
	return pr.Links, nil
}

// linksBetween returns the stored links between the models of a pair, or only
// the one that --link names.
func (pr *Program) linksBetween(f *linkFlags, pair link.Pair) []*link.Definition {
	var out []*link.Definition
	for _, d := range pr.blueprint.Links {
		left, right := has(pair, &d.Left), has(pair, &d.Right)
		named := f.link == "" || d.TableName() == f.link || d.Rows() != nil && slices.Contains(d.Rows().Entities, f.link)
		if left && right && named && d.Rows() != nil {
			out = append(out, d)
		}
	}
	return out
}

// endOf returns the model of an entity, or the role of that name in a link of a
// model with itself.
func (pr *Program) endOf(name string) (link.Of, error) {
	m, err := pr.model(name)
	if err == nil {
		return m, nil
	}
	if role, ok := pr.Links.Role(name); ok {
		return role, nil
	}
	return nil, err
}

// has reports whether a pair may mean the end.
func has(pair link.Pair, e *link.End) bool {
	_, model := pair[e.Model]
	_, role := pair[link.Role(e.Alias)]
	return model || role
}

// linkData parses the values of --data, column=value, for the extra columns of a
// link.
func (pr *Program) linkData(f *linkFlags, pair link.Pair) (link.Data, error) {
	if len(f.data) == 0 {
		return nil, nil
	}
	data := link.Data{}
	for _, text := range f.data {
		name, v, ok := strings.Cut(text, "=")
		if !ok || name == "" {
			return nil, wrongUsage("--data %q is not of the form column=value", text)
		}
		var column *model.Field // nil when there is none, which the link manager reports
		for _, d := range pr.linksBetween(f, pair) {
			column = d.Rows().Field(name)
		}
		data[name] = columnValue(column, v)
	}
	return data, nil
}
