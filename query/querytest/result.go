package querytest

import (
	"encoding/json"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// result returns a record as JSON: an object with a key for everything selected.
func (e *evaluator) result(r record, s *selection) map[string]any {
	out := map[string]any{}
	for name, get := range s.values {
		out[name] = wire(get(r))
	}
	for name, b := range s.branches {
		out[name] = e.branchResult(r, b)
	}
	return out
}

// branchResult returns a list, a record, or null.
func (e *evaluator) branchResult(from record, b *branch) any {
	edge := b.scope.edge
	var kept []record
	for _, r := range e.follow(from, edge) {
		if b.keep(r) == yes {
			kept = append(kept, r)
		}
	}
	arrange(edge.To, kept, b.keys)
	if !edge.Many && len(kept) == 0 {
		return nil
	}
	if !edge.Many {
		return e.endResult(kept[0], b)
	}
	list := []any{}
	for _, r := range page(kept, b.limit, b.offset) {
		list = append(list, e.endResult(r, b))
	}
	return list
}

func (e *evaluator) endResult(r record, b *branch) any {
	if column := b.scope.edge.Content; column != "" {
		return r.row[column]
	}
	return e.result(r, b.selection)
}

// wire returns a value as JSON. A number that must be exact is a json.Number, any
// other is a float64.
func wire(v any) any {
	switch v := v.(type) {
	case int64:
		return json.Number(money.Int(v).String())
	case money.Amount:
		return json.Number(v.String())
	case time.Time:
		return v.UTC().Format(model.TimeFormat)
	case []string:
		return anySlice(v)
	}
	return v
}

// raw returns the companion of a decimal.
func raw(v any) any {
	if v == nil {
		return nil
	}
	return map[string]any{"value": v.(money.Amount).String(), "precision": json.Number("20")}
}
