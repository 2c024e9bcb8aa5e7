package querytest

import (
	"encoding/json"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// answer is a record as JSON: an object with a key for everything selected.
func (e *evaluator) answer(r record, s *selection) map[string]any {
	out := map[string]any{}
	for name, get := range s.values {
		out[name] = wire(get(r))
	}
	for name, b := range s.branches {
		out[name] = e.answerBranch(r, b)
	}
	return out
}

// answerBranch is a list, or one record, or null.
func (e *evaluator) answerBranch(from record, b *branch) any {
	edge := b.place.edge
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
		return e.answerEnd(kept[0], b)
	}
	list := []any{}
	for _, r := range page(kept, b.limit, b.offset) {
		list = append(list, e.answerEnd(r, b))
	}
	return list
}

func (e *evaluator) answerEnd(r record, b *branch) any {
	if column := b.place.edge.Content; column != "" {
		return r.row[column]
	}
	return e.answer(r, b.selection)
}

// wire is a value as JSON. A number that must be exact is a json.Number, one
// that need not be a float64.
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

// raw is the companion of a decimal.
func raw(v any) any {
	if v == nil {
		return nil
	}
	return map[string]any{"value": v.(money.Amount).String(), "precision": json.Number("20")}
}
