package module_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

func TestUpdate(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples, ctx := openSamples(t, d), t.Context()
		a, b, gone := full(), full(), full()
		if err := samples.Create(ctx, a, b, gone); err != nil {
			t.Fatal(err)
		}
		if err := samples.SoftDelete(ctx, gone.ID); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2027, 1, 2, 3, 4, 5, 6e6, time.UTC)
		n, err := samples.Update(ctx, []string{a.ID, gone.ID, "nobody", "\x00"}, module.Patch{
			"text": "new", "int": json.Number("3"), "float": 2, "decimal": "0.10", "bool": false, "time": at,
			"json": map[string]any{"k": []int{1}}, "list": []any{"x", "y"}, "mood": mood("wild"), "no_text": nil,
			"no_decimal": json.Number("7"), "no_json": model.RawJSON(`{"a":1}`), "no_list": nil, "no_float": json.Number("0.25"),
		})
		if err != nil || n != 1 {
			t.Fatalf("changed %d (%v), want 1", n, err)
		}
		got, err := samples.Retrieve(ctx, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := full()
		want.Record, want.NoTime = got.Record, got.NoTime
		want.Text, want.Int, want.Float, want.Decimal, want.Bool, want.Time = "new", 3, 2, money.MustParse("0.1"), false, at
		want.JSON, want.List, want.Mood, want.NoText, want.NoDecimal = model.RawJSON(`{"k":[1]}`), []string{"x", "y"}, "wild", nil, new(money.Int(7))
		want.NoJSON, want.NoList, want.NoFloat = model.RawJSON(`{"a":1}`), nil, new(0.25)
		want.DefText, want.DefInt, want.DefFloat, want.DefDecimal, want.DefBool, want.DefTime, want.DefJSON =
			a.DefText, a.DefInt, a.DefFloat, a.DefDecimal, a.DefBool, a.DefTime, a.DefJSON
		if diff := cmp.Diff(want, got, cmp.Comparer(money.Amount.Equal), cmp.Comparer(sameJSON)); diff != "" {
			t.Errorf("after the update (-want +got):\n%s", diff)
		}
		if other, _ := samples.Retrieve(ctx, b.ID); other.Text == "new" {
			t.Error("the update changed another record")
		}
	})
}

func TestUpdateSetsItsTime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx, now := open(t, d), t.Context(), newClock()
		l.store = l.store.From(module.Source{Now: now.now})
		tags := module.For[tag](l.store, l.tags)
		one := &tag{Value: "one"}
		if err := tags.Create(ctx, one); err != nil {
			t.Fatal(err)
		}
		now.tick()
		if n, err := tags.Update(ctx, []string{one.ID}, module.Patch{}); n != 1 || err != nil {
			t.Fatalf("changed %d, %v", n, err)
		}
		got, err := tags.Retrieve(ctx, one.ID)
		if err != nil || got.UpdatedAt.Sub(got.CreatedAt) != time.Second {
			t.Errorf("updated_at is %v, created_at %v (%v)", got.UpdatedAt, got.CreatedAt, err)
		}
		if n, err := tags.Update(ctx, nil, module.Patch{"value": "x"}); n != 0 || err != nil {
			t.Errorf("without ids: changed %d, %v", n, err)
		}
	})
}

func TestUpdateRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples, ctx := openSamples(t, d), t.Context()
		s := full()
		if err := samples.Create(ctx, s); err != nil {
			t.Fatal(err)
		}
		tests := []struct {
			patch module.Patch
			words []string
		}{
			{module.Patch{"txt": "a"}, []string{"no field", "text"}},
			{module.Patch{"id": "a"}, []string{"sample.id"}},
			{module.Patch{"deleted_at": nil}, []string{"sample.deleted_at"}},
			{module.Patch{"text": nil}, []string{"sample.text", "missing"}},
			{module.Patch{"text": 5}, []string{"sample.text"}},
			{module.Patch{"mood": "sad"}, []string{"calm, wild"}},
			{module.Patch{"int": "1"}, []string{"sample.int"}},
			{module.Patch{"int": json.Number("1.5")}, []string{"sample.int"}},
			{module.Patch{"float": "x"}, []string{"sample.float"}},
			{module.Patch{"decimal": 0.1}, []string{"sample.decimal"}},
			{module.Patch{"json": func() {}}, []string{"sample.json"}},
			{module.Patch{"list": "a"}, []string{"sample.list"}},
			{module.Patch{"list": []int{1}}, []string{"sample.list"}},
			{module.Patch{"time": 7}, []string{"sample.time"}},
			{module.Patch{"bool": 1, "text": "half"}, []string{"sample.bool"}},
		}
		for _, test := range tests {
			_, err := samples.Update(ctx, []string{s.ID}, test.patch)
			wantFault(t, err, fault.InvalidData, test.words...)
		}
		if got, err := samples.Retrieve(ctx, s.ID); err != nil || got.Text != s.Text {
			t.Errorf("after the refusals the text is %q (%v)", got.Text, err)
		}
	})
}

func TestSave(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		samples, ctx := openSamples(t, d), t.Context()
		a, b := full(), empty()
		if err := samples.Create(ctx, a, b); err != nil {
			t.Fatal(err)
		}
		a.Text, a.NoInt, a.NoJSON, a.DefBool, a.DefInt = "saved", nil, nil, new(false), 0
		b.Decimal, b.NoTime, b.List, b.CreatedAt = money.MustParse("9.99"), new(b.CreatedAt), []string{"l"}, time.Time{}
		if err := samples.Save(ctx, a, b); err != nil {
			t.Fatal(err)
		}
		for _, s := range []*sample{a, b} {
			got, err := samples.Retrieve(ctx, s.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got.CreatedAt.IsZero() {
				t.Error("saving changed created_at")
			}
			s.Time, s.CreatedAt = s.Time.UTC().Truncate(time.Millisecond), got.CreatedAt
			if s.NoTime != nil {
				s.NoTime = new(s.NoTime.UTC().Truncate(time.Millisecond))
			}
			if diff := cmp.Diff(s, got, cmp.Comparer(money.Amount.Equal), cmp.Comparer(sameJSON)); diff != "" {
				t.Errorf("what was saved and what is read differ (-saved +read):\n%s", diff)
			}
		}
	})
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		l, ctx := open(t, d), t.Context()
		tags := module.For[tag](l.store, l.tags)
		a, b := &tag{Value: "a"}, &tag{Value: "b"}
		if err := tags.Create(ctx, a, b); err != nil {
			t.Fatal(err)
		}
		never := &tag{Value: "never"}
		never.ID = "tag_never"
		a.Value = "half"
		wantFault(t, tags.Save(ctx, a, never), fault.NotFound, `"tag_never"`)
		wantFault(t, tags.Save(ctx, a, a), fault.InvalidData, "twice")
		a.Value = "b"
		wantFault(t, tags.Save(ctx, a), fault.DuplicateError, `value "b"`)
		a.Value = "\xff"
		wantFault(t, tags.Save(ctx, a), fault.InvalidData, "tag.value")
		got, err := tags.Retrieve(ctx, a.ID)
		if err != nil || got.Value != "a" {
			t.Errorf("after the refusals the value is %q (%v)", got.Value, err)
		}
		if err := tags.Save(ctx); err != nil {
			t.Error(err)
		}
	})
}
