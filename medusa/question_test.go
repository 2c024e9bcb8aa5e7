package medusa_test

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// question is a recorded request, and the part of it that we support.
type question struct {
	root    place
	request map[string]json.RawMessage
	known   []string // the fields that we have
	refused bool     // a name is unknown, so we refuse the request as it is
	uses    []string // the rules needed
}

// newQuestion returns a question. For each field that we do not have, there must be a
// rule.
func newQuestion(g *model.Graph, m *model.Model, request json.RawMessage) *question {
	q := &question{root: place{graph: g, model: m}}
	var asked struct{ Fields []string }
	must(json.Unmarshal(request, &asked))
	must(json.Unmarshal(request, &q.request))
	for _, path := range asked.Fields {
		switch rule := why(q.root, strings.Split(path, ".")); rule {
		case "":
			q.known = append(q.known, path)
		case ruleBare:
			q.uses = append(q.uses, rule)
		default:
			q.uses, q.refused = append(q.uses, rule), true
		}
	}
	if len(asked.Fields) == 0 {
		q.uses, q.refused = append(q.uses, ruleNothing), true
	}
	return q
}

// why returns the rule because of which we do not return a field as requested, or "" if we
// do.
func why(p place, path []string) string {
	name, last := path[0], len(path) == 1
	if name == "*" && last {
		return ""
	}
	if p.column(name) != nil {
		if last {
			return ""
		}
		return ruleUnknown // a path into a column
	}
	next, ok := p.step(name)
	switch {
	case ok && next.content():
		return ""
	case ok && last:
		return ruleBare
	case ok:
		return why(next, path[1:])
	}
	return absence(name)
}

// asks reports whether the request has the path to a column of the record at p, or a star
// that includes it.
func (q *question) asks(p place, path string) bool {
	if slices.Contains(q.known, path) {
		return true
	}
	if _, name, _ := cutLast(path); strings.HasPrefix(name, "raw_") && p.model.Field(name) == nil {
		return false // only if it is named
	}
	for {
		parent, _, nested := cutLast(path)
		if !nested {
			return slices.Contains(q.known, "*")
		}
		if slices.Contains(q.known, parent+".*") {
			return true
		}
		if path = parent; !p.row {
			return false
		}
		p.row = false
	}
}

// cutLast splits a path before its last name.
func cutLast(path string) (parent, name string, nested bool) {
	at := strings.LastIndexByte(path, '.')
	if at < 0 {
		return "", path, false
	}
	return path[:at], path[at+1:], true
}

// below reports whether something below the path was requested.
func (q *question) below(path string) bool {
	return slices.ContainsFunc(q.known, func(f string) bool { return strings.HasPrefix(f, path+".") })
}

// with returns the request with other fields, as JSON. The rest is not changed, since the
// order of its keys matters.
func (q *question) with(fields []string) json.RawMessage {
	r := map[string]json.RawMessage{}
	for k, v := range q.request {
		r[k] = v
	}
	r["fields"] = json.RawMessage(model.ToJSON(fields))
	return json.RawMessage(model.ToJSON(r))
}

// all returns the known fields, and the others that the answer has.
func (q *question) all(answer []any) []string {
	fields := slices.Clone(q.known)
	add := func(path string) {
		if !slices.Contains(fields, path) {
			fields = append(fields, path)
		}
	}
	for _, record := range answer {
		shown(q.root, record, "", add)
	}
	return fields
}

// shown lists the paths in a recorded record that we have.
func shown(p place, record any, prefix string, add func(string)) {
	r, _ := record.(map[string]any)
	for key, value := range r {
		next, ok := p.step(key)
		switch {
		case p.column(key) != nil, ok && next.content():
			add(prefix + key)
		case !ok:
		case isStub(p, key, value):
			add(prefix + p.stub(key))
		default:
			any := false
			for _, element := range elements(value) {
				shown(next, element, prefix+key+".", func(path string) { any = true; add(path) })
			}
			if !any { // it exists, but is empty
				add(prefix + key + "." + next.model.PrimaryKey())
			}
		}
	}
}

// part returns the requested part of our record.
func (q *question) part(p place, record any, prefix string) any {
	r, ok := record.(map[string]any)
	if !ok {
		return record
	}
	out := map[string]any{}
	for key, value := range r {
		path := prefix + key
		next, relation := p.step(key)
		switch {
		case p.column(key) != nil:
			if q.asks(p, path) {
				out[key] = value
			}
		case !relation:
		case next.content():
			if slices.Contains(q.known, path) || q.below(path) {
				out[key] = value
			}
		case q.below(path), next.row && q.asks(p, path):
			out[key] = each(value, func(e any) any { return q.part(next, e, path+".") })
		}
	}
	return out
}

// each applies f to a record, or to each record of a list.
func each(value any, f func(any) any) any {
	list, ok := value.([]any)
	if !ok {
		return f(value)
	}
	out := make([]any, len(list))
	for i, e := range list {
		out[i] = f(e)
	}
	return out
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
