package querytest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/query"
)

// An engine that follows dismissed links must be caught, and the report must be about
// little else.
func TestSuiteFindsAMistake(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		w, mistaken := world(t, 7), world(t, 7)
		stored := 0
		for _, m := range mistaken.Graph.Models() {
			for _, e := range mistaken.Graph.Edges(m) {
				if e.Kind == model.Stored {
					e.Kind = model.Relation
					stored++
				}
			}
		}
		if stored == 0 {
			t.Fatal("the world has no stored link")
		}
		if err := Create(t.Context(), d, w.Graph, w.Data); err != nil {
			t.Fatal(err)
		}
		e := query.New(mistaken.Graph, d, query.Limits{})
		s := &session{world: w, db: d, engines: [2]*query.Engine{e, e}}
		report := s.compareAll(t.Context(), 2000)
		_, request, found := strings.Cut(report, "request:\n")
		if !found {
			t.Fatalf("no mismatch was found: %q", report)
		}
		request, _, _ = strings.Cut(request, "\n\n")
		if !strings.Contains(request, "WithDeleted") {
			t.Errorf("the mistake needs deleted rows, but the reported request is\n%s", request)
		}
		rows := 0
		for _, table := range w.Data {
			rows += len(table)
		}
		if rows > 5 {
			t.Errorf("a record, a link and its target show the mistake, but %d rows are left:\n%s", rows, report)
		}
	})
}

func world(t *testing.T, seed uint64) *World {
	t.Helper()
	w, err := NewWorld(seed, "w_")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestSizeFromEnv(t *testing.T) {
	t.Setenv("GORGON_ORACLE_SEED", "9")
	t.Setenv("GORGON_ORACLE_WORLDS", "4")
	t.Setenv("GORGON_ORACLE_QUERIES", "1000")
	if got, want := SizeFromEnv(Size{1, 2, 3}), (Size{9, 4, 250}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	record := func(v any) any { return []any{map[string]any{"a": v}} }
	for name, c := range map[string]struct {
		want any
		got  string
		diff string
	}{
		"equal":               {record("x"), `[{"a":"x"}]`, ""},
		"exact number":        {record(json.Number("10")), `[{"a":10.00}]`, ""},
		"number as text":      {record(json.Number("10")), `[{"a":"10"}]`, "data[0].a: want 10, got \"10\""},
		"last digit":          {record(json.Number("9007199254740993")), `[{"a":9007199254740992}]`, "data[0].a: want 9007199254740993, got 9007199254740992"},
		"float nearly":        {record(0.3), `[{"a":0.30000000000000004}]`, ""},
		"float not":           {record(0.3), `[{"a":0.31}]`, "data[0].a: want 0.3, got 0.31"},
		"null is not absent":  {record(nil), `[{}]`, "data[0].a is missing"},
		"more than requested": {record(nil), `[{"a":null,"b":1}]`, "data[0].b was not requested"},
		"null for a list":     {record([]any{}), `[{"a":null}]`, "data[0].a: want [], got null"},
		"list as text":        {record([]any{}), `[{"a":"[]"}]`, "data[0].a: want [], got \"[]\""},
		"order":               {record([]any{"x", "y"}), `[{"a":["y","x"]}]`, "data[0].a[0]: want \"x\", got \"y\""},
		"length":              {record([]any{"x"}), `[{"a":["x","x"]}]`, "data[0].a: want 1 elements, got 2"},
	} {
		got, err := decode([]byte(c.got))
		if err != nil {
			t.Fatal(err)
		}
		if d := diff("data", c.want, got); d != c.diff {
			t.Errorf("%s: %q, want %q", name, d, c.diff)
		}
	}
}

func TestRequestsBelowAreSmaller(t *testing.T) {
	t.Parallel()
	w := world(t, 11)
	for shape := range uint64(50) {
		r := w.Request(shape, 0)
		size := len(Describe(r))
		for _, below := range requestsBelow(r) {
			if got := len(Describe(below)); got > size {
				t.Errorf("request %d: the description of a smaller one has %d bytes instead of %d:\n%s\n%s", shape, got, size, Describe(r), Describe(below))
			}
		}
	}
}
