package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/model"
)

type login struct {
	model.Record
	Name    string        `json:"name"`
	Hash    string        `json:"hash" model:"secret,unique"`
	Data    model.RawJSON `json:"data" model:"secret"`
	Friends []string      `json:"friends" model:"secret"`
}

func TestSecretFields(t *testing.T) {
	t.Parallel()
	m := model.Define[login]("login")
	g, err := model.NewGraph(m)
	if err != nil {
		t.Fatal(err)
	}
	if f := m.Field("hash"); f == nil || !f.Secret || m.Visible("hash") != nil {
		t.Errorf("the secret is %+v, and visible as %+v", f, m.Visible("hash"))
	}
	if f := m.Visible("name"); f == nil || f.Secret || f != m.Field("name") || m.Visible("nonesuch") != nil {
		t.Errorf("the other field is %+v", f)
	}
	if names := g.Names(m); !slices.Equal(names, []string{"created_at", "deleted_at", "id", "name", "updated_at"}) {
		t.Errorf("the names are %q", names)
	}
}

func TestSecretMistakes(t *testing.T) {
	t.Parallel()
	for name, define := range map[string]func(){
		"key": func() {
			model.Define[struct {
				ID string `json:"id" model:"secret,pk"`
			}]("x")
		},
		"searchable": func() {
			model.Define[struct {
				ID   string `json:"id" model:"pk"`
				Code string `json:"code" model:"searchable,secret"`
			}]("x")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			defer func() {
				if said, _ := recover().(string); !strings.Contains(said, "a secret field cannot be pk or searchable") {
					t.Errorf("the panic is %q", said)
				}
			}()
			define()
		})
	}
}

// An edge that uses a secret column would reveal or return its values.
func TestEdgesDoNotUseSecrets(t *testing.T) {
	t.Parallel()
	m := model.Define[login]("login")
	other := model.Define[struct {
		ID string `json:"id" model:"pk"`
	}]("other")
	back := func(e *model.Edge) *model.Edge { e.Name, e.From, e.To = "x", other, m; return e }
	byID := func(column, of string) []model.Hop {
		return []model.Hop{{Model: m, On: []model.On{{Column: column, Row: model.FromRow, Of: of}}}}
	}
	for name, e := range map[string]*model.Edge{
		"from the secret":  {Name: "x", From: m, To: other, Hops: []model.Hop{{Model: other, On: []model.On{{Column: "id", Row: model.FromRow, Of: "hash"}}}}},
		"to the secret":    back(&model.Edge{Hops: byID("hash", "id")}),
		"on the way":       {Name: "x", From: other, To: other, Hops: append(byID("id", "id"), model.Hop{Model: other, On: []model.On{{Column: "id", Row: 0, Of: "hash"}}})},
		"a constant":       back(&model.Edge{Hops: append(byID("id", "id"), model.Hop{Model: m, On: []model.On{{Column: "hash", Value: "x"}}})}),
		"a document":       back(&model.Edge{Content: "data", Hops: byID("id", "id")}),
		"a list":           {Name: "x", From: m, To: other, ListFrom: "friends", Hops: []model.Hop{{Model: other}}},
		"virtual":          {Name: "x", From: m, Virtual: &model.Virtual{Column: "hash"}},
		"overlaid":         back(&model.Edge{Hops: byID("id", "id"), Overlay: &model.Overlay{Fields: []model.OverlayField{{Field: &model.Field{Name: "y"}, Column: "hash"}}}}),
		"overlaid instead": back(&model.Edge{Hops: byID("id", "id"), Overlay: &model.Overlay{Fields: []model.OverlayField{{Field: &model.Field{Name: "y"}, Column: "id", Fallback: "hash"}}}}),
		"below an overlay": back(&model.Edge{Hops: byID("id", "id"), Overlay: &model.Overlay{Edges: []*model.Edge{{Name: "z", From: m, To: m, Hops: byID("hash", "hash")}}}}),
	} {
		g, err := model.NewGraph(m, other)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.AddEdge(e); err == nil || !strings.Contains(err.Error(), "uses the secret column login.") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	g, err := model.NewGraph(m, other)
	if err != nil {
		t.Fatal(err)
	}
	if err := g.AddEdge(back(&model.Edge{Hops: byID("name", "id"), Overlay: &model.Overlay{Fields: []model.OverlayField{{Field: &model.Field{Name: "y"}, Column: "name"}}}})); err != nil {
		t.Errorf("an edge without secrets is refused: %v", err)
	}
}
