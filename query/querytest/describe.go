package querytest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// Describe returns a request as JSON, without its zero fields.
func Describe(r query.Request) string {
	fields := map[string]any{}
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && !v.Field(i).IsZero() {
			fields[f.Name] = v.Field(i).Interface()
		}
	}
	return indented(fields)
}

func indented(v any) string {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return fmt.Sprintf("%+v", v)
	}
	return string(b)
}

// Describe returns the world's models, edges and rows as text.
func (w *World) Describe() string {
	var b strings.Builder
	for _, m := range w.Graph.Models() {
		var columns []string
		for _, f := range m.Fields {
			columns = append(columns, fmt.Sprintf("%s %s%s%s", f.Name, f.Kind, mark(f.Null, " null"), mark(f.Searchable, " searchable")))
		}
		fmt.Fprintf(&b, "%s (table %s, key %s): %s\n", m, m.Table, strings.Join(m.Key, ", "), strings.Join(columns, ", "))
		for _, e := range w.Graph.Edges(m) {
			fmt.Fprintf(&b, "  %s -> %s%s, %s, %s\n", e.Name, e.To, mark(e.Many, " many"), e.Kind, way(e))
		}
		for _, r := range w.Data[m.Table] {
			line, _ := json.Marshal(r) // cannot fail: every value of a row is valid JSON
			fmt.Fprintf(&b, "    %s\n", line)
		}
	}
	return b.String()
}

func mark(set bool, word string) string {
	if set {
		return word
	}
	return ""
}

func way(e *model.Edge) string {
	var hops []string
	for _, h := range e.Hops {
		var on []string
		for _, o := range h.On {
			of := fmt.Sprintf("%d.%s", o.Row, o.Of)
			if o.Of == "" {
				of = fmt.Sprintf("%#v", o.Value)
			}
			if o.Null {
				of = "null"
			}
			on = append(on, o.Column+" = "+of+mark(o.AsOf, " as of")+mark(o.Listed, " listed"))
		}
		hops = append(hops, h.Model.Table+" on "+strings.Join(on, " and "))
	}
	return strings.Join(hops, ", then ")
}
