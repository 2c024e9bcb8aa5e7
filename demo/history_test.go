package demo_test

import (
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// wantNone fails when a statement finds something.
func wantNone(t *testing.T, s *emptyShop, what, sql string) {
	t.Helper()
	found, err := db.Collect[string](t.Context(), s.Store.DB, sql)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if len(found) > 0 {
		t.Errorf("%s: %d, such as %s", what, len(found), found[0])
	}
}

// Every version of an order is whole, and made by a change.
func versionsAreWhole(t *testing.T, s *emptyShop) {
	wantNone(t, s, "orders without one summary for each version", `SELECT o.id FROM "order" o WHERE o.version <>
			(SELECT count(DISTINCT s.version) FROM order_summary s WHERE s.order_id = o.id AND s.version <= o.version)`)
	wantNone(t, s, "orders with two summaries for a version", `SELECT order_id FROM order_summary GROUP BY order_id, version HAVING count(*) > 1`)
	wantNone(t, s, "orders without a change for each version but the first", `SELECT o.id FROM "order" o WHERE o.version - 1 <>
			(SELECT count(*) FROM order_change c WHERE c.order_id = o.id AND c.status = 'confirmed' AND c.version <= o.version)`)
	wantNone(t, s, "changes without a step", `SELECT id FROM order_change c WHERE NOT EXISTS (SELECT 1 FROM order_change_action a WHERE a.order_change_id = c.id)`)
	for _, table := range []string{"order_item", "order_shipping"} {
		wantNone(t, s, "versions without rows in "+table, `SELECT s.order_id FROM order_summary s WHERE NOT EXISTS
				(SELECT 1 FROM `+table+` i WHERE i.order_id = s.order_id AND i.version = s.version)`)
		wantNone(t, s, "rows beyond the order's version in "+table, `SELECT i.id FROM `+table+` i JOIN "order" o ON o.id = i.order_id WHERE i.version > o.version`)
	}
}

// An id tells when its record was made.
func idsTellTheirTime(t *testing.T, s *emptyShop) {
	looked := 0
	for _, m := range s.Store.Graph.Models() {
		if m.Field("created_at") == nil || m.Field("id") == nil || m.Prefix == "" {
			continue
		}
		looked += wantTellingIDs(t, s, m)
	}
	if looked < 3000 {
		t.Errorf("only %d records were looked at", looked)
	}
}

func wantTellingIDs(t *testing.T, s *emptyShop, m *model.Model) int {
	t.Helper()
	rows, err := s.Store.DB.Query(t.Context(), "SELECT id, created_at FROM "+s.Store.DB.Dialect().Quote(m.Table))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var id string
		var at time.Time
		if err := rows.Scan(&id, &at); err != nil {
			t.Fatal(err)
		}
		if n++; !strings.HasPrefix(id, m.Prefix+"_") {
			continue // given by the configuration
		}
		u, err := ulid.ParseStrict(strings.TrimPrefix(id, m.Prefix+"_"))
		if err != nil || !ulid.Time(u.Time()).Equal(at) {
			t.Errorf("%s was made at %s: %v", id, at, err)
			return n
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return n
}

// Things happen one after the other.
func timesAreInOrder(t *testing.T, s *emptyShop) {
	for what, sql := range map[string]string{
		"carts younger than their orders":                `SELECT c.id FROM cart c JOIN order_cart l ON l.cart_id = c.id JOIN "order" o ON o.id = l.order_id WHERE c.created_at > o.created_at`,
		"carts that were completed before they began":    `SELECT id FROM cart WHERE completed_at < created_at`,
		"orders older than their customers":              `SELECT o.id FROM "order" o JOIN customer c ON c.id = o.customer_id WHERE c.created_at > o.created_at`,
		"orders that were changed before they were made": `SELECT id FROM "order" WHERE updated_at < created_at`,
		"parcels shipped before they were packed":        `SELECT id FROM fulfillment WHERE shipped_at < packed_at`,
		"parcels delivered before they were shipped":     `SELECT id FROM fulfillment WHERE delivered_at < shipped_at OR delivered_at IS NOT NULL AND shipped_at IS NULL`,
		"returns received before they were asked for":    `SELECT id FROM "return" WHERE received_at < requested_at`,
		"versions that go back in time": `SELECT a.id FROM order_change a JOIN order_change b ON b.order_id = a.order_id AND b.version = a.version + 1
			WHERE b.created_at < a.created_at`,
		"display ids that go back in time": `SELECT a.id FROM "order" a JOIN "order" b ON b.display_id = a.display_id + 1 WHERE b.created_at < a.created_at`,
		"links older than their orders":    `SELECT l.id FROM order_cart l JOIN "order" o ON o.id = l.order_id WHERE l.created_at < o.created_at`,
	} {
		wantNone(t, s, what, sql)
	}
	at := one[time.Time](t, s, `SELECT max(updated_at) FROM "order"`)
	if late := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC); at.After(late) {
		t.Errorf("an order was changed at %s, want no later than %s", at, late)
	}
}
