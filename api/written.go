package api

import (
	"errors"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// A URL may write a path with brackets, which the query that it becomes has with
// dots: groups[$none][id] is groups.$none.id. Messages name it as it was written.

// first returns the first path below a parameter, as it was written.
func (p *parameters) first() string {
	out := p.name
	for at := p; len(at.kids) > 0 && !at.list(); {
		at = at.kids[0]
		out += "[" + at.name + "]"
	}
	return out
}

// dotted returns a path that was written with brackets.
func dotted(path string) string {
	return strings.ReplaceAll(strings.ReplaceAll(path, "]", ""), "[", ".")
}

// asWritten returns an error about the caller's request with the paths in its
// message as they were written.
func (p *parameters) asWritten(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) || f.Type != fault.InvalidData {
		return err
	}
	written := *f
	for _, k := range p.kids {
		written.Message = k.rewrite(written.Message, "", "")
	}
	return &written
}

// rewrite replaces the dotted paths below a parameter in a message, the longest
// first.
func (p *parameters) rewrite(message, path, prefix string) string {
	switch {
	case path == "":
		path, prefix = p.name, p.name
	case strings.Trim(p.name, "0123456789") == "": // a place in a list
		prefix += "[" + p.name + "]"
	default:
		path, prefix = path+"."+p.name, prefix+"["+p.name+"]"
	}
	for _, k := range p.kids {
		message = k.rewrite(message, path, prefix)
	}
	if strings.Contains(path, ".") && path != prefix {
		message = strings.ReplaceAll(message, path, prefix)
	}
	return message
}
