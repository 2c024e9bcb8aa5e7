package model_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/model"
)

// The error for a broken graph says which model is wrong, and why.
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
		"same name":             {[]*model.Model{lones(), lones().OnTable("other").Named("x")}, "model lone is defined twice"},
		"same table":            {[]*model.Model{lones(), model.Define[child]("child").OnTable("lone")}, `model child: table "lone" already belongs to model lone`},
		"same entity":           {[]*model.Model{lones(), model.Define[child]("child").Named("child", "lones")}, `model child: entity "lones" already names model lone`},
		"its own entity":        {[]*model.Model{lones().Named("lone", "lone")}, `model lone: entity "lone" already names model lone`},
		"no such model":         {[]*model.Model{model.Define[child]("child")}, "model child: relation lone refers to model_test.lone, which is not a model of this graph"},
		"index of no field":     {[]*model.Model{lones().Unique("kinds")}, `model lone: an index names "kinds", which is not a field of the model`},
		"empty index":           {[]*model.Model{lones().Index()}, `model lone: an index has no columns`},
		"edge named as a field": {[]*model.Model{lones().With(&model.Edge{Name: "kind"})}, "edge kind of lone: the model has a field of that name"},
		"same edge":             {[]*model.Model{lones().With(&model.Edge{Name: "x"}, &model.Edge{Name: "x"})}, "edge x of lone is defined twice"},
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
		"text flag there": {[]*model.Model{lones(), model.Define[struct {
			model.Base
			Lones []*lone `json:"lones" model:"many=id,where=kind:true"`
		}]("child")}, "model child: relation lones: lone has no boolean field kind"},
		"belongs to a pair": {[]*model.Model{model.Define[pair]("pair"), model.Define[struct {
			model.Base
			PairID string `json:"pair_id"`
			Pair   *pair  `json:"pair" model:"belongs"`
		}]("child")}, "model child: relation pair refers to pair, which does not have a single-column key"},
		"many of a pair": {[]*model.Model{lones(), model.Define[struct {
			Left  string  `json:"left_id" model:"pk"`
			Right string  `json:"right_id" model:"pk"`
			Lones []*lone `json:"lones" model:"many=kind"`
		}]("pair")}, "model pair: relation lones requires a single-column key; this model has 2 key columns"},
		"a pivot to a pair": {[]*model.Model{model.Define[pair]("pair"), model.Define[struct {
			model.Base
			Pairs []*pair `json:"pairs" model:"through=child_pair.child_id.pair_id"`
		}]("child")}, "model child: relation pairs refers to pair, which does not have a single-column key"},
		"a pivot without the columns": {[]*model.Model{lones(), model.Define[pair]("pair"), model.Define[struct {
			model.Base
			Lones []*lone `json:"lones" model:"through=pair.child_id.right_id"`
		}]("child")}, "model child: relation lones: pivot pair does not have the columns child_id and right_id"},
	} {
		g, err := model.NewGraph(test.models...)
		if err == nil || g != nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: the error is %v, want %s", name, err, test.want)
		}
	}
}
