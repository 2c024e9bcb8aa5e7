package api

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
)

// column returns the part of a path that leads to a column: all of it, or what
// comes before the names inside a JSON column, as in metadata.size.
func (f *filters) column(path string) string {
	for i, c := range path {
		if c == '.' && f.isDocument(path[:i]) {
			return path[:i]
		}
	}
	return path
}

// isDocument reports whether a path leads to a JSON column, or by a relation to a JSON
// column alone, as summary does.
func (f *filters) isDocument(path string) bool {
	found, ok := f.engine.Lookup(f.entity, path)
	if !ok || found.Field != nil {
		return ok && found.Field.Kind == model.JSON
	}
	last := len(found.Edges) - 1
	return last >= 0 && found.Edges[last].Content != ""
}

// inDocument reports whether a path leads to a JSON document or into one.
func (f *filters) inDocument(path string) bool {
	return !strings.HasPrefix(path, "$") && f.isDocument(f.column(path))
}

// documents gives the conditions on JSON columns below a path the values that the
// text of a URL can stand for.
func (f *filters) documents(path string, v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = f.documents(path, v[i])
		}
	case map[string]any:
		for name, below := range v {
			at := joined(path, name)
			if at != path && f.inDocument(at) {
				v[name] = untyped(below)
			} else {
				v[name] = f.documents(at, below)
			}
		}
	}
	return v
}

// joined returns the path of a name below another; operators and places in lists
// are no names.
func joined(path, name string) string {
	switch {
	case strings.HasPrefix(name, "$") || strings.Trim(name, "0123456789") == "":
		return path
	case path == "" || strings.HasPrefix(path, "$"):
		return name
	}
	return path + "." + name
}

// untyped returns a condition on a value inside a JSON column. A URL has only
// text: 3 may be the number or the text "3", true the truth or the word. The
// condition holds for either.
func untyped(v any) any {
	switch v := v.(type) {
	case string:
		return either("$eq", v)
	case []any:
		return either("$in", v)
	case map[string]any:
		out := make(map[string]any, len(v))
		var all []any
		for name, below := range v {
			switch {
			case name == "$and" || name == "$or":
				list, _ := below.([]any)
				for i := range list {
					list[i] = untyped(list[i])
				}
				out[name] = below
			case name == "$not":
				all = append(all, negated(below))
			case strings.HasPrefix(name, "$"):
				all = append(all, either(name, below))
			default:
				out[name] = untyped(below)
			}
		}
		if len(all) == 1 && len(out) == 0 {
			return all[0]
		}
		if len(all) > 0 {
			if and, ok := out["$and"].([]any); ok {
				all = append(all, and...)
			}
			out["$and"] = all
		}
		return out
	}
	return v
}

// either returns the comparison with each of the values that a text stands for.
func either(operator string, v any) map[string]any {
	var readings []any
	switch v := v.(type) {
	case string:
		readings = readingsOf(v)
	case []any:
		readings = readingsOfList(v)
	}
	if len(readings) < 2 || !comparesValues[operator] {
		return map[string]any{operator: v}
	}
	of := make([]any, len(readings))
	for i, r := range readings {
		of[i] = map[string]any{operator: r}
	}
	return map[string]any{"$or": of} // a value is never comparable with more than one
}

// negated returns what $not demands. A value that is not comparable with a
// reading is neither equal to it nor different, so each reading of one comparison
// is negated.
func negated(v any) any {
	all := map[string]any{"$not": untyped(v)}
	if m, ok := v.(map[string]any); ok && (len(m) != 1 || !comparesValues[slices.Collect(maps.Keys(m))[0]]) {
		return all
	}
	c, _ := all["$not"].(map[string]any)
	readings, ok := c["$or"].([]any)
	if !ok {
		return all
	}
	of := make([]any, len(readings))
	for i, r := range readings {
		of[i] = map[string]any{"$not": r}
	}
	return map[string]any{"$or": of}
}

// comparesValues are the operators that compare values of any type.
var comparesValues = map[string]bool{
	"$eq": true, "$ne": true, "$in": true, "$nin": true, "$gt": true, "$gte": true, "$lt": true, "$lte": true,
}

// readingsOf returns what a text stands for: itself, and a number or a truth.
func readingsOf(text string) []any {
	switch {
	case text == "true" || text == "false":
		return []any{text, text == "true"}
	case json.Valid([]byte(text)) && strings.Trim(text, "-+.eE0123456789") == "":
		return []any{text, json.Number(text)}
	}
	return []any{text}
}

// readingsOfList returns a list for each type of value that its texts stand for.
func readingsOfList(list []any) []any {
	var texts, numbers, truths []any
	for _, v := range list {
		text, ok := v.(string)
		if !ok {
			return nil
		}
		texts = append(texts, text)
		for _, other := range readingsOf(text)[1:] {
			if truth, ok := other.(bool); ok {
				truths = append(truths, truth)
			} else {
				numbers = append(numbers, other)
			}
		}
	}
	out := []any{texts}
	for _, others := range [][]any{numbers, truths} {
		if others != nil {
			out = append(out, others)
		}
	}
	return out
}
