package querytest_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/query/querytest"
)

// conformance is one line of the list of Medusa's behaviors, or several that one
// request shows. Where Gorgon differs on purpose, the line has Gorgon's behavior.
type conformance struct {
	line    string
	request query.Request
	deleted []string // rows to delete first: "brand b1"
	want    string   // the ids found, or the records as JSON
	fault   fault.Type
	count   int // if it is not the number of records
}

func filtered(entity string, f query.Filters) query.Request {
	return query.Request{Entity: entity, Fields: []string{"id"}, Filters: f}
}

func fields(entity string, names ...string) query.Request {
	return query.Request{Entity: entity, Fields: names}
}

// prepare returns the fixture with the line's rows deleted.
func (c conformance) prepare(t *testing.T) *querytest.Fixture {
	t.Helper()
	f, err := querytest.NewFixture()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range c.deleted {
		table, id, _ := strings.Cut(d, " ")
		f.Data.Delete(f.Graph.Table(table), id)
	}
	return f
}

func (c conformance) check(t *testing.T, records []map[string]any, count int, err error) {
	t.Helper()
	if c.fault != "" {
		if fault.TypeOf(err) != c.fault {
			t.Errorf("error %v of type %q, want type %q", err, fault.TypeOf(err), c.fault)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := c.simplify(t, records); !reflect.DeepEqual(got, c.expected(t)) {
		t.Errorf("got  %v\nwant %v", got, c.want)
	}
	if want := max(c.count, len(records)); count != want {
		t.Errorf("count %d, want %d", count, want)
	}
}

// expected returns what the line wants, as decoded JSON or as ids.
func (c conformance) expected(t *testing.T) any {
	t.Helper()
	if !strings.HasPrefix(c.want, "[") {
		return c.want
	}
	var v any
	if err := json.Unmarshal([]byte(c.want), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// simplify converts records into the form of expected.
func (c conformance) simplify(t *testing.T, records []map[string]any) any {
	t.Helper()
	if strings.HasPrefix(c.want, "[") {
		b, err := json.Marshal(records)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	var ids []string
	for _, r := range records {
		ids = append(ids, r["id"].(string))
	}
	return strings.Join(ids, " ")
}

func TestEvaluatorConforms(t *testing.T) {
	t.Parallel()
	for _, c := range allLines() {
		t.Run(c.line, func(t *testing.T) {
			t.Parallel()
			f := c.prepare(t)
			records, count, err := querytest.Evaluate(f.Graph, f.Data, c.request)
			c.check(t, records, count, err)
		})
	}
}

// The databases must return what the evaluator does, for the same lines.
func TestDatabasesConform(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		f := conformance{}.prepare(t)
		if err := querytest.Create(t.Context(), d, f.Graph, f.Data); err != nil {
			t.Fatal(err)
		}
		engine := query.New(f.Graph, d, query.Limits{})
		for _, c := range allLines() {
			t.Run(c.line, func(t *testing.T) {
				if err := querytest.Replace(t.Context(), d, f.Graph, c.prepare(t).Data); err != nil {
					t.Fatal(err)
				}
				records, count, err := c.execute(t, engine)
				c.check(t, records, count, err)
			})
		}
	})
}

// Line 139: an empty page with the count. In Go it takes None, but in JSON a limit of
// zero.
func TestEmptyPage(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		f := conformance{}.prepare(t)
		if err := querytest.Create(t.Context(), d, f.Graph, f.Data); err != nil {
			t.Fatal(err)
		}
		var r query.Request
		if err := json.Unmarshal([]byte(`{"entity":"item","fields":["id"],"pagination":{"skip":0,"take":0}}`), &r); err != nil {
			t.Fatal(err)
		}
		res, err := query.New(f.Graph, d, query.Limits{}).Graph(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if res.Rows != 0 || string(res.Data) != "[]" || res.Metadata.Count == nil || *res.Metadata.Count != 4 {
			t.Errorf("%s with metadata %+v, want no record and a count of 4", res.Data, res.Metadata)
		}
	})
}

func (c conformance) execute(t *testing.T, engine *query.Engine) ([]map[string]any, int, error) {
	t.Helper()
	c.request.Count = true
	res, err := engine.Graph(t.Context(), c.request)
	if err != nil {
		return nil, 0, err
	}
	var records []map[string]any
	if err := json.Unmarshal(res.Data, &records); err != nil {
		t.Fatalf("%v in %s", err, res.Data)
	}
	return records, int(*res.Metadata.Count), nil
}

func allLines() []conformance {
	var all []conformance
	for _, lines := range [][]conformance{fieldLines(), linkLines(), filterLines(), linkedFilterLines(), pageLines(), optionLines(), linkTableLines()} {
		all = append(all, lines...)
	}
	return all
}
