package querytest

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/query"
)

// Broken returns a random request with one change that probably makes it invalid: a
// name from elsewhere, an operator or a value that does not fit, an impossible
// page. The evaluator decides whether it is invalid.
func (w *World) Broken(n uint64) query.Request {
	r := w.Request(n, 0)
	d := newDice(w.Seed, n+1<<32)
	ways := []func(dice, *World, *query.Request){breakField, breakOrder, breakPage}
	if r.Lists != nil {
		ways = append(ways, breakList)
	}
	if len(r.Filters) > 0 {
		ways = append(ways, breakFilter, breakFilter, breakFilter, breakFilter)
	}
	pick(d, ways)(d, w, &r)
	return r
}

// oddNames are segments of a path that are not names in the world.
var oddNames = []string{"bogus", "", "*", "$count", "$sum", "$min", "$some", "$eq", "$not", "id", "raw_id", "secret", "raw_secret", "é", " id", "-id", "x y", `"`, "'"}

func (w *World) oddName(d dice) string {
	if d.chance(50) {
		return pick(d, oddNames)
	}
	m := pick(d, w.roots)
	return pick(d, w.Graph.Names(m))
}

// breakPath changes, inserts or drops a segment.
func breakPath(d dice, w *World, path string) string {
	parts := strings.Split(path, ".")
	i := d.IntN(len(parts))
	switch d.IntN(3) {
	case 0:
		parts[i] = w.oddName(d)
	case 1:
		parts = slices.Insert(parts, i, w.oddName(d))
	default:
		parts = slices.Delete(parts, i, i+1)
	}
	return strings.Join(parts, ".")
}

func breakField(d dice, w *World, r *query.Request) {
	i := d.IntN(len(r.Fields))
	r.Fields[i] = breakPath(d, w, r.Fields[i])
	if d.chance(5) {
		r.Fields = nil
	}
}

func breakOrder(d dice, w *World, r *query.Request) {
	r.Order = append(r.Order, w.oddName(d))
	i := d.IntN(len(r.Order))
	r.Order[i] = breakPath(d, w, r.Order[i])
}

func breakPage(d dice, _ *World, r *query.Request) {
	switch d.IntN(6) {
	case 0:
		r.Limit = -3
	case 4:
		text := pick(d, []string{"", "{}", "[]", "[[1]]", "[1,2,3,4,5,6,7,8,9]", `[{"a":1}]`, "null", `"x"`})
		r.After = pick(d, []string{"x", "%", "é", " ", base64.RawURLEncoding.EncodeToString([]byte(text)), base64.StdEncoding.EncodeToString([]byte(text)) + "="})
	case 1:
		r.Offset = -1
	case 2:
		r.KeepOrder = true
	case 3:
		r.RequireKeys = true
	default:
		r.Version = pick(d, []int64{-1, 1, math.MaxInt64})
	}
}

func breakList(d dice, w *World, r *query.Request) {
	path := pick(d, slices.Sorted(maps.Keys(r.Lists)))
	l := r.Lists[path]
	delete(r.Lists, path)
	switch d.IntN(5) {
	case 0:
		l.Limit = -1
	case 1:
		l.Offset = -1
	case 2:
		l.Order = append(l.Order, w.oddName(d))
	case 3:
		l.Filters = query.Filters{w.oddName(d): w.oddValue(d)}
	default:
		path = breakPath(d, w, path)
	}
	r.Lists[path] = l
}

// breakFilter changes a key or a value somewhere in the filters.
func breakFilter(d dice, w *World, r *query.Request) {
	objects := objectsIn(r.Filters)
	f := pick(d, objects)
	keys := slices.Sorted(maps.Keys(f))
	if len(keys) == 0 {
		f[w.oddKey(d)] = w.oddValue(d)
		return
	}
	key := pick(d, keys)
	value := f[key]
	switch d.IntN(4) {
	case 0:
		delete(f, key)
		f[w.oddKey(d)] = value
	case 1:
		f[w.oddKey(d)] = w.oddValue(d)
	case 2:
		f[key] = query.Filters{w.oddKey(d): value}
	default:
		f[key] = w.oddValue(d)
	}
}

// objectsIn returns all filter objects inside a value.
func objectsIn(v any) []query.Filters {
	var out []query.Filters
	switch v := v.(type) {
	case query.Filters:
		out = append(out, v)
		for _, key := range slices.Sorted(maps.Keys(v)) {
			out = append(out, objectsIn(v[key])...)
		}
	case []query.Filters:
		for _, f := range v {
			out = append(out, objectsIn(f)...)
		}
	}
	return out
}

func (w *World) oddKey(d dice) string {
	if d.chance(60) {
		return pick(d, []string{"$and", "$or", "$not", "$eq", "$ne", "$in", "$nin", "$gt", "$lte", "$like", "$ilike", "$re", "$fulltext", "$exists",
			"$contains", "$overlap", "$contained", "$some", "$every", "$none", "$count", "$sum", "$max", "$bogus", "q", "$count.x", "$sum.id"})
	}
	return w.oddName(d)
}

func (w *World) oddValue(d dice) any {
	return pick(d, []any{
		nil, "", "x", "1", 1, -1, 1.5, true, "true", []any{}, []any{nil}, []any{1, "a"}, []any{[]any{1}}, []string{"a"}, []int64{1},
		query.Filters{}, query.Filters{"$gt": nil}, query.Filters{"$in": "x"}, query.Filters{"$exists": "maybe"}, query.Filters{"$eq": query.Filters{}},
		query.Filters{"$in": []any{[]any{}}}, query.Filters{"$nin": nil}, query.Filters{"$like": `a\`}, query.Filters{"$re": "("}, query.Filters{"$like": 1},
		[]query.Filters{}, []query.Filters{{}}, []any{query.Filters{}}, json.Number("1e400"), json.Number("99999999999999999999"), "99999999999999999999",
		"a\x00b", "a\xffb", math.NaN(), math.Inf(1), 1e30, struct{}{}, "2024-02-01", "2024-13-01", map[string]any{"$eq": 1}, map[string]any{"x": map[string]any{}},
		query.Filters{"$not": nil}, query.Filters{"$not": query.Filters{}}, query.Filters{"$or": []query.Filters{}}, query.Filters{"$exists": 1},
		query.Filters{"$contains": "a"}, query.Filters{"$overlap": []any{nil}}, query.Filters{"$contains": []any{1}}, query.Filters{"$fulltext": 1},
	})
}
