package model_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/model"
)

// A graph that cannot be made says which model, and why.
func TestGraphMistakes(t *testing.T) {
	t.Parallel()
	type lone struct {
		model.Base
		Kind string `json:"kind"`
	}
	type child struct {
		model.Base
		LoneID string `json:"lone_id"`
		Lone   *lone  `json:"lone" model:"belongs"`
	}
	type pair struct {
		Left  string `json:"left_id" model:"pk"`
		Right string `json:"right_id" model:"pk"`
	}
	lones := func() *model.Model { return model.Define[lone]("lone") }
	for name, test := range map[string]struct {
		models []*model.Model
		want   string
	}{
		"one name":          {[]*model.Model{lones(), lones().OnTable("other").Named("x")}, "model lone is defined twice"},
		"one table":         {[]*model.Model{lones(), model.Define[child]("child").OnTable("lone")}, `model child: table "lone" belongs to model lone already`},
		"one entity":        {[]*model.Model{lones(), model.Define[child]("child").Named("child", "lones")}, `model child: entity "lones" is model lone already`},
		"its own entity":    {[]*model.Model{lones().Named("lone", "lone")}, `model lone: entity "lone" is model lone already`},
		"no such model":     {[]*model.Model{model.Define[child]("child")}, "model child: relation lone leads to model_test.lone, which is no model here"},
		"index of nothing":  {[]*model.Model{lones().Unique("kinds")}, `model lone: an index names "kinds", which is no field of it`},
		"index over none":   {[]*model.Model{lones().Index()}, `model lone: an index names no column`},
		"edge like a field": {[]*model.Model{lones().With(&model.Edge{Name: "kind"})}, "edge kind of lone: the model has a field of that name"},
		"edges alike":       {[]*model.Model{lones().With(&model.Edge{Name: "x"}, &model.Edge{Name: "x"})}, "edge x of lone is defined twice"},
		"no column here": {[]*model.Model{lones(), model.Define[struct {
			model.Base
			Lone *lone `json:"lone" model:"belongs"`
		}]("child")}, "model child: relation lone needs a field lone_id"},
		"no column there": {[]*model.Model{lones(), model.Define[struct {
			model.Base
			Lones []*lone `json:"lones" model:"many=child_id"`
		}]("child")}, "model child: relation lones: lone has no field child_id"},
		"no flag there": {[]*model.Model{lones(), model.Define[struct {
			model.Base
			Lones []*lone `json:"lones" model:"many=id,where=active:true"`
		}]("child")}, "model child: relation lones: lone has no boolean field active"},
		"a flag that is text": {[]*model.Model{lones(), model.Define[struct {
			model.Base
			Lones []*lone `json:"lones" model:"many=id,where=kind:true"`
		}]("child")}, "model child: relation lones: lone has no boolean field kind"},
		"a pair is no target": {[]*model.Model{model.Define[pair]("pair"), model.Define[struct {
			model.Base
			PairID string `json:"pair_id"`
			Pair   *pair  `json:"pair" model:"belongs"`
		}]("child")}, "model child: relation pair leads to pair, which has not one key column"},
		"a pair has no key": {[]*model.Model{lones(), model.Define[struct {
			Left  string  `json:"left_id" model:"pk"`
			Right string  `json:"right_id" model:"pk"`
			Lones []*lone `json:"lones" model:"many=kind"`
		}]("pair")}, "model pair: relation lones needs one key column of this model; it has 2"},
		"a pivot to a pair": {[]*model.Model{model.Define[pair]("pair"), model.Define[struct {
			model.Base
			Pairs []*pair `json:"pairs" model:"through=child_pair.child_id.pair_id"`
		}]("child")}, "model child: relation pairs leads to pair, which has not one key column"},
		"a pivot without the columns": {[]*model.Model{lones(), model.Define[pair]("pair"), model.Define[struct {
			model.Base
			Lones []*lone `json:"lones" model:"through=pair.child_id.right_id"`
		}]("child")}, "model child: relation lones: pivot pair has not the columns child_id and right_id"},
	} {
		g, err := model.NewGraph(test.models...)
		if err == nil || g != nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: the error is %v, want %s", name, err, test.want)
		}
	}
}
