package api

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/fault"
)

const (
	maxParameters = 1000 // in one URL
	maxBrackets   = 8    // of one parameter: a[b][c]…
)

// parameters are the query parameters of a URL as a tree:
//
//	limit=5                              "limit": one value
//	status[]=a&status[]=b                "status": a list
//	id=a&id=b                            "id": a list
//	created_at[$gte]=2026-01-01          "created_at": a tree with "$gte"
//	$or[0][title]=x&$or[1][title]=y      "$or": a list of trees
type parameters struct {
	name   string
	values []string
	kids   []*parameters
}

// parseParameters parses the part of a URL after the question mark.
func parseParameters(raw string) (*parameters, error) {
	root := &parameters{}
	if raw == "" {
		return root, nil
	}
	for i, pair := range strings.Split(raw, "&") {
		if i >= maxParameters {
			return nil, fault.New(fault.InvalidData, "the URL has more than %d parameters", maxParameters)
		}
		if pair == "" {
			continue
		}
		if err := root.add(pair); err != nil {
			return nil, err
		}
	}
	return root, nil
}

func (p *parameters) add(pair string) error {
	name, value, _ := strings.Cut(pair, "=")
	name, err := unescape(name)
	if err != nil {
		return err
	}
	if value, err = unescape(value); err != nil {
		return err
	}
	path, err := brackets(name)
	if err != nil {
		return err
	}
	at := p
	for _, part := range path {
		at = at.kid(part)
	}
	at.values = append(at.values, value)
	return nil
}

func unescape(s string) (string, error) {
	out, err := url.QueryUnescape(s)
	if err != nil || !utf8.ValidString(out) || strings.IndexByte(out, 0) >= 0 {
		return "", fault.New(fault.InvalidData, "the URL holds a parameter that is not valid text: %q", fault.Clip(s))
	}
	return out, nil
}

// brackets splits a[b][] into a, b and "", which is the next element of a list.
func brackets(name string) ([]string, error) {
	head, rest, found := strings.Cut(name, "[")
	path := []string{head}
	if !found || head == "" {
		return []string{name}, nil // not a bracketed name
	}
	if !strings.HasSuffix(rest, "]") {
		return nil, fault.New(fault.InvalidData, "the parameter %q has an unclosed bracket; write a[b]", fault.Clip(name))
	}
	path = append(path, strings.Split(strings.TrimSuffix(rest, "]"), "][")...)
	if len(path) > maxBrackets+1 {
		return nil, fault.New(fault.InvalidData, "the parameter %q has more than %d brackets", fault.Clip(name), maxBrackets)
	}
	return path, nil
}

func (p *parameters) kid(name string) *parameters {
	if k := p.find(name); k != nil {
		return k
	}
	k := &parameters{name: name}
	p.kids = append(p.kids, k)
	return k
}

// find returns the parameter of that name, or nil.
func (p *parameters) find(name string) *parameters {
	for _, k := range p.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

// beyond returns the names of the parameters that are not known.
func (p *parameters) beyond(known func(name string) bool) []string {
	var names []string
	for _, k := range p.kids {
		if !known(k.name) {
			names = append(names, k.name)
		}
	}
	return names
}

// text returns the last value of a parameter; ok is false if it is missing or is
// not a plain value.
func (p *parameters) text(name string) (value string, ok bool) {
	k := p.find(name)
	if k == nil || len(k.values) == 0 {
		return "", false
	}
	return k.values[len(k.values)-1], true
}

// list reports whether the keys below the parameter are those of a list: [],
// [0], [1] ….
func (p *parameters) list() bool {
	return len(p.kids) > 0 && !slices.ContainsFunc(p.kids, func(k *parameters) bool { return strings.Trim(k.name, "0123456789") != "" })
}

// flat reports whether the parameter is a list of texts.
func (p *parameters) flat() bool {
	return p.list() && !slices.ContainsFunc(p.kids, func(k *parameters) bool { return len(k.kids) > 0 })
}

// plain returns an error if the parameter with a name is there, and is no single text.
func (p *parameters) plain(name, wanted string) error {
	k := p.find(name)
	if k == nil || len(k.kids) == 0 {
		return nil
	}
	got := "object"
	if k.list() {
		got = "array"
	}
	return fault.New(fault.InvalidData, "Invalid request: Expected type: '%s' for field '%s', got: '%s'", wanted, name, got)
}

// elements returns the values of a list, however it was written. A single
// element with commas is several.
func (p *parameters) elements() []string {
	out := slices.Clone(p.values)
	for _, k := range p.kids {
		out = append(out, k.values...)
	}
	if len(out) == 1 && len(p.values) == 0 && strings.Contains(out[0], ",") {
		return strings.Split(out[0], ",")
	}
	return out
}

// tree returns the parameter as a filter takes it: a string, a []any, or a
// map[string]any.
func (p *parameters) tree() any {
	switch {
	case len(p.kids) == 0 && len(p.values) == 1:
		if takesText[p.name] {
			return p.values[0]
		}
		return null(p.values[0])
	case p.list() && slices.ContainsFunc(p.kids, func(k *parameters) bool { return len(k.kids) > 0 }):
		out := make([]any, 0, len(p.kids))
		for _, k := range p.kids {
			out = append(out, k.tree())
		}
		return out
	case len(p.kids) == 0 || p.list():
		elements := p.elements()
		out := make([]any, len(elements))
		for i, e := range elements {
			out[i] = e // in a list, null is a word
		}
		return out
	}
	out := make(map[string]any, len(p.kids))
	for _, k := range p.kids {
		out[k.name] = k.tree()
	}
	return out
}

// takesText are the operators for which null is a word, too.
var takesText = map[string]bool{"$like": true, "$ilike": true, "$re": true, "$fulltext": true}

// word returns the text of a parameter that takes one: q. What was written
// otherwise is left to the query to refuse.
func (p *parameters) word() any {
	if len(p.kids) == 0 && len(p.values) == 1 {
		return p.values[0]
	}
	return p.tree()
}

// null returns the value that the text of a parameter stands for.
func null(text string) any {
	if text == "null" {
		return nil
	}
	return text
}
