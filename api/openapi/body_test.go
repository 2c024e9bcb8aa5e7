package openapi_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/api/openapi"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/shop"
)

// open opens a shop whose graph documents can be made of. It has no tables.
func open(t *testing.T) *shop.Shop {
	t.Helper()
	b, err := shop.Build(shop.Config{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := b.Connect(t.Context(), "sqlite:"+t.TempDir()+"/shop.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// sent is a body with a property of each kind.
type sent struct {
	Name  string        `json:"name" body:"required"`
	Kind  *string       `json:"kind" body:"null,enum=a|b"`
	Price *money.Amount `json:"price" body:"null,min=0"`
	N     *int64        `json:"n" body:"min=1"`
	List  []strict      `json:"list"`
	Loose []loose       `json:"loose"`
	Any   model.RawJSON `json:"any"`
	Map   model.RawJSON `json:"map" body:"object,null"`
	Email string        `json:"email" body:"email"`
	At    *time.Time    `json:"at"`
	// One text, or several.
	Either []string `json:"either" body:"single"`
}

type strict struct {
	_  struct{} `body:"unknown=refuse"`
	ID string   `json:"id" body:"required"`
}

type loose struct {
	ID string `json:"id" body:"required"`
}

// Bodies become schemas that take what the checker takes.
func TestDocumentOfBodies(t *testing.T) {
	t.Parallel()
	checker := body.For[sent]()
	text, err := openapi.Document(open(t), []api.Route{{Method: http.MethodPost, Path: "/x", Body: checker.Object()}}, "Shop", "1")
	if err != nil {
		t.Fatal(err)
	}
	d, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
	schema := d.Paths.Find("/x").Post.RequestBody.Value.Content["application/json"].Schema.Value
	for text, good := range map[string]bool{
		`{"name":"x"}`: true, `{}`: false, `{"name":1}`: false, `{"name":null}`: false, `{"name":"x","other":1}`: false,
		`{"name":"x","kind":"a"}`: true, `{"name":"x","kind":null}`: true, `{"name":"x","kind":"c"}`: false,
		`{"name":"x","price":1.5}`: true, `{"name":"x","price":"1.5"}`: true, `{"name":"x","price":{"value":"1.5"}}`: true,
		`{"name":"x","price":null}`: true, `{"name":"x","price":-1}`: false, `{"name":"x","price":true}`: false,
		`{"name":"x","n":1}`: true, `{"name":"x","n":0}`: false, `{"name":"x","n":1.5}`: false,
		`{"name":"x","list":[{"id":"1"}]}`: true, `{"name":"x","list":[{}]}`: false, `{"name":"x","list":[{"id":"1","no":1}]}`: false,
		`{"name":"x","loose":[{"id":"1"}]}`: true, `{"name":"x","loose":[{}]}`: false, `{"name":"x","loose":[{"id":"1","no":1}]}`: true,
		`{"name":"x","any":null}`: true, `{"name":"x","any":[1]}`: true, `{"name":"x","map":{"a":1}}`: true, `{"name":"x","map":null}`: true,
		`{"name":"x","map":1}`: false, `{"name":"x","either":"a"}`: true, `{"name":"x","either":["a"]}`: true, `{"name":"x","either":1}`: false,
	} {
		_, _, checked := checker.Decode([]byte(text))
		if (checked == nil) != good {
			t.Errorf("%s: the checker says %v", text, checked)
		}
		var v any
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			t.Fatal(err)
		}
		if err := schema.VisitJSON(v); (err == nil) != good {
			t.Errorf("%s: the schema says %v", text, err)
		}
	}
}
