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

// ask runs a request: whatever it is, the answer is JSON or a fault of the
// caller's, never a panic and never an error of the database.
func ask(t *testing.T, e *query.Engine, r query.Request) {
	t.Helper()
	res, err := e.Graph(t.Context(), r)
	var f *fault.Error
	switch {
	case err == nil && !json.Valid(res.Data):
		t.Errorf("%+v was answered with broken JSON: %s", r, res.Data)
	case err != nil && !errors.As(err, &f):
		t.Errorf("%+v brought about %v", r, err)
	case err != nil && f.Type != fault.InvalidData && f.Type != fault.NotFound:
		t.Errorf("%+v is the caller's mistake, but the error is %s: %v", r, f.Type, err)
	}
}

func FuzzFields(f *testing.F) {
	for _, s := range []string{"*", "id,brand.*", "items.tags.value", "variants.$count", "variants.$sum.sku", "a..b", "brand_link.note", "raw_price", "$count", strings.Repeat("variants.item.", 9)} {
		f.Add("item", s)
	}
	e := filled(f, dbtest.SQLite(f), query.Limits{})
	f.Fuzz(func(t *testing.T, entity, fields string) {
		ask(t, e, query.Request{Entity: entity, Fields: strings.Split(fields, ",")})
	})
}

func FuzzOrder(f *testing.F) {
	for _, s := range []string{"-rank,title", "brand.name", "variants.$count", "-variants.$max.sku", "--id", "brand", "."} {
		f.Add(s, "", 0, 0)
	}
	e := filled(f, dbtest.SQLite(f), query.Limits{})
	f.Fuzz(func(t *testing.T, order, after string, limit, offset int) {
		ask(t, e, query.Request{Entity: "item", Fields: []string{"id"}, Order: strings.Split(order, ","), After: after, Limit: limit, Offset: offset, Count: true})
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
	} {
		f.Add([]byte(s))
	}
	e := filled(f, dbtest.SQLite(f), query.Limits{})
	f.Fuzz(func(t *testing.T, body []byte) {
		var r query.Request
		if err := json.Unmarshal(body, &r); err != nil {
			return
		}
		ask(t, e, r)
	})
}
