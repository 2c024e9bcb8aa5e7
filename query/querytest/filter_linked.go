package querytest

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// linked returns the condition of a relation's value: null for no linked record, a
// primary key or a list of them, or an object.
func (e *evaluator) linked(at scope, edge *model.Edge, value any) (condition, error) {
	conditions, isObject := asMap(value)
	if d := at.detail(); d != nil && d.Name == edge.Name {
		return e.detailed(at, edge, conditions, isObject)
	}
	switch {
	case value == nil:
		return e.some(edge, always, false), nil
	case isObject:
		return e.linkedObject(at, edge, conditions)
	}
	key := edge.To.Field(edge.To.PrimaryKey())
	if key == nil || edge.Content != "" {
		return nil, fault.New(fault.InvalidData, "%s takes conditions", edge.Name)
	}
	t, err := domainOf(key.Kind).test(value)
	if err != nil {
		return nil, err
	}
	return e.some(edge, func(r record) tri { return t(r.row[key.Name]) }, true), nil
}

// detailed returns the condition on the row that an overlay adds. That row always
// exists, so the conditions are on its columns.
func (e *evaluator) detailed(at scope, edge *model.Edge, conditions map[string]any, ok bool) (condition, error) {
	if !ok {
		return nil, fault.New(fault.InvalidData, "%s takes conditions on its columns", edge.Name)
	}
	c, err := e.object(at.via(edge), conditions)
	return func(r record) tri { return c(e.follow(r, edge)[0]) }, err
}

func always(record) tri { return yes }

// some returns the condition that the edge leads to a record that fulfills c or, if
// found is false, that it does not. It is never unknown.
func (e *evaluator) some(edge *model.Edge, c condition, found bool) condition {
	return func(from record) tri {
		for _, r := range e.follow(from, edge) {
			if c(r) == yes {
				return truth(found)
			}
		}
		return truth(!found)
	}
}

// linkedObject separates conditions on all linked records from those on some record,
// which must hold for one and the same.
func (e *evaluator) linkedObject(at scope, edge *model.Edge, conditions map[string]any) (condition, error) {
	var all []condition
	one := map[string]any{}
	for key, value := range conditions {
		c, err := e.ofAll(at, edge, key, value)
		if err != nil {
			return nil, err
		}
		if c == nil {
			one[key] = value
		} else {
			all = append(all, c)
		}
	}
	if len(all) == 0 || len(one) > 0 {
		c, err := e.end(at, edge, one)
		if err != nil {
			return nil, err
		}
		all = append(all, e.some(edge, c, true))
	}
	return func(r record) tri { return fold(all, yes, tri.and, r) }, nil
}

// ofAll returns the condition of a key that is about all linked records; nil for any
// other key.
func (e *evaluator) ofAll(at scope, edge *model.Edge, key string, value any) (condition, error) {
	key, rest, dotted := strings.Cut(key, ".")
	if dotted {
		value = map[string]any{rest: value}
	}
	switch key {
	case "$sum", "$min", "$max":
		return e.aggregates(at, edge, key, value)
	case "$count":
		count, err := e.aggregate(at, edge, []string{"$count"})
		if err != nil {
			return nil, err
		}
		t, err := domainOf(model.Int).test(value)
		return func(r record) tri { return t(count(r)) }, err
	case "$some", "$every", "$none":
		return e.quantified(at, edge, key, value)
	case "$eq", "$ne":
		if value != nil {
			return nil, fault.New(fault.InvalidData, "a relation can only be compared with null")
		}
		return e.some(edge, always, key == "$ne"), nil
	}
	return nil, nil
}

func (e *evaluator) quantified(at scope, edge *model.Edge, key string, value any) (condition, error) {
	conditions, ok := asMap(value)
	if !ok {
		return nil, fault.New(fault.InvalidData, "%s takes conditions", key)
	}
	c, err := e.end(at, edge, conditions)
	if key == "$every" {
		fails := func(r record) tri { return truth(c(r) != yes) }
		return e.some(edge, fails, false), err
	}
	return e.some(edge, c, key == "$some"), err
}

// end returns a condition on a record at the end of an edge, or on the JSON column
// that the edge shows in place of the record.
func (e *evaluator) end(at scope, edge *model.Edge, conditions map[string]any) (condition, error) {
	if edge.Content == "" {
		return e.object(at.via(edge), conditions)
	}
	if len(conditions) == 0 {
		return always, nil
	}
	t, err := domainOf(model.JSON).test(conditions)
	return func(r record) tri { return t(r.row[edge.Content]) }, err
}

// aggregates returns the condition of {"$sum": {"quantity": {"$gt": 3}}}.
func (e *evaluator) aggregates(at scope, edge *model.Edge, function string, value any) (condition, error) {
	columns, ok := asMap(value)
	if !ok {
		return nil, fault.New(fault.InvalidData, "%s takes a column", function)
	}
	var all []condition
	for column, value := range columns {
		path := []string{function, column}
		get, err := e.aggregate(at, edge, path)
		if err != nil {
			return nil, err
		}
		t, err := domainOf(at.via(edge).column(column).Kind).test(value)
		if err != nil {
			return nil, err
		}
		all = append(all, func(r record) tri { return t(get(r)) })
	}
	return func(r record) tri { return fold(all, yes, tri.and, r) }, nil
}
