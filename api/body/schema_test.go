package body_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

func decode[T any](t *testing.T, s *body.Schema[T], text string) *T {
	t.Helper()
	v, _, err := s.Decode([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

// Each kind of value in each of its forms.
func TestValues(t *testing.T) {
	t.Parallel()
	got := decode(t, allSchema, `{"text": "a\u00e4\n", "level": "low", "email": null, "flag": "true", "whole": 7, "float": 1.5, "amount": {"value": "0.1", "precision": 20},
		"more": "1e2", "at": null, "raw": [1, {"a" : "b c"}], "map": {}, "texts": {"a": "x", "a": "b"}, "ranks": {"a": 1}, "ids": ["1"], "several": "a",
		"items": ["bare", {"id": "x", "n": 1, "items": []}], "closed": {"a": "b"}, "extra": {}}`)
	want := &all{
		Text: "aä\n", Level: "low", Flag: new(true), Whole: 7, Float: new(1.5), Amount: money.MustParse("0.1"), More: new(money.Int(100)),
		At: new(time.Time{}), Raw: model.RawJSON(`[1,{"a":"b c"}]`), Map: model.RawJSON(`{}`), Texts: map[string]string{"a": "b"}, Ranks: map[string]int64{"a": 1},
		IDs: []string{"1"}, Several: []string{"a"}, Items: []*item{{ID: "bare"}, {ID: "x", N: new(1.0), Items: []ref{}}}, Closed: closed{A: "b"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(all{}, closed{})); diff != "" {
		t.Error(diff)
	}
	if got := decode(t, allSchema, " "); cmp.Diff(&all{}, got, cmp.AllowUnexported(all{}, closed{})) != "" {
		t.Errorf("no text: %+v", got)
	}
	again := decode(t, allSchema, `{"texts": {"a": "b"}, "texts": {}, "items": ["a", "b"], "items": ["c"], "closed": {"a": "b"}, "closed": {}, "more": 1, "more": null, "raw": null,
		"at": "2026-01-02T03:04:05.5+01:00"}`)
	if len(again.Texts) != 0 || len(again.Items) != 1 || again.Items[0].ID != "c" || again.Closed.A != "" || again.More != nil || again.Raw != nil || again.At.UTC().Hour() != 2 {
		t.Errorf("%+v", again)
	}
	if exact := decode(t, allSchema, `{"amount": 12345678901234567890.123456789}`); exact.Amount.String() != "12345678901234567890.123456789" {
		t.Errorf("%s", exact.Amount)
	}
}

func TestModelColumns(t *testing.T) {
	t.Parallel()
	got := decode(t, productSchema, `{"title": "Shirt", "status": null, "metadata": null, "weight": 1.5, "discountable": false, "additional_data": {"a": 1},
		"options": ["opt_1", {"title": "Size", "values": ["M"]}], "variants": [{"title": "M", "additional_data": null, "prices": [{"currency_code": "eur", "amount": "9.99"}]}]}`)
	switch v := got.Variants[0]; {
	case got.Title != "Shirt", *got.Weight != 1.5, *got.Discountable, got.Metadata != nil, got.Options[0].ID != "opt_1", got.Options[1].Title != "Size",
		v.Title != "M", v.Prices[0].Amount.String() != "9.99", v.Prices[0].CurrencyCode != "eur":
		t.Errorf("%+v", got)
	}
	for text, want := range map[string]string{
		`{}`: "Field 'title' is required",
		`{"title": "a", "variants": [{"prices": []}]}`: "Field 'variants, 0, title' is required",
		`{"title": null}`:                      "Expected type: 'string' for field 'title', got: 'null'",
		`{"title": "a", "status": "rejected"}`: "Expected: 'draft, published' for field 'status', but got: 'rejected'",
		`{"title": "a", "metadata": []}`:       "Expected type: 'object' for field 'metadata', got: '[]'",
		`{"title": "a", "discountable": null}`: "Expected type: 'boolean' for field 'discountable', got: 'null'",
	} {
		if _, _, err := productSchema.Decode([]byte(text)); err == nil || err.Error() != "Invalid request: "+want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// Nothing of a model can be set but its columns: no id, no timestamp, no
// relation, in the body or below it.
func TestNothingElseOfAModel(t *testing.T) {
	t.Parallel()
	own := body.For[customer.Customer](body.ColumnsOf(customer.Customers, "email", "first_name"))
	for _, name := range []string{"id", "created_at", "updated_at", "deleted_at", "has_account", "created_by", "groups", "addresses", "metadata", "ID", "Base", "Record", "Email", "EMAIL"} {
		text := fmt.Sprintf(`{%q: "x"}`, name)
		if _, _, err := own.Decode([]byte(text)); err == nil || err.Error() != "Invalid request: Unrecognized fields: '"+name+"'" {
			t.Errorf("%s: %v", name, err)
		}
	}
	got, passed, err := productSchema.Decode([]byte(`{"title": "a", "variants": [{"title": "b", "prices": [{"currency_code": "eur", "amount": 1,
		"id": "p", "price_set_id": "s", "price_rules": [{}], "rules_count": 7}], "id": "v", "product_id": "x", "created_at": "2026-01-01T00:00:00Z", "product": {"id": "x"}, "images": []}]}`))
	if err != nil {
		t.Fatal(err)
	}
	v := &got.Variants[0]
	if len(passed) != 9 || v.ID != "" || v.ProductID != nil || !v.CreatedAt.IsZero() || v.Product != nil || v.Images != nil {
		t.Errorf("%q: %+v", passed, v)
	}
	if p := v.Prices[0]; p.ID != "" || p.PriceSetID != "" || p.PriceRules != nil || p.RulesCount != nil {
		t.Errorf("%+v", p)
	}
	if _, _, err := productSchema.Decode([]byte(`{"title": "a", "id": "prod_1", "images": [], "collection": {}}`)); err == nil || !strings.HasSuffix(err.Error(), "Unrecognized fields: 'collection, id, images'") {
		t.Errorf("%v", err)
	}
}

func TestPatch(t *testing.T) {
	t.Parallel()
	got := decode(t, productChangeSchema, `{"title": "a", "subtitle": null, "weight": 2, "is_giftcard": "true", "metadata": {"a": 1}, "tags": [], "images": [{"id": "i", "url": "u"}], "shipping_profile_id": null, "no": 1}`)
	want := module.Patch{"title": "a", "subtitle": nil, "weight": 2.0, "is_giftcard": true, "metadata": model.RawJSON(`{"a":1}`)}
	if diff := cmp.Diff(want, got.Patch); diff != "" {
		t.Error(diff)
	}
	if len(*got.Tags) != 0 || (*got.Images)[0].URL != "u" || *got.ShippingProfileID != "" {
		t.Errorf("%+v", got)
	}
	if got = decode(t, productChangeSchema, `{}`); got.Patch != nil || got.Tags != nil || got.Images != nil || got.ShippingProfileID != nil {
		t.Errorf("%+v", got)
	}
	if _, _, err := productChangeSchema.Decode([]byte(`{"title": null, "status": "sold"}`)); err == nil ||
		err.Error() != "Invalid request: Expected type: 'string' for field 'title', got: 'null'; Expected: 'draft, proposed, published, rejected' for field 'status', but got: 'sold'" {
		t.Errorf("%v", err)
	}
}

// everything is a model with a column of each kind.
type everything struct {
	model.Base
	Text   string       `json:"text"`
	Int    int64        `json:"int" model:"default=0"`
	Amount money.Amount `json:"amount"`
	At     *time.Time   `json:"at"`
	List   []string     `json:"list"`
	Hash   string       `json:"hash" model:"secret"`
}

var everythings = model.Define[everything]("everything")

func TestWholePatch(t *testing.T) {
	t.Parallel()
	columns := body.ColumnsOf(everythings, "text", "int", "amount", "at", "list", "metadata").
		With(body.Optional("text", body.Email.OrNull()), body.Optional("int", body.Integer.OrMore(1)), body.Optional("metadata", body.Any)).Ignoring("additional_data")
	s := body.For[module.Patch](columns)
	got := decode(t, s, `{"text": "a@b.c", "int": 7, "amount": "0.10", "at": "2026-01-02T03:04:05Z", "list": ["a"], "metadata": [1], "additional_data": {}, "int": 8}`)
	want := &module.Patch{
		"text": "a@b.c", "int": int64(8), "amount": money.MustParse("0.1"), "at": time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), "list": []string{"a"}, "metadata": model.RawJSON("[1]"),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got = decode(t, s, `{"text": null, "list": null, "metadata": null}`); cmp.Diff(&module.Patch{"text": nil, "list": nil, "metadata": nil}, got) != "" {
		t.Errorf("%v", got)
	}
	if got = decode(t, s, ``); *got == nil || len(*got) != 0 {
		t.Errorf("%v", got)
	}
	if _, _, err := s.Decode([]byte(`{"text": "a", "int": 0, "id": 1}`)); fault.TypeOf(err) != fault.InvalidData || strings.Count(err.Error(), ";") != 2 {
		t.Errorf("%v", err)
	}
}

func TestDeclaration(t *testing.T) {
	t.Parallel()
	o := allSchema.Object()
	at := body.List(body.Text)
	several := body.OneOf("a", "b")
	least, above, one := 0.0, 0.5, 1.0
	for name, want := range map[string]body.Type{
		"text": body.Text, "level": body.OneOf("low", "high"), "email": body.Email.OrNull(), "flag": body.Flag, "whole": body.Integer.OrMore(0),
		"float": {Kind: body.KindNumber, Minimum: &above, Exclusive: true}, "more": {Kind: body.KindDecimal, Minimum: &least, Exclusive: true, Null: true},
		"at": body.Date.OrNull(), "raw": body.Any, "map": body.Map, "texts": {Kind: body.KindObject, Elements: &body.Text},
		"ids": {Kind: body.KindArray, Elements: at.Elements, MinItems: 1}, "several": several.Or(body.List(several)), "extra": body.Map.OrNull(),
		"items": body.List(body.Text.Or(body.Nested(body.Object{
			body.Required("id", body.Text), body.Optional("n", body.Type{Kind: body.KindNumber, Minimum: &one}), body.Optional("items", body.List(body.Nested(body.Object{body.Required("id", body.Text)}))),
		}))),
		"closed": {Kind: body.KindObject, Object: body.Object{body.Optional("a", body.Text)}},
	} {
		if p := o.Property(name); p == nil || cmp.Diff(want, p.Type) != "" {
			t.Errorf("%s: %s", name, cmp.Diff(body.Optional(name, want), *p))
		}
	}
	if allSchema.Open() || !productChangeSchema.Open() || o.Property("nothing") != nil {
		t.Error("unknown names")
	}
	p := productSchema.Object()
	if p[0].Name != "title" || !p[0].Required || p.Property("handle").Required || p.Property("status").Required || !p.Property("status").Type.Null {
		t.Errorf("%+v", p)
	}
	more := body.Object{body.Required("a", body.Text), body.Required("b", body.IDs)}.Optional().With(body.Required("a", body.Amount))
	if diff := cmp.Diff(body.Object{body.Optional("b", body.IDs), body.Required("a", body.Amount)}, more); diff != "" {
		t.Error(diff)
	}
}

func ExampleFor() {
	type NewRegion struct {
		Name      string    `json:"name" body:"required"`
		Rank      int64     `json:"rank" body:"min=0"`
		Countries *[]string `json:"countries"`
	}
	regions := body.For[NewRegion]()

	in, _, err := regions.Decode([]byte(`{"name": "Europe", "countries": ["de", "fr"]}`))
	fmt.Println(in.Name, *in.Countries, err)

	_, _, err = regions.Decode([]byte(`{"rank": -1}`))
	fmt.Println(err)

	// A model's own struct: what a body may set of it.
	tags := body.For[product.Tag](body.ColumnsOf(product.Tags, "value", "metadata"))
	_, _, err = tags.Decode([]byte(`{"value": "new", "id": "ptag_1"}`))
	fmt.Println(err)
	// Output:
	// Europe [de fr] <nil>
	// Invalid request: Field 'name' is required; Value for field 'rank' too small, expected at least: '0'
	// Invalid request: Unrecognized fields: 'id'
}
