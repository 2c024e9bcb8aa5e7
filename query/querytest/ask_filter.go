package querytest

import (
	"encoding/json"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// object is a filter object whose conditions nest at most depth deep.
func (a *asker) object(at place, depth int) query.Filters {
	f := query.Filters{}
	for range a.between(1, 2) {
		a.entry(at, depth, f)
	}
	return f
}

// entry adds one key to a filter object.
func (a *asker) entry(at place, depth int, f query.Filters) {
	edges := at.edges()
	switch roll := a.IntN(100); {
	case depth > 0 && roll < 20:
		a.logical(at, depth-1, f)
	case depth > 0 && roll < 55 && len(edges) > 0 && a.edges > 0:
		a.edges--
		a.linked(at, pick(a.dice, edges), depth-1, f)
	case roll < 60 && len((&evaluator{}).searchable(at)) > 0:
		f["q"] = pick(a.values, []string{"a", "A b", "zed", "éa", "%", "shirt blue", "_", `\`, "日", "", "ÄÖ", "1"})
	default:
		c := pick(a.dice, at.columns())
		f[c.Name] = a.test(at, c)
	}
}

func (a *asker) logical(at place, depth int, f query.Filters) {
	if a.chance(35) {
		f["$not"] = a.object(at, depth)
		return
	}
	var parts []query.Filters
	for range a.IntN(4) {
		parts = append(parts, a.object(at, depth))
	}
	f[pick(a.dice, []string{"$and", "$or", "$or"})] = append([]query.Filters{}, parts...)
}

// linked adds the condition of a relation.
func (a *asker) linked(at place, edge *model.Edge, depth int, f query.Filters) {
	end := at.via(edge)
	if edge.Content != "" {
		f[edge.Name] = pick(a.dice, []any{nil, query.Filters{"$ne": nil}, query.Filters{}, query.Filters{"x": a.jsonTest()}})
		return
	}
	roll := a.IntN(100)
	if d := at.detail(); d != nil && d.Name == edge.Name {
		roll = a.between(22, 34) // the row is part of the record: only its columns can be asked for
	}
	switch {
	case roll < 8:
		f[edge.Name] = nil
	case roll < 14:
		f[edge.Name] = pick(a.dice, []query.Filters{{}, {"$ne": nil}, {"$eq": nil}})
	case roll < 22 && edge.To.PrimaryKey() != "":
		f[edge.Name] = a.keys(edge.To)
	case roll < 34:
		c := pick(a.dice, end.columns())
		f[edge.Name+"."+c.Name] = a.test(end, c)
	case roll == 34:
		f[edge.Name] = a.object(end, depth)
	case edge.Many && roll < 50:
		a.aggregated(end, edge, f)
	case edge.Many && roll < 80:
		set := query.Filters{}
		for range a.between(1, 2) {
			set[pick(a.dice, []string{"$some", "$every", "$none"})] = a.object(end, depth)
		}
		f[edge.Name] = set
	default:
		f[edge.Name] = a.object(end, depth)
	}
}

// keys are one primary key of a model, or a list of them.
func (a *asker) keys(m *model.Model) any {
	key := m.Field(m.PrimaryKey())
	if a.chance(50) {
		return a.stored(m, key)
	}
	return []any{a.stored(m, key), a.stored(m, key)}
}

func (a *asker) aggregated(end place, edge *model.Edge, f query.Filters) {
	var numbers []*model.Field
	for _, c := range end.columns() {
		if c.Kind.Numeric() {
			numbers = append(numbers, c)
		}
	}
	if len(numbers) == 0 || a.chance(50) {
		f[edge.Name] = query.Filters{"$count": a.operators([]string{"$gt", "$eq", "$lte", "$ne"}, func() any { return a.values.IntN(4) })}
		return
	}
	c := pick(a.dice, numbers)
	function := pick(a.dice, []string{"$sum", "$min", "$max"})
	form := a.IntN(3)
	test := a.operators([]string{"$gt", "$lt", "$gte", "$eq", "$ne"}, func() any { return wireAs(form, a.values.value(c.Kind)) })
	if function == "$sum" && c.Kind == model.Float {
		test = a.operators([]string{"$gt", "$lt"}, func() any { return 3.3 }) // a sum of floats is not exact
	}
	if a.chance(30) {
		f[edge.Name+"."+function+"."+c.Name] = test
		return
	}
	f[edge.Name] = query.Filters{function: query.Filters{c.Name: test}}
}

// operators is an object of one or two of the operators.
func (a *asker) operators(names []string, value func() any) query.Filters {
	f := query.Filters{}
	for range a.between(1, 2) {
		f[pick(a.dice, names)] = value()
	}
	return f
}

// test is the condition of a column.
func (a *asker) test(at place, c *model.Field) any {
	form := a.IntN(3)
	value := func() any { return wireAs(form, a.stored(at.model, c)) }
	root := at.edge == nil && c.Name == at.model.PrimaryKey()
	switch roll := a.IntN(100); {
	case roll < 10 && !root:
		return nil
	case roll < 15:
		return query.Filters{"$exists": a.values.chance(50)}
	case roll < 20:
		return query.Filters{pick(a.dice, []string{"$eq", "$ne"}): nil}
	case c.Kind == model.JSON:
		return a.jsonObject()
	case c.Kind == model.TextList:
		return query.Filters{pick(a.dice, []string{"$contains", "$overlap", "$contained"}): a.listed(at.model, c)}
	case roll < 30:
		return query.Filters{"$not": a.operators(operatorsOf(c.Kind), value)}
	case roll < 45:
		return value()
	case roll < 58:
		return a.valueList(value)
	case roll < 68:
		return query.Filters{pick(a.dice, []string{"$in", "$nin"}): a.valueList(value)}
	case c.Kind == model.Text && roll < 88:
		return a.textTest()
	}
	return a.operators(operatorsOf(c.Kind), value)
}

func operatorsOf(k model.Kind) []string {
	if k == model.Bool {
		return []string{"$eq", "$ne"}
	}
	return []string{"$eq", "$ne", "$gt", "$gte", "$lt", "$lte"}
}

func (a *asker) valueList(value func() any) []any {
	list := []any{}
	if a.chance(85) {
		for range a.values.between(1, 4) {
			list = append(list, value())
		}
	}
	if a.chance(25) {
		list = append(list, nil)
	}
	return list
}

func (a *asker) textTest() any {
	patterns := []string{"a%", "%A", "%", "_", "__", "%e%", "100\\%", "a\\_b", "%\\\\%", "éa", "%É%", "Z%d", "%\n%", "日%", "", "%ä%"}
	expressions := []string{"^a", "b$", "[a-z]+", "^Z|t$", "e.", "^$", "shirt", "(?i)blue", "^.{2}$", "日", "^m\\d"}
	switch a.IntN(4) {
	case 0:
		return query.Filters{"$like": pick(a.values, patterns)}
	case 1:
		return query.Filters{"$ilike": pick(a.values, patterns)}
	case 2:
		return query.Filters{"$re": pick(a.values, expressions)}
	}
	return query.Filters{"$fulltext": pick(a.values, []string{"a", "shirt", "SHIRT blue", "é", "%", "_", `\`, "it's", "äö", ""})}
}

// stored is a value that the column has in some row, or might have; never null.
func (a *asker) stored(m *model.Model, c *model.Field) any {
	if rows := a.world.Data[m.Table]; len(rows) > 0 && a.values.chance(75) {
		if v := pick(a.values, rows)[c.Name]; v != nil {
			return v
		}
	}
	return a.values.value(c.Kind)
}

// wireAs is a value in one of the forms in which a request may hold it. The
// values of one list all have one form.
func wireAs(form int, v any) any {
	switch v := v.(type) {
	case int64:
		return []any{v, json.Number(money.Int(v).String()), money.Int(v).String()}[form]
	case money.Amount:
		return []any{v, v.String(), json.Number(v.String())}[form]
	case time.Time:
		return []any{v, v.Format(model.TimeFormat), v.In(time.FixedZone("", 3600)).Format(time.RFC3339Nano)}[form]
	}
	return v
}

// listed are values for an operator on a list column.
func (a *asker) listed(m *model.Model, c *model.Field) []string {
	list, _ := a.stored(m, c).([]string)
	list = some(a.values, list, a.values.IntN(4))
	if a.values.chance(40) {
		list = append(list, pick(a.values, texts))
	}
	return append([]string{}, list...)
}

func (a *asker) jsonObject() query.Filters {
	path := pick(a.dice, []string{"x", "s", "b", "deep.y", "deep.quote'd", "nowhere"})
	if path == "deep.y" && a.chance(50) {
		return query.Filters{"deep": query.Filters{"y": a.jsonTest()}}
	}
	return query.Filters{path: a.jsonTest()}
}

// jsonTest is the condition of a value in a JSON column.
func (a *asker) jsonTest() any {
	sorts := [][]any{{1, 2.5, -1.0, json.Number("2")}, {"1", "a", "A", "100%"}, {true, false}}
	values := pick(a.dice, sorts)
	value := func() any { return pick(a.values, values) }
	switch roll := a.IntN(100); {
	case roll < 10:
		return nil
	case roll < 20:
		return query.Filters{"$exists": a.values.chance(50)}
	case roll < 40:
		return value()
	case roll < 50:
		return a.valueList(value)
	case roll < 60:
		return query.Filters{pick(a.dice, []string{"$in", "$nin"}): a.valueList(value)}
	case roll < 65:
		return query.Filters{"$not": query.Filters{"$eq": value()}}
	case roll < 75:
		return a.textTest()
	case values[0] == true:
		return query.Filters{pick(a.dice, []string{"$eq", "$ne"}): value()}
	}
	return a.operators(operatorsOf(model.Text), value)
}
