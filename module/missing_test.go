package module_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
)

type plug struct {
	model.Record
	Kind string `json:"kind"`
}

var (
	plugs      = model.Define[plug]("plug").WithPrefix("")
	plugGraph  = moduletest.Graph(plugModule)
	plugModule = module.New("plug", plugs)
)

func TestCreateMissing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		r := module.For[plug](moduletest.Open(t, d, plugGraph), plugs)
		kind := "first"
		add := func(ids ...string) {
			t.Helper()
			err := r.CreateMissing(t.Context(), ids, func(id string) *plug { return &plug{Record: model.Record{ID: id}, Kind: kind} })
			if err != nil {
				t.Fatal(err)
			}
		}
		add("a", "b")
		if err := r.SoftDelete(t.Context(), "b"); err != nil {
			t.Fatal(err)
		}
		kind = "second"
		add("a", "b", "c")
		first, err := r.Count(t.Context(), module.Where{"kind": "first"})
		second, err2 := r.Count(t.Context(), module.Where{"kind": "second"})
		if first != 1 || second != 1 || err != nil || err2 != nil {
			t.Errorf("%d first and %d second ones (%v, %v), want a and c", first, second, err, err2)
		}
	})
}
