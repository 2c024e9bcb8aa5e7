package querytest

import (
	"encoding/json"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// object returns a filter object whose conditions are nested at most depth deep. A
// few are {}, which every record fulfills.
func (g *generator) object(at scope, depth int) query.Filters {
	f := query.Filters{}
	if g.chance(6) {
		return f
	}
	for range g.between(1, 2) {
		g.entry(at, depth, f)
	}
	return f
}

// entry adds one key to a filter object.
func (g *generator) entry(at scope, depth int, f query.Filters) {
	edges := at.edges()
	switch roll := g.IntN(100); {
	case depth > 0 && roll < 20:
		g.logical(at, depth-1, f)
	case depth > 0 && roll < 55 && len(edges) > 0 && g.edges > 0:
		g.edges--
		g.linked(at, pick(g.dice, edges), depth-1, f)
	case roll < 60 && len((&evaluator{}).searchable(at)) > 0:
		f["q"] = pick(g.values, []string{"a", "A b", "zed", "Shirt", "blue shirt", "éa", "%", "shirt blue", "_", `\`, "日", "", "ÄÖ", "1"})
	default:
		c := pick(g.dice, at.columns())
		f[c.Name] = g.test(at, c)
	}
}

func (g *generator) logical(at scope, depth int, f query.Filters) {
	if g.chance(35) {
		f["$not"] = g.object(at, depth)
		return
	}
	var parts []query.Filters
	for range g.IntN(4) {
		parts = append(parts, g.object(at, depth))
	}
	f[pick(g.dice, []string{"$and", "$or", "$or"})] = append([]query.Filters{}, parts...)
}

// linked adds the condition of a relation.
func (g *generator) linked(at scope, edge *model.Edge, depth int, f query.Filters) {
	end := at.via(edge)
	if edge.Content != "" {
		f[edge.Name] = pick(g.dice, []any{nil, query.Filters{"$ne": nil}, query.Filters{}, query.Filters{"x": g.jsonTest()}})
		return
	}
	roll := g.IntN(100)
	if d := at.detail(); d != nil && d.Name == edge.Name {
		roll = g.between(22, 34) // the row always exists: only conditions on its columns are valid
	}
	switch {
	case roll < 8:
		f[edge.Name] = nil
	case roll < 14:
		f[edge.Name] = pick(g.dice, []query.Filters{{}, {"$ne": nil}, {"$eq": nil}})
	case roll < 22 && edge.To.PrimaryKey() != "":
		f[edge.Name] = g.keys(edge.To)
	case roll < 34:
		c := pick(g.dice, end.columns())
		f[edge.Name+"."+c.Name] = g.test(end, c)
	case roll == 34:
		f[edge.Name] = g.object(end, depth)
	case edge.Many && roll < 50:
		g.aggregated(end, edge, f)
	case edge.Many && roll < 80:
		set := query.Filters{}
		for range g.between(1, 2) {
			set[pick(g.dice, []string{"$some", "$every", "$none"})] = g.object(end, depth)
		}
		f[edge.Name] = set
	default:
		f[edge.Name] = g.object(end, depth)
	}
}

// keys returns one primary key of a model, or a list of them.
func (g *generator) keys(m *model.Model) any {
	key := m.Field(m.PrimaryKey())
	if g.chance(50) {
		return g.stored(m, key)
	}
	return []any{g.stored(m, key), g.stored(m, key)}
}

func (g *generator) aggregated(end scope, edge *model.Edge, f query.Filters) {
	var numbers []*model.Field
	for _, c := range end.columns() {
		if c.Kind.Numeric() {
			numbers = append(numbers, c)
		}
	}
	if len(numbers) == 0 || g.chance(50) {
		f[edge.Name] = query.Filters{"$count": g.operators([]string{"$gt", "$eq", "$lte", "$ne"}, func() any { return g.values.IntN(4) })}
		return
	}
	c := pick(g.dice, numbers)
	function := pick(g.dice, []string{"$sum", "$min", "$max"})
	form := g.IntN(3)
	test := g.operators([]string{"$gt", "$lt", "$gte", "$eq", "$ne"}, func() any { return wireAs(form, g.values.value(c.Kind)) })
	if function == "$sum" && c.Kind == model.Float {
		test = g.operators([]string{"$gt", "$lt"}, func() any { return 3.3 }) // a sum of floats is not exact
	}
	if g.chance(30) {
		f[edge.Name+"."+function+"."+c.Name] = test
		return
	}
	f[edge.Name] = query.Filters{function: query.Filters{c.Name: test}}
}

// operators returns an object with one or two of the operators.
func (g *generator) operators(names []string, value func() any) query.Filters {
	f := query.Filters{}
	for range g.between(1, 2) {
		f[pick(g.dice, names)] = value()
	}
	return f
}

// test returns a condition on a column.
func (g *generator) test(at scope, c *model.Field) any {
	form := g.IntN(3)
	value := func() any { return wireAs(form, g.stored(at.model, c)) }
	root := at.edge == nil && c.Name == at.model.PrimaryKey()
	switch roll := g.IntN(100); {
	case roll < 10 && !root:
		return nil
	case roll < 15:
		return query.Filters{"$exists": g.values.chance(50)}
	case roll < 20:
		return query.Filters{pick(g.dice, []string{"$eq", "$ne"}): nil}
	case c.Kind == model.JSON:
		return g.jsonObject()
	case c.Kind == model.TextList:
		return query.Filters{pick(g.dice, []string{"$contains", "$overlap", "$contained"}): g.listed(at.model, c)}
	case roll < 30:
		return query.Filters{"$not": g.operators(operatorsOf(c.Kind), value)}
	case roll < 45:
		return value()
	case roll < 58:
		return g.valueList(value)
	case roll < 68:
		return query.Filters{pick(g.dice, []string{"$in", "$nin"}): g.valueList(value)}
	case c.Kind == model.Text && roll < 88:
		return g.textTest()
	}
	return g.operators(operatorsOf(c.Kind), value)
}

func operatorsOf(k model.Kind) []string {
	if k == model.Bool {
		return []string{"$eq", "$ne"}
	}
	return []string{"$eq", "$ne", "$gt", "$gte", "$lt", "$lte"}
}

func (g *generator) valueList(value func() any) []any {
	list := []any{}
	if g.chance(85) {
		for range g.values.between(1, 4) {
			list = append(list, value())
		}
	}
	if g.chance(25) {
		list = append(list, nil)
	}
	return list
}

func (g *generator) textTest() any {
	patterns := []string{"a%", "%A", "%", "_", "__", "%e%", "100\\%", "a\\_b", "%\\\\%", "éa", "%É%", "Z%d", "%\n%", "日%", "", "%ä%"}
	expressions := []string{"^a", "b$", "[a-z]+", "^Z|t$", "e.", "^$", "shirt", "(?i)blue", "^.{2}$", "日", "^m\\d"}
	switch g.IntN(4) {
	case 0:
		return query.Filters{"$like": pick(g.values, patterns)}
	case 1:
		return query.Filters{"$ilike": pick(g.values, patterns)}
	case 2:
		return query.Filters{"$re": pick(g.values, expressions)}
	}
	return query.Filters{"$fulltext": pick(g.values, []string{"a", "shirt", "SHIRT blue", "é", "%", "_", `\`, "it's", "äö", ""})}
}

// stored returns a value that the column has in some row, or could have. It is never
// null.
func (g *generator) stored(m *model.Model, c *model.Field) any {
	if rows := g.world.Data[m.Table]; len(rows) > 0 && g.values.chance(75) {
		if v := pick(g.values, rows)[c.Name]; v != nil {
			return v
		}
	}
	return g.values.value(c.Kind)
}

// wireAs returns a value in one of the forms that a request may use. The values of a
// list all have the same form.
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

// listed returns values for an operator on a list column.
func (g *generator) listed(m *model.Model, c *model.Field) []string {
	list, _ := g.stored(m, c).([]string)
	list = some(g.values, list, g.values.IntN(4))
	if g.values.chance(40) {
		list = append(list, pick(g.values, texts))
	}
	return append([]string{}, list...)
}

func (g *generator) jsonObject() query.Filters {
	path := pick(g.dice, []string{"x", "s", "b", "deep.y", "deep.quote'd", "nowhere"})
	if path == "deep.y" && g.chance(50) {
		return query.Filters{"deep": query.Filters{"y": g.jsonTest()}}
	}
	return query.Filters{path: g.jsonTest()}
}

// jsonTest returns a condition on a value in a JSON column.
func (g *generator) jsonTest() any {
	sorts := [][]any{{1, 2.5, -1.0, json.Number("2")}, {"1", "a", "A", "100%"}, {true, false}}
	values := pick(g.dice, sorts)
	value := func() any { return pick(g.values, values) }
	switch roll := g.IntN(100); {
	case roll < 10:
		return nil
	case roll < 20:
		return query.Filters{"$exists": g.values.chance(50)}
	case roll < 40:
		return value()
	case roll < 50:
		return g.valueList(value)
	case roll < 60:
		return query.Filters{pick(g.dice, []string{"$in", "$nin"}): g.valueList(value)}
	case roll < 65:
		return query.Filters{"$not": query.Filters{"$eq": value()}}
	case roll < 75:
		return g.textTest()
	case values[0] == true:
		return query.Filters{pick(g.dice, []string{"$eq", "$ne"}): value()}
	}
	return g.operators(operatorsOf(model.Text), value)
}
