package querytest

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// aggregate returns the getter of $count, or of $sum, $min or $max of a column, over
// the records of a list.
func (e *evaluator) aggregate(at scope, edge *model.Edge, path []string) (getter, error) {
	if !edge.Many {
		return nil, fault.New(fault.InvalidData, "%s is one record, not a list: there is nothing to aggregate", edge.Name)
	}
	if len(path) == 1 && path[0] == "$count" {
		return func(r record) any { return int64(len(e.follow(r, edge))) }, nil
	}
	f, err := aggregated(at.via(edge), path)
	if err != nil {
		return nil, err
	}
	return func(r record) any {
		var values []any
		for _, linked := range e.follow(r, edge) {
			if v := e.value(linked, f); v != nil {
				values = append(values, v)
			}
		}
		return aggregateOf(path[0], values)
	}, nil
}

// aggregated returns the column of an aggregate: a number for $sum, an ordered kind
// for $min and $max.
func aggregated(at scope, path []string) (*model.Field, error) {
	if len(path) != 2 {
		return nil, fault.New(fault.InvalidData, "an aggregate is $count, or $sum, $min or $max of a column")
	}
	f := at.column(path[1])
	switch {
	case f == nil:
		return nil, at.unknown(path[1])
	case path[0] == "$sum" && f.Kind.Numeric(), (path[0] == "$min" || path[0] == "$max") && f.Kind.Ordered():
		return f, nil
	}
	return nil, fault.New(fault.InvalidData, "there is no %s of %s, which is %s", path[0], f.Name, f.Kind)
}

// aggregateOf aggregates values that are not null. It returns nil if there are none.
func aggregateOf(function string, values []any) any {
	if len(values) == 0 {
		return nil
	}
	result := values[0]
	for _, v := range values[1:] {
		switch c := compareValues(v, result); {
		case function == "$sum":
			result = add(result, v)
		case function == "$min" && c < 0, function == "$max" && c > 0:
			result = v
		}
	}
	return result
}

func add(a, b any) any {
	switch a := a.(type) {
	case int64:
		return a + b.(int64)
	case float64:
		return a + b.(float64)
	}
	return a.(money.Amount).Add(b.(money.Amount))
}
