package module_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

func TestNewTellsModelsTheirModule(t *testing.T) {
	t.Parallel()
	l := define()
	m := module.New("library", l.authors, l.books)
	if m.Name != "library" || len(m.Models) != 2 || l.books.Module != "library" {
		t.Errorf("module %q of %d models; book is in %q", m.Name, len(m.Models), l.books.Module)
	}
}

// Programming errors panic immediately, with the model's name.
func TestForPanics(t *testing.T) {
	t.Parallel()
	l := open(t, dbtest.SQLite(t))
	type wrong struct {
		model.Base
		Number int64 `json:"number" model:"default=many"`
	}
	type astray struct {
		model.Base
		Parent *astray `json:"parent,omitzero" model:"belongs=parent_id"`
		Up     *string `json:"parent_id"`
	}
	type counted struct {
		Number int64 `json:"number" model:"pk"`
	}
	store := func(m *model.Model) *module.Store {
		g, err := model.NewGraph(m)
		if err != nil {
			t.Fatal(err)
		}
		return module.NewStore(l.store.DB, g)
	}
	broken := model.Define[wrong]("broken")
	cascading := model.Define[astray]("astray").Cascades("children")
	numbers := model.Define[counted]("number")
	tests := map[string]func(){
		"another struct": func() { module.For[tag](l.store, l.books) },
		"another graph":  func() { module.For[tag](l.store, model.Define[tag]("tag")) },
		"bad default":    func() { module.For[wrong](store(broken), broken) },
		"bad cascade":    func() { module.For[astray](store(cascading), cascading) },
		"number as key":  func() { module.For[counted](store(numbers), numbers) },
	}
	for name, call := range tests {
		func() {
			defer func() {
				if text, ok := recover().(string); !ok || !strings.Contains(text, "model ") {
					t.Errorf("%s: panic with %q", name, text)
				}
			}()
			call()
			t.Errorf("%s: no panic", name)
		}()
	}
}

func TestStoreMakesIDs(t *testing.T) {
	t.Parallel()
	l := open(t, dbtest.SQLite(t))
	l.store = l.store.From(module.Source{NewID: func(prefix string) string { return prefix + "_1" }})
	tags := module.For[tag](l.store, l.tags)
	one := &tag{Value: "v"}
	if err := tags.Create(t.Context(), one); err != nil || one.ID != "tag_1" {
		t.Errorf("id %q, %v", one.ID, err)
	}
	if tags.Model() != l.tags {
		t.Errorf("the model is %v", tags.Model())
	}
}
