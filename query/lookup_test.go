package query_test

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

func TestLookup(t *testing.T) {
	t.Parallel()
	e := vault(t, dbtest.SQLite(t))
	for path, want := range map[string]struct {
		ok    bool
		model string
		field string
		edges int
		many  bool
	}{
		"":                   {ok: true, model: "safe"},
		"*":                  {ok: true, model: "safe"},
		"name":               {ok: true, model: "safe", field: "name"},
		"doors":              {ok: true, model: "door", edges: 1, many: true},
		"doors.*":            {ok: true, model: "door", edges: 1, many: true},
		"doors.safe_id":      {ok: true, model: "door", field: "safe_id", edges: 1, many: true},
		"doors.safe.name":    {ok: true, model: "safe", field: "name", edges: 2},
		"doors.$count":       {ok: true, model: "door", edges: 1, many: true},
		"doors.code_hash":    {}, // secrets are hidden
		"doors.nope":         {},
		"nope":               {},
		"name.*":             {},
		"name.id":            {},
		"doors.*.safe":       {},
		"doors..safe":        {},
		"doors.safe.doors.*": {ok: true, model: "door", edges: 3, many: true},
	} {
		found, ok := e.Lookup("safe", path)
		if ok != want.ok {
			t.Errorf("%q: ok is %t, want %t", path, ok, want.ok)
		}
		if !ok || !want.ok {
			continue
		}
		field := ""
		if found.Field != nil {
			field = found.Field.Name
		}
		if found.Model.Name != want.model || field != want.field || len(found.Edges) != want.edges || found.Many != want.many {
			t.Errorf("%q: got %s.%s over %d edges, many %t; want %+v", path, found.Model, field, len(found.Edges), found.Many, want)
		}
	}
	if _, ok := e.Lookup("nope", "id"); ok {
		t.Error("an unknown entity is known")
	}
}

// A second call must return what the first did, also when a caller has appended
// to its result.
func TestLookupAgain(t *testing.T) {
	t.Parallel()
	e := vault(t, dbtest.SQLite(t))
	first, _ := e.Lookup("safe", "doors.safe.name")
	_ = append(first.Edges, nil)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i := range 1000 {
				if again, ok := e.Lookup("safe", "doors.safe.name"); !ok || !reflect.DeepEqual(again, first) {
					t.Errorf("got %+v, %t; want %+v", again, ok, first)
				}
				e.Lookup("safe", strings.Repeat("doors.safe.", i%20)+"id")
			}
		})
	}
	wg.Wait()
}

func TestLookupKeepsLittle(t *testing.T) {
	t.Parallel()
	e := vault(t, dbtest.SQLite(t))
	for i := range 100 {
		e.Lookup("safe", fmt.Sprintf("nope%d", i))
		e.Lookup("safe", fmt.Sprintf("doors.$count%d", i))
		e.Lookup(fmt.Sprintf("nope%d", i), "id")
		e.Lookup("safe", strings.Repeat("doors.safe.", 30+i)+"id")
	}
	if n := e.Lookups(); n != 0 {
		t.Errorf("%d unknown, overlong or aggregate paths are kept", n)
	}
}

// Relations lead in circles, so there is no end of paths that exist.
func TestLookupKeepsNoMoreThanTheMaximum(t *testing.T) {
	t.Parallel()
	e := shopEngine(t)
	order, err := e.Models().Model("order")
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	var walk func(at *model.Model, path string, depth int)
	walk = func(at *model.Model, path string, depth int) {
		for _, edge := range e.Models().Edges(at) {
			below := path + edge.Name
			if _, ok := e.Lookup("order", below); ok {
				known++
			}
			if n := e.Lookups(); n > query.MaxLookups {
				t.Fatalf("%d paths are kept, want at most %d", n, query.MaxLookups)
			}
			if depth > 1 {
				walk(edge.To, below+".", depth-1)
			}
		}
	}
	walk(order, "", 4)
	if known < query.MaxLookups {
		t.Errorf("only %d paths exist, fewer than an engine keeps: the test shows nothing", known)
	}
}

func TestARepeatedLookupDoesNotAllocate(t *testing.T) {
	e := vault(t, dbtest.SQLite(t))
	e.Lookup("safe", "doors.safe.name")
	if n := testing.AllocsPerRun(100, func() { e.Lookup("safe", "doors.safe.name") }); n != 0 {
		t.Errorf("a repeated lookup made %v allocations", n)
	}
}
