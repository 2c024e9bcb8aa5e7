package model_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
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
