package model_test

import (
	"slices"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

func TestKind(t *testing.T) {
	t.Parallel()
	for kind, want := range map[model.Kind]struct {
		name             string
		numeric, ordered bool
		column           db.ColumnType
	}{
		model.Text: {"text", false, true, db.Text}, model.Int: {"integer", true, true, db.Int}, model.Float: {"float", true, true, db.Float}, model.Decimal: {"decimal", true, true, db.Decimal},
		model.Bool: {"boolean", false, false, db.Bool}, model.Time: {"time", false, true, db.Time}, model.JSON: {"json", false, false, db.JSON}, model.TextList: {"list of text", false, false, db.TextList},
	} {
		if kind.String() != want.name || kind.Numeric() != want.numeric || kind.Ordered() != want.ordered || kind.Column() != want.column {
			t.Errorf("kind %d is %s, numeric %t, ordered %t, column type %d", kind, kind, kind.Numeric(), kind.Ordered(), kind.Column())
		}
	}
}

// Text in TimeFormat sorts by time.
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
		t.Errorf("the texts do not sort by time: %q", texts)
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
