package query_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
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
		"doors.code_hash":    {}, // a secret is no column
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
			t.Errorf("%q: known is %t, want %t", path, ok, want.ok)
		}
		if !ok || !want.ok {
			continue
		}
		field := ""
		if found.Field != nil {
			field = found.Field.Name
		}
		if found.Model.Name != want.model || field != want.field || len(found.Edges) != want.edges || found.Many != want.many {
			t.Errorf("%q: %s.%s over %d edges, many %t; want %+v", path, found.Model, field, len(found.Edges), found.Many, want)
		}
	}
	if _, ok := e.Lookup("nope", "id"); ok {
		t.Error("an unknown entity is known")
	}
}
