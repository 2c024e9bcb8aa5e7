package link_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/link"
)

// Timestamps have three digits, whatever they end in.
func TestRowTimes(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 25, 19, 26, 31, 640e6, time.FixedZone("CET", 3600))
	whole := at.Truncate(time.Second)
	b, err := json.Marshal([]*link.Row{{Link: "order_promotion", ID: "x", CreatedAt: at, UpdatedAt: whole, DeletedAt: &at}, {CreatedAt: at}})
	want := `"created_at":"2026-11-25T18:26:31.640Z","updated_at":"2026-11-25T18:26:31.000Z","deleted_at":"2026-11-25T18:26:31.640Z"`
	if err != nil || !strings.Contains(string(b), want) || !strings.Contains(string(b), `"link":"order_promotion","id":"x"`) || !strings.Contains(string(b), `"deleted_at":null`) {
		t.Errorf("%s (%v), want %s", b, err, want)
	}
}
