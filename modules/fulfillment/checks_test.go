package fulfillment_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
)

// TestChecks breaks every rule that verify knows of fulfillments, and undoes it again.
func TestChecks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, _, options := warehouse(t, d)
		sent, gone := mug(options["truck_test"]), mug(options["truck_test"])
		for _, f := range []*fulfillment.Fulfillment{sent, gone} {
			if err := s.Create(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Ship(t.Context(), fulfillment.Shipping{ID: sent.ID}); err != nil {
			t.Fatal(err)
		}
		if err := s.Cancel(t.Context(), gone.ID); err != nil {
			t.Fatal(err)
		}
		if found := moduletest.Broken(t.Context(), t, d, fulfillment.Module); found != "" {
			t.Fatalf("fulfillments without faults have %s", found)
		}
		const both = "fulfillment.canceled_at are set beside shipped_at or delivered_at"
		for sql, want := range map[string]string{
			"UPDATE fulfillment SET canceled_at = created_at":                              both,
			"UPDATE fulfillment SET canceled_at = shipped_at, shipped_at = NULL":           "",
			"UPDATE fulfillment SET delivered_at = created_at":                             both,
			"UPDATE fulfillment SET delivered_at = created_at WHERE canceled_at IS NULL":   "",
			"UPDATE fulfillment SET delivered_at = created_at, deleted_at = created_at":    "",
			"UPDATE fulfillment SET delivered_at = created_at, shipped_at = NULL":          both,
			"UPDATE fulfillment SET shipped_at = created_at WHERE canceled_at IS NOT NULL": both,
		} {
			if found := moduletest.Breach(t, d, fulfillment.Module, sql); found != want {
				t.Errorf("%s: found %q, want %q", sql, found, want)
			}
		}
	})
}
