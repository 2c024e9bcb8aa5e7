package querytest

import "github.com/gorgon-commerce/gorgon/query"

// empties are filters with conditions that every record fulfills, or none.
func empties() []query.Filters {
	none := query.Filters{}
	of := func(key string, parts ...query.Filters) query.Filters {
		return query.Filters{key: append([]query.Filters{}, parts...)}
	}
	return []query.Filters{
		none, of("$and"), of("$or"), of("$and", none), of("$or", none), {"$not": none}, of("$and", none, of("$and", none, of("$and"))),
		of("$or", of("$and", none)), {"$not": of("$and", none)}, {"$and": []query.Filters{none}, "$or": []query.Filters{none}},
		{"$not": of("$or")}, of("$and", of("$or")),
	}
}

// Empties returns a request for every entity and every filter that is empty in some
// way, and those with a search of no words beside it.
func (w *World) Empties() (out []query.Request) {
	for _, m := range w.roots {
		at := scope{graph: w.Graph, model: m}
		filters := empties()
		if len((&evaluator{}).searchable(at)) > 0 && at.column("q") == nil {
			wordless := query.Filters{"q": ""}
			filters = append(filters, wordless, query.Filters{"$and": []query.Filters{wordless}}, query.Filters{"$or": []query.Filters{wordless, {}}},
				query.Filters{"$not": wordless}, query.Filters{"$and": []query.Filters{{}}, "q": ""}, query.Filters{"$and": []query.Filters{{}}, "q": "shirt"})
		}
		for i, f := range filters {
			out = append(out, query.Request{Entity: m.Name, Fields: []string{m.Key[0]}, Filters: f, Count: true, WithDeleted: i%3 == 2})
		}
	}
	return out
}
