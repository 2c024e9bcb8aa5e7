package querytest

import (
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

type object = map[string]any

// TestColumnConditions has the truth of conditions on one value, worked out by hand.
func TestColumnConditions(t *testing.T) {
	t.Parallel()
	noon := time.Date(2024, 2, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		kind      model.Kind
		condition any
		value     any
		want      tri
	}{
		{model.Int, 1, int64(1), yes},
		{model.Int, 1, nil, unknown},
		{model.Int, nil, nil, yes},
		{model.Int, nil, int64(0), no},
		{model.Int, []any{1, nil}, nil, yes},
		{model.Int, []any{1, 2}, nil, unknown},
		{model.Int, []any{}, nil, no},
		{model.Int, object{"$ne": 1}, nil, unknown},
		{model.Int, object{"$nin": []any{1}}, nil, unknown},
		{model.Int, object{"$nin": []any{1, nil}}, nil, no},
		{model.Int, object{"$nin": []any{1, nil}}, int64(2), yes},
		{model.Int, object{"$nin": []any{}}, nil, yes},
		{model.Int, object{"$not": object{"$gt": 1}}, nil, unknown},
		{model.Int, object{"$not": nil}, nil, no},
		{model.Int, object{"$gte": 1, "$lt": 3}, int64(3), no},
		{model.Int, object{"$or": []any{object{"$gt": 5}, object{"$eq": 1}}}, int64(1), yes},
		{model.Int, object{"$exists": false}, nil, yes},
		{model.Text, object{"$gt": "Z"}, "a", yes},
		{model.Text, object{"$lt": "z"}, "é", no},
		{model.Text, object{"$like": "100\\%"}, "100%", yes},
		{model.Text, object{"$like": "100\\%"}, "1000", no},
		{model.Text, object{"$like": "a_"}, "aé", yes},
		{model.Text, object{"$like": "%"}, "two\nlines", yes},
		{model.Text, object{"$like": "A%"}, "ab", no},
		{model.Text, object{"$ilike": "É%"}, "éa", yes},
		{model.Text, object{"$fulltext": "SHIRT blue"}, "Blue Shirt", yes},
		{model.Text, object{"$fulltext": "shirt red"}, "Blue Shirt", no},
		{model.Text, object{"$fulltext": "x"}, nil, unknown},
		{model.Decimal, "10.00", money.MustParse("10"), yes},
		{model.Decimal, object{"$gt": 9.99}, money.MustParse("10"), yes},
		{model.Time, "2024-02-01T13:00:00+01:00", noon, yes},
		{model.Time, object{"$gt": "2024-02-01"}, noon, yes},
		{model.Bool, true, false, no},
		{model.TextList, object{"$contains": []string{"a", "a"}}, []string{"b", "a"}, yes},
		{model.TextList, object{"$contains": []string{}}, []string{}, yes},
		{model.TextList, object{"$overlap": []string{}}, []string{"a"}, no},
		{model.TextList, object{"$contained": []string{"a"}}, []string{}, yes},
		{model.TextList, object{"$contained": []string{"a"}}, []string{"a", "b"}, no},
		{model.TextList, object{"$overlap": []string{"a"}}, nil, unknown},
		{model.JSON, object{"x": 1}, object{"x": 1.0}, yes},
		{model.JSON, object{"x": 1}, object{"x": "1"}, unknown},
		{model.JSON, object{"x": object{"$ne": 1}}, object{"x": "1"}, unknown},
		{model.JSON, object{"x": nil}, object{}, yes},
		{model.JSON, object{"x": nil}, object{"x": nil}, yes},
		{model.JSON, object{"x.y": object{"$exists": true}}, object{"x": object{"y": object{}}}, yes},
		{model.JSON, object{"x": object{"y": "a"}}, []any{}, unknown},
	} {
		test, err := domainOf(c.kind).test(c.condition)
		if err != nil {
			t.Errorf("%s %v: %v", c.kind, c.condition, err)
			continue
		}
		if got := test(c.value); got != c.want {
			t.Errorf("%s: %v of %v is %d, want %d", c.kind, c.condition, c.value, got, c.want)
		}
	}
}

func TestInvalidConditions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind      model.Kind
		condition any
	}{
		{model.Int, "abc"}, {model.Int, 1.5}, {model.Int, object{}}, {model.Int, object{"$bogus": 1}}, {model.Int, object{"$like": "1"}},
		{model.Int, []any{1, "a"}}, {model.Int, object{"$in": 1}}, {model.Int, object{"$gt": nil}}, {model.Int, object{"$or": 1}},
		{model.Text, 1}, {model.Text, "a\x00"}, {model.Text, "\xff"}, {model.Text, object{"$re": "("}}, {model.Text, object{"$like": `a\`}},
		{model.Bool, object{"$gt": true}}, {model.Time, "yesterday"}, {model.TextList, []string{"a"}}, {model.TextList, object{"$contains": "a"}},
		{model.TextList, object{"$eq": "a"}}, {model.JSON, object{"x": object{}}}, {model.JSON, object{"x": object{"$gt": true}}}, {model.Text, object{"$exists": "maybe"}},
	} {
		if _, err := domainOf(c.kind).test(c.condition); err == nil {
			t.Errorf("%s: %v is accepted as a condition", c.kind, c.condition)
		}
	}
}

func TestThreeValues(t *testing.T) {
	t.Parallel()
	for _, a := range []tri{no, unknown, yes} {
		if a.and(no) != no || a.and(yes) != a || a.or(yes) != yes || a.or(no) != a || a.not().not() != a {
			t.Errorf("the logic of %d is wrong", a)
		}
	}
	if unknown.not() != unknown {
		t.Error("not unknown is not unknown")
	}
}
