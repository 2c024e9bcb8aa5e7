package query_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

type safe struct {
	ID    string  `json:"id" model:"pk"`
	Name  string  `json:"name" model:"searchable"`
	Doors []*door `json:"doors" model:"many=safe_id"`
}

type door struct {
	ID     string        `json:"id" model:"pk"`
	SafeID string        `json:"safe_id"`
	Safe   *safe         `json:"safe" model:"belongs"`
	Code   string        `json:"code_hash" model:"secret"`
	Turns  int64         `json:"turns" model:"secret"`
	Keys   model.RawJSON `json:"key_data" model:"secret"`
}

const hidden = "hunter2"

// vault returns an engine over one safe with two doors.
func vault(t *testing.T, d db.DB) *query.Engine {
	t.Helper()
	g, err := model.NewGraph(model.Define[safe]("safe"), model.Define[door]("door"))
	if err != nil {
		t.Fatal(err)
	}
	rows := querytest.Data{"safe": {{"id": "s1", "name": "big"}}, "door": nil}
	for _, id := range []string{"d1", "d2"} {
		rows["door"] = append(rows["door"], querytest.Row{
			"id": id, "safe_id": "s1", "code_hash": hidden, "turns": int64(4711), "key_data": map[string]any{"pin": hidden},
		})
	}
	if err := querytest.Create(t.Context(), d, g, rows); err != nil {
		t.Fatal(err)
	}
	return query.New(g, d, query.Limits{})
}

// A secret column must look like one that does not exist: the message is the
// same, and does not suggest the column.
func TestSecretsAreUnknown(t *testing.T) {
	t.Parallel()
	requests := map[string]func(name string) query.Request{
		"field":       func(n string) query.Request { return query.Request{Entity: "door", Fields: []string{n}} },
		"field among": func(n string) query.Request { return query.Request{Entity: "doors", Fields: []string{"*", n}} },
		"field, raw":  func(n string) query.Request { return query.Request{Entity: "door", Fields: []string{"raw_" + n}} },
		"path below":  func(n string) query.Request { return query.Request{Entity: "door", Fields: []string{n + ".pin"}} },
		"star below":  func(n string) query.Request { return query.Request{Entity: "door", Fields: []string{n + ".*"}} },
		"field over edges": func(n string) query.Request {
			return query.Request{Entity: "door", Fields: []string{"safe.doors." + n}}
		},
		"minimum": func(n string) query.Request {
			return query.Request{Entity: "safe", Fields: []string{"doors.$min." + n}}
		},
		"sum": func(n string) query.Request {
			return query.Request{Entity: "safe", Fields: []string{"doors.$sum." + n}}
		},
		"order": func(n string) query.Request {
			return query.Request{Entity: "door", Fields: []string{"id"}, Order: []string{n}}
		},
		"order descending": func(n string) query.Request {
			return query.Request{Entity: "door", Fields: []string{"id"}, Order: []string{"-" + n}}
		},
		"order by minimum": func(n string) query.Request {
			return query.Request{Entity: "safe", Fields: []string{"id"}, Order: []string{"doors.$min." + n}}
		},
		"nested order": func(n string) query.Request {
			return query.Request{Entity: "safe", Fields: []string{"doors.*"}, Lists: map[string]query.Nested{"doors": {Order: []string{n}}}}
		},
		"nested filter": func(n string) query.Request {
			return query.Request{Entity: "safe", Fields: []string{"doors.*"}, Lists: map[string]query.Nested{"doors": {Filters: query.Filters{n: hidden}}}}
		},
	}
	for where, filter := range map[string]func(n string) query.Filters{
		"equals":   func(n string) query.Filters { return query.Filters{n: hidden} },
		"null":     func(n string) query.Filters { return query.Filters{n: nil} },
		"list":     func(n string) query.Filters { return query.Filters{n: []string{hidden}} },
		"like":     func(n string) query.Filters { return query.Filters{n: query.Filters{"$like": "h%"}} },
		"exists":   func(n string) query.Filters { return query.Filters{n: query.Filters{"$exists": true}} },
		"document": func(n string) query.Filters { return query.Filters{n + ".pin": hidden} },
		"not":      func(n string) query.Filters { return query.Filters{"$not": query.Filters{n: hidden}} },
		"or":       func(n string) query.Filters { return query.Filters{"$or": []query.Filters{{n: hidden}, {"id": "d1"}}} },
		"dotted":   func(n string) query.Filters { return query.Filters{"safe.doors." + n: hidden} },
		"every": func(n string) query.Filters {
			return query.Filters{"safe": query.Filters{"doors": query.Filters{"$every": query.Filters{n: hidden}}}}
		},
		"maximum": func(n string) query.Filters {
			return query.Filters{"safe.doors": query.Filters{"$max": query.Filters{n: query.Filters{"$gt": "a"}}}}
		},
	} {
		requests["filter: "+where] = func(n string) query.Request {
			return query.Request{Entity: "door", Fields: []string{"id"}, Filters: filter(n)}
		}
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := vault(t, d)
		for where, request := range requests {
			_, none := e.Graph(t.Context(), request("nonesuch"))
			for _, name := range []string{"code_hash", "turns", "key_data"} {
				_, err := e.Graph(t.Context(), request(name))
				if fault.TypeOf(err) != fault.InvalidData {
					t.Fatalf("%s: %s is returned: %v", where, name, err)
				}
				said, want := strings.ReplaceAll(err.Error(), name, "NAME"), strings.ReplaceAll(none.Error(), "nonesuch", "NAME")
				said, _, _ = strings.Cut(said, "; did you mean") // depends on how the name is spelled
				want, _, _ = strings.Cut(want, "; did you mean")
				if said != want {
					t.Errorf("%s: the message for %s differs from that for an unknown name:\n%s\n%s", where, name, said, want)
				}
			}
			if _, err := e.Graph(t.Context(), request("id")); err == nil {
				continue
			} else if !strings.Contains(err.Error(), "id") {
				t.Errorf("%s: the request is invalid even for a known name: %v", where, err)
			}
		}
	})
}

func TestSecretsAreNotReturned(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := vault(t, d)
		for _, fields := range [][]string{{"*"}, {"doors"}, {"*", "doors.*"}, {"doors.safe.doors.*", "doors.$count"}} {
			res, err := e.Graph(t.Context(), query.Request{Entity: "safe", Fields: fields, Count: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range []string{hidden, "4711", "code_hash", "turns", "key_data"} {
				if strings.Contains(string(res.Data), secret) {
					t.Errorf("%q: %s is in the result %s", fields, secret, res.Data)
				}
			}
		}
		res, err := e.Graph(t.Context(), query.Request{Entity: "door", Fields: []string{"*"}})
		if want := `[{"id":"d1","safe_id":"s1"},{"id":"d2","safe_id":"s1"}]`; err != nil || compact(t, res.Data) != want {
			t.Errorf("the doors are %s, %v", res.Data, err)
		}
		for _, near := range []string{"code_has", "turn", "key_dat"} {
			_, err := e.Graph(t.Context(), query.Request{Entity: "door", Fields: []string{near}})
			if err == nil || strings.Contains(err.Error(), "mean") {
				t.Errorf("%s: the message suggests a name: %v", near, err)
			}
		}
	})
}

// A free text filter does not search secret columns.
func TestSecretsAreNotSearched(t *testing.T) {
	t.Parallel()
	m := &model.Model{Name: "note", Table: "note", Entities: []string{"note"}, Key: []string{"id"}}
	m.AddField(&model.Field{Name: "id"})
	m.AddField(&model.Field{Name: "text", Searchable: true, Secret: true}) // the struct tags could not say this
	g, err := model.NewGraph(m)
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		if err := querytest.Create(t.Context(), d, g, querytest.Data{"note": {{"id": "n1", "text": hidden}}}); err != nil {
			t.Fatal(err)
		}
		_, err := query.New(g, d, query.Limits{}).Graph(t.Context(), query.Request{Entity: "note", Fields: []string{"id"}, Filters: query.Filters{"q": "hunter"}})
		if fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("q searches a secret: %v", err)
		}
	})
}

func TestSecretsInTypedQueries(t *testing.T) {
	t.Parallel()
	type shown struct {
		ID string `json:"id"`
	}
	type leaky struct {
		shown
		Code string `json:"code_hash"`
	}
	type below struct {
		Doors []leaky `json:"doors"`
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		e := vault(t, d)
		rows, _, err := query.List[shown](t.Context(), e, "door")
		if err != nil || len(rows) != 2 {
			t.Errorf("the doors are %v, %v", rows, err)
		}
		_, _, list := query.List[leaky](t.Context(), e, "door")
		_, _, nested := query.List[below](t.Context(), e, "safe")
		_, get := query.Get[leaky](t.Context(), e, "door", "d1")
		for where, err := range map[string]error{
			"List": list, "List over an edge": nested, "Get": get,
			"Check": query.Check[leaky](e, "door"), "Check over an edge": query.Check[below](e, "safe"),
		} {
			if fault.TypeOf(err) != fault.InvalidData || !strings.Contains(err.Error(), "code_hash") {
				t.Errorf("%s: the error is %v", where, err)
			}
		}
	})
}

func compact(t *testing.T, data []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
