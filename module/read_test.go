package module_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

func TestRetrieveWhatIsNotThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		tags := module.For[tag](l.store, l.tags)
		gone := &tag{Value: "gone"}
		if err := tags.Create(ctx, gone); err != nil {
			t.Fatal(err)
		}
		if err := tags.SoftDelete(ctx, gone.ID); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"tag_1", "", "\x00", "\xff", "'; DROP TABLE tag", strings.Repeat("x", 1e5), gone.ID} {
			_, err := tags.Retrieve(ctx, id)
			wantFault(t, err, fault.NotFound, "tag", "id")
		}
		_, err := module.For[card](l.store, l.cards).Retrieve(ctx, "c9")
		wantFault(t, err, fault.NotFound, `there is no card with code "c9"`)
	})
}

// shelved creates the samples that the tests look for.
func shelved(t *testing.T, d db.DB) module.Records[sample] {
	t.Helper()
	samples := openSamples(t, d)
	var all []*sample
	for i, word := range []string{"a", "b", "c", "d", "e"} {
		s := empty()
		s.Text, s.Int, s.Decimal, s.Bool = word, int64(i), money.MustParse("1."+strings.Repeat("0", i)+"5"), i%2 == 0
		s.Time = time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC)
		s.CreatedAt = s.Time
		if i > 2 {
			s.NoText = new(word)
		}
		all = append(all, s)
	}
	if err := samples.Create(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	if err := samples.SoftDelete(t.Context(), all[4].ID); err != nil {
		t.Fatal(err)
	}
	return samples
}

func words(list []*sample) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestListFinds(t *testing.T) {
	t.Parallel()
	third := time.Date(2026, 1, 3, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name  string
		where module.Where
		want  string
	}{
		{"all", nil, "abcd"},
		{"text", module.Where{"text": "b"}, "b"},
		{"named text", module.Where{"mood": mood("wild")}, "abcd"},
		{"texts", module.Where{"text": []string{"a", "d", "e", "x"}}, "ad"},
		{"texts of any type", module.Where{"text": []any{"a", new("b")}}, "ab"},
		{"no texts", module.Where{"text": []string{}}, ""},
		{"null", module.Where{"no_text": nil}, "abc"},
		{"null or text", module.Where{"no_text": []any{nil, "d"}}, "abcd"},
		{"null or integer", module.Where{"no_int": []any{nil, 4}, "int": 0}, "a"},
		{"pointer to null", module.Where{"no_text": (*string)(nil)}, "abc"},
		{"integer", module.Where{"int": 1}, "b"},
		{"integers", module.Where{"int": []int64{1, 2, 99}}, "bc"},
		{"integer of JSON", module.Where{"int": 2.0, "small": json.Number("0")}, "c"},
		{"decimal", module.Where{"decimal": money.MustParse("1.050")}, "b"},
		{"decimal text", module.Where{"decimal": []string{"1.5", "1.0050"}}, "ac"},
		{"boolean", module.Where{"bool": false}, "bd"},
		{"time", module.Where{"time": third}, "c"},
		{"time text", module.Where{"time": "2026-01-03T01:00:00+01:00"}, "c"},
		{"all of several", module.Where{"bool": true, "int": []int{0, 1}, "no_text": nil}, "a"},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples := shelved(t, d)
		for _, test := range tests {
			got, err := samples.List(t.Context(), test.where, module.Page{Order: []string{"text"}})
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
				continue
			}
			if words(got) != test.want {
				t.Errorf("%s: found %q, want %q", test.name, words(got), test.want)
			}
			n, err := samples.Count(t.Context(), test.where)
			if err != nil || n != int64(len(test.want)) {
				t.Errorf("%s: counted %d (%v), want %d", test.name, n, err, len(test.want))
			}
		}
	})
}

func TestListPages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		page module.Page
		want string
	}{
		{"limit", module.Page{Limit: 2, Order: []string{"text"}}, "ab"},
		{"offset", module.Page{Offset: 3, Order: []string{"text"}}, "d"},
		{"both", module.Page{Limit: 2, Offset: 1, Order: []string{"text"}}, "bc"},
		{"descending", module.Page{Order: []string{"-text"}}, "dcba"},
		{"by two", module.Page{Order: []string{"-bool", "-int"}}, "cadb"},
		{"nulls last", module.Page{Order: []string{"no_text", "text"}}, "dabc"},
		{"nulls first", module.Page{Order: []string{"-no_text", "text"}}, "abcd"},
		{"decimals by value", module.Page{Order: []string{"decimal"}}, "dcba"},
		{"deleted too", module.Page{WithDeleted: true, Order: []string{"-created_at"}}, "edcba"},
		{"by key", module.Page{}, "abcd"},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples := shelved(t, d)
		for _, test := range tests {
			got, err := samples.List(t.Context(), nil, test.page)
			if err != nil || words(got) != test.want {
				t.Errorf("%s: listed %q (%v), want %q", test.name, words(got), err, test.want)
			}
		}
	})
}

func TestListRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct {
		where module.Where
		page  module.Page
		words []string
	}{
		{module.Where{"txt": 1}, module.Page{}, []string{`sample has no field "txt"`, "did you mean text"}},
		{module.Where{`id" OR 1=1 --`: 1}, module.Page{}, []string{"no field"}},
		{module.Where{"id": nil}, module.Page{}, []string{"sample.id"}},
		{module.Where{"text": 1}, module.Page{}, []string{"sample.text", "text", "int"}},
		{module.Where{"text": "\x00"}, module.Page{}, []string{"sample.text", "NUL"}},
		{module.Where{"text": []any{"a", nil}}, module.Page{}, []string{"sample.text", "missing"}},
		{module.Where{"int": 1.5}, module.Page{}, []string{"sample.int", "integer"}},
		{module.Where{"int": "1"}, module.Page{}, []string{"sample.int"}},
		{module.Where{"decimal": 1.5}, module.Page{}, []string{"sample.decimal", "decimal"}},
		{module.Where{"decimal": "1,5"}, module.Page{}, []string{"sample.decimal", "1,5"}},
		{module.Where{"bool": "yes"}, module.Page{}, []string{"sample.bool"}},
		{module.Where{"time": "yesterday"}, module.Page{}, []string{"sample.time", "yesterday", "2026-01-31T09:30:00.000Z"}},
		{module.Where{"mood": "sad"}, module.Page{}, []string{"calm, wild"}},
		{module.Where{"json": "{}"}, module.Page{}, []string{"sample.json", "compared"}},
		{module.Where{"list": []string{"a"}}, module.Page{}, []string{"sample.list", "compared"}},
		{nil, module.Page{Order: []string{"-txet"}}, []string{`no field "txet"`, "text"}},
		{nil, module.Page{Order: []string{"json"}}, []string{"sample.json", "order"}},
		{nil, module.Page{Limit: -1}, []string{"-1"}},
		{nil, module.Page{Offset: -2}, []string{"-2"}},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples := openSamples(t, d)
		for _, test := range tests {
			_, err := samples.List(t.Context(), test.where, test.page)
			wantFault(t, err, fault.InvalidData, test.words...)
		}
		_, err := samples.Count(t.Context(), module.Where{"nope": 1})
		wantFault(t, err, fault.InvalidData, "nope")
	})
}
