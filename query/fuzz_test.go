package query_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// tryRequest executes a request. Whatever it is, the result must be JSON or an
// error that the caller caused: never a panic, never an error of the database.
func tryRequest(t *testing.T, e *query.Engine, r query.Request) {
	t.Helper()
	res, err := e.Graph(t.Context(), r)
	var f *fault.Error
	switch {
	case err == nil && !json.Valid(res.Data):
		t.Errorf("%+v returned invalid JSON: %s", r, res.Data)
	case err != nil && !errors.As(err, &f):
		t.Errorf("%+v failed with %v", r, err)
	case err != nil && f.Type != fault.InvalidData && f.Type != fault.NotFound:
		t.Errorf("%+v is an invalid request, but the error is %s: %v", r, f.Type, err)
	}
}

func FuzzFields(f *testing.F) {
	for _, s := range []string{"*", "id,brand.*", "items.tags.value", "variants.$count", "variants.$sum.sku", "a..b", "brand_link.note", "raw_price", "$count", strings.Repeat("variants.item.", 9)} {
		f.Add("item", s)
	}
	e := filled(f, dbtest.SQLite(f), query.Limits{})
	f.Fuzz(func(t *testing.T, entity, fields string) {
		tryRequest(t, e, query.Request{Entity: entity, Fields: strings.Split(fields, ",")})
	})
}

func FuzzOrder(f *testing.F) {
	for _, s := range []string{"-rank,title", "brand.name", "variants.$count", "-variants.$max.sku", "--id", "brand", "."} {
		f.Add(s, "", 0, 0)
	}
	e := filled(f, dbtest.SQLite(f), query.Limits{})
	f.Fuzz(func(t *testing.T, order, after string, limit, offset int) {
		tryRequest(t, e, query.Request{Entity: "item", Fields: []string{"id"}, Order: strings.Split(order, ","), After: after, Limit: limit, Offset: offset, Count: true})
	})
}

func FuzzRequestJSON(f *testing.F) {
	for _, s := range []string{
		`{"entity":"item","fields":["id","title"],"filters":{"rank":{"$gt":1}},"pagination":{"skip":0,"take":2,"order":{"rank":"DESC"}}}`,
		`{"entity":"post","fields":["*"],"filters":{"meta":{"x":1},"$or":[{"n":[1,null]},{"$not":{"title":{"$like":"P%"}}}]}}`,
		`{"entity":"brand","fields":["id"],"filters":{"items":{"$every":{"tags":{"$none":{}}},"$count":{"$gte":1}}},"order":["-name"],"limit":3}`,
		`{"entity":"item","fields":["id","variants.*"],"lists":{"variants":{"limit":1,"order":"-sku"}},"with_deleted":true}`,
		`{"entity":"item","fields":["id"],"filters":{"q":"one shirt","price":"10.0","brand":null,"brand_link":{"pos":7}}}`,
		`{"entity":"item","fields":["id"],"filters":{"id":["i2","i1"]},"keep_order":true,"options":{"throwIfKeyNotFound":true}}`,
		`{"entity":"item","fields":["id"],"filters":{"$and":[{}],"$or":[{"$and":[]},{"$not":{}}],"q":""},"count":true,"limit":1}`,
		`{"entity":7,"fields":"id","filters":[],"limit":1.5,"lists":{"variants":{"limit":"1"}},"pagination":{"take":[]},"what":null}`,
	} {
		f.Add([]byte(s))
	}
	e := filled(f, dbtest.SQLite(f), query.Limits{})
	f.Fuzz(func(t *testing.T, body []byte) {
		var r query.Request
		if err := json.Unmarshal(body, &r); err != nil {
			var syntax *json.SyntaxError
			if fault.TypeOf(err) != fault.InvalidData && !errors.As(err, &syntax) {
				t.Errorf("%q: %v", body, err)
			}
			return
		}
		tryRequest(t, e, r)
	})
}
