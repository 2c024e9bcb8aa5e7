package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/oklog/ulid/v2"
)

func TestKind(t *testing.T) {
	t.Parallel()
	for kind, want := range map[model.Kind]struct {
		name             string
		numeric, ordered bool
	}{
		model.Text: {"text", false, true}, model.Int: {"integer", true, true}, model.Float: {"float", true, true}, model.Decimal: {"decimal", true, true},
		model.Bool: {"boolean", false, false}, model.Time: {"time", false, true}, model.JSON: {"json", false, false}, model.TextList: {"list of text", false, false},
	} {
		if kind.String() != want.name || kind.Numeric() != want.numeric || kind.Ordered() != want.ordered {
			t.Errorf("kind %d is %s, numeric %t, ordered %t", kind, kind, kind.Numeric(), kind.Ordered())
		}
	}
}

// Text in the time format sorts in the order of time.
func TestTimeFormat(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 9, 5, 7, 123_999_999, time.FixedZone("", 3600))
	if got := at.UTC().Format(model.TimeFormat); got != "2026-03-01T08:05:07.123Z" {
		t.Errorf("the time is %s", got)
	}
	var texts []string
	for _, step := range []time.Duration{0, time.Millisecond, 10 * time.Millisecond, time.Second, time.Minute, 13 * time.Hour, 40 * 24 * time.Hour, 400 * 24 * time.Hour} {
		texts = append(texts, at.Add(step).UTC().Format(model.TimeFormat))
	}
	if !slices.IsSorted(texts) {
		t.Errorf("the texts do not sort as the times: %q", texts)
	}
}

func TestPlural(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"order": "orders", "brand": "brands", "category": "categories", "day": "days", "key": "keys", "y": "ys", "currency": "currencies",
		"address": "addresses", "tax": "taxes", "quiz": "quizzes", "batch": "batches", "dish": "dishes", "status": "statuses", "waltz": "waltzes",
		"person": "people", "child": "children", "half": "halves", "shelf": "shelves",
		"media": "media", "series": "series", "metadata": "metadata", "inventory": "inventory",
		"order_address": "order_addresses", "product_category": "product_categories", "sales_channel": "sales_channels", "order_media": "order_media",
		"order_change_action": "order_change_actions", "campaign_person": "campaign_people", "stock_series": "stock_series", "": "", "order_": "order_",
	} {
		if got := model.Plural(name); got != want {
			t.Errorf("the plural of %q is %q, want %q", name, got, want)
		}
	}
}

func TestNewID(t *testing.T) {
	t.Parallel()
	const n = 10_000
	ids := make([]string, n)
	for i := range ids {
		ids[i] = model.NewID("brand")
	}
	for _, id := range ids {
		rest, ok := strings.CutPrefix(id, "brand_")
		u, err := ulid.ParseStrict(rest)
		if !ok || err != nil {
			t.Fatalf("%q is no id: %v", id, err)
		}
		if age := time.Since(ulid.Time(u.Time())); age < -time.Second || age > time.Minute {
			t.Fatalf("%q was made %s ago", id, age)
		}
	}
	if !slices.IsSorted(ids) {
		t.Error("ids made one after the other do not sort that way")
	}
	if len(slices.Compact(ids)) != n {
		t.Error("two ids are equal")
	}
	if _, err := ulid.ParseStrict(model.NewID("")); err != nil {
		t.Errorf("without a prefix, an id is no bare ULID: %v", err)
	}
}

func TestNewIDFromManyGoroutines(t *testing.T) {
	t.Parallel()
	const workers, each = 8, 2000
	made := make(chan []string)
	for range workers {
		go func() {
			ids := make([]string, each)
			for i := range ids {
				ids[i] = model.NewID("x")
			}
			made <- ids
		}()
	}
	seen := map[string]bool{}
	for range workers {
		for _, id := range <-made {
			seen[id] = true
		}
	}
	if len(seen) != workers*each {
		t.Errorf("%d of %d ids are different", len(seen), workers*each)
	}
}
