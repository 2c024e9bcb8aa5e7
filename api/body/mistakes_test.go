package body_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

type loop struct {
	Again []loop `json:"again"`
}

// checkMistakes checks that each declaration panics when the program starts, with
// a message that contains its key.
func checkMistakes(t *testing.T, declarations map[string]func()) {
	t.Helper()
	for want, declare := range declarations {
		if got := panicked(declare); !strings.HasPrefix(got, "body: ") || !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Columns and types that no body can have.
func TestMistakesOfColumns(t *testing.T) {
	t.Parallel()
	tags := body.ColumnsOf(product.Tags, "value", "metadata")
	checkMistakes(t, map[string]func(){
		`has no column "values"`:                      func() { body.ColumnsOf(product.Tags, "values") },
		`product_tag.created_at is set by the server`: func() { body.ColumnsOf(product.Tags, "created_at") },
		`everything.hash is set by the server`:        func() { body.ColumnsOf(everythings, "hash") },
		`declares "id", which is not among`:           func() { tags.With(body.Optional("id", body.Text)) },
		`value is of type string, not integer`:        func() { tags.With(body.Optional("value", body.Integer)) },
		`value: With declares values that a`:          func() { tags.With(body.Optional("value", body.Text.Or(body.Flag))) },
		`two properties are named "value"`:            func() { body.For[product.Tag](body.ColumnsOf(product.Tags, "value", "value")) },
		`Tag is the struct of a model`:                func() { body.For[product.Tag]() },
		`columns of product_tag are given twice`:      func() { body.For[product.Tag](tags, tags) },
		`nothing takes the columns of product_t`:      func() { body.For[ref](tags) },
		`a body is a struct or a module.Patch`:        func() { body.For[[]string]() },
		`a Patch takes the columns of one model`:      func() { body.For[module.Patch]() },
		`loop contains itself`:                        func() { body.For[loop]() },
		`struct of a model: say with ColumnsOf`:       func() { body.For[struct{ model.Base }]() },
		`a Patch cannot set "id"`:                     func() { body.For[module.Patch](body.ColumnsOf(product.Tags, "id")) },
	})
}

// Structs whose fields or tags do not make a body.
func TestMistakesOfStructs(t *testing.T) {
	t.Parallel()
	tags := body.ColumnsOf(product.Tags, "value", "metadata")
	checkMistakes(t, map[string]func(){
		`Tag is the struct of`: func() {
			body.For[struct {
				Tags []*product.Tag `json:"tags"`
			}]()
		},
		`unknown tag "needed"`: func() {
			body.For[struct {
				A string `json:"a" body:"needed"`
			}]()
		},
		`unknown tag "max"`: func() {
			body.For[struct {
				A int `json:"a" body:"max=1"`
			}]()
		},
		`unknown tag "required" of a blank`: func() {
			body.For[struct {
				_ struct{} `body:"required"`
			}]()
		},
		`min=x needs one number`: func() {
			body.For[struct {
				A int `json:"a" body:"min=x"`
			}]()
		},
		`minitems=0 needs a positive`: func() {
			body.For[struct {
				A []string `json:"a" body:"minitems=0"`
			}]()
		},
		`two properties are named "a"`: func() {
			body.For[struct {
				_ struct{} `body:"ignored=a"`
				A string   `json:"a,omitzero"`
			}]()
		},
		`the Go type chan int is not`: func() {
			body.For[struct {
				A chan int `json:"a"`
			}]()
		},
		`the Go type **string is not`: func() {
			body.For[struct {
				A **string `json:"a"`
			}]()
		},
		`the Go type uint8 is not`: func() {
			body.For[struct {
				A []byte `json:"a"`
			}]()
		},
		`the keys of map[int]string are not`: func() {
			body.For[struct {
				A map[int]string `json:"a"`
			}]()
		},
		`has a body tag and no json name`: func() {
			body.For[struct {
				A string `body:"required"`
			}]()
		},
		`an embedded pointer`: func() { body.For[struct{ *ref }]() },
		`two fields are tagged bare`: func() {
			body.For[struct {
				A string `json:"a" body:"bare"`
				B string `json:"b" body:"bare"`
			}]()
		},
		`no columns of a model "order"`: func() {
			body.For[struct {
				P module.Patch `body:"columns=order"`
			}](tags)
		},
	})
}

// Tags that do not go with the type of their field.
func TestMistakesOfTags(t *testing.T) {
	t.Parallel()
	checkMistakes(t, map[string]func(){
		`null=zero does not go`: func() {
			body.For[struct {
				A string `json:"a" body:"null=zero"`
			}]()
		},
		`enum does not go`: func() {
			body.For[struct {
				A time.Time `json:"a" body:"enum=x"`
			}]()
		},
		`email does not go`: func() {
			body.For[struct {
				A int `json:"a" body:"email"`
			}]()
		},
		`a minimum does not go`: func() {
			body.For[struct {
				A string `json:"a" body:"min=1"`
			}]()
		},
		`minitems does not go`: func() {
			body.For[struct {
				A string `json:"a" body:"minitems=1"`
			}]()
		},
		`single does not go`: func() {
			body.For[struct {
				A string `json:"a" body:"single"`
			}]()
		},
		`object does not go`: func() {
			body.For[struct {
				A ref `json:"a" body:"object"`
			}]()
		},
		`bare does not go`: func() {
			body.For[struct {
				A []string `json:"a" body:"bare"`
			}]()
		},
		`columns does not go`: func() {
			body.For[struct {
				A string `json:"a" body:"columns=order"`
			}]()
		},
	})
}

func panicked(try func()) (said string) {
	defer func() { said = fmt.Sprint(recover()) }()
	try()
	return "nothing"
}

// What is not a mistake: an inner name that an outer one shadows, columns for
// two places, an id that is asked for.
func TestShadowing(t *testing.T) {
	t.Parallel()
	type inner struct {
		A int    `json:"a"`
		B string `json:"b"`
	}
	type other struct {
		C string `json:"-"`
		D string
	}
	s := body.For[struct {
		inner
		other
		A     bool         `json:"a"`
		ID    string       `json:"id"`
		Patch module.Patch `body:"columns=product_tag"`
	}](body.ColumnsOf(product.Tags, "id", "value"))
	got := decode(t, s, `{"a": true, "b": "x", "id": "y", "value": "z"}`)
	if !got.A || got.B != "x" || got.inner.A != 0 || got.ID != "y" || len(got.Patch) != 1 || len(s.Object()) != 4 {
		t.Errorf("%+v %v", got, s.Object())
	}
	optional := body.For[product.Tag](body.ColumnsOf(product.Tags, "id?", "value").Optional())
	if got := decode(t, optional, `{"id": "x"}`); got.ID != "x" {
		t.Errorf("%+v", got)
	}
}
