package demo_test

import (
	"encoding/json"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/query"
)

// Every direction of every link leads somewhere.
func everyLinkHasRows(t *testing.T, s *emptyShop) {
	directions := link.Map(s.Store.Graph)
	if len(directions) < 40 {
		t.Errorf("only %d directions of links", len(directions))
	}
	for _, way := range directions {
		if n := leads(t, s, way); n == 0 {
			t.Errorf("no %s leads to a %s by %s", way.From, way.To, way.Field)
		}
	}
}

// leads counts the records from which a direction leads to some other.
func leads(t *testing.T, s *emptyShop, way link.Direction) int {
	t.Helper()
	m := s.Store.Graph.Named(way.From)
	key := s.Store.Graph.Named(way.To).PrimaryKey()
	answer, err := s.Query.Graph(t.Context(), query.Request{
		Entity: m.Entities[0], Fields: []string{m.PrimaryKey()}, Filters: query.Filters{way.Field: query.Filters{key: query.Filters{"$ne": ""}}},
	})
	if err != nil {
		t.Fatalf("%s.%s: %v", way.From, way.Field, err)
	}
	return answer.Rows
}

// The order to look at has all that an order can have.
func TestTheOrderToLookAtHasEverything(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		res := s.seed(t, few)
		paths := []string{
			"customer.account_holders.id", "customer.groups.id", "region.payment_providers.id", "sales_channel.id", "cart.payment_collection.id", "cart.promotions.id",
			"items.product.id", "items.variant.id", "items.product.shipping_profile.id", "items.adjustments.promotion_id", "shipping_methods.shipping_option.id",
			"promotions.id", "payment_collections.payments.captures.id", "payment_collections.payments.refunds.id", "fulfillments.items.id", "fulfillments.labels.id",
			"returns.fulfillments.id", "returns.items.reason.id", "returns.shipping_methods.id", "claims.payment_collections.id", "claims.claim_items.id",
			"claims.additional_items.id", "exchanges.payment_collections.id", "exchanges.additional_items.id", "exchanges.return.fulfillments.id",
			"transactions.id", "shipping_address.id", "billing_address.id",
		}
		answer, err := s.Query.Graph(t.Context(), query.Request{Entity: "order", Fields: paths, Filters: query.Filters{"id": res.OrderID}})
		if err != nil {
			t.Fatal(err)
		}
		var orders []any
		if err := json.Unmarshal(answer.Data, &orders); err != nil || len(orders) != 1 {
			t.Fatalf("%v: %s", err, answer.Data)
		}
		wantNothingEmpty(t, "order", orders[0], map[string]bool{
			"payments": true, "refunds": true, "shipping_methods": true, "adjustments": true, "additional_items": true, // of some only
		})
	})
}

// wantNothingEmpty looks for nulls and empty lists; those of some names may
// be empty in some records.
func wantNothingEmpty(t *testing.T, at string, v any, optional map[string]bool) {
	t.Helper()
	switch v := v.(type) {
	case nil:
		t.Errorf("%s is null", at)
	case []any:
		for _, e := range v {
			wantNothingEmpty(t, at, e, optional)
		}
	case map[string]any:
		for name, e := range v {
			if list, ok := e.([]any); ok && len(list) == 0 && !optional[name] {
				t.Errorf("%s.%s is empty", at, name)
			}
			wantNothingEmpty(t, at+"."+name, e, optional)
		}
	}
}

func TestThePromotionToTryIsNotLinked(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	res := s.seed(t, few)
	n := one[int64](t, s, "SELECT count(*) FROM order_promotion WHERE order_id = ?1 AND promotion_id = ?2", res.OrderID, res.PromotionID)
	if there := one[int64](t, s, "SELECT count(*) FROM promotion WHERE id = ?1", res.PromotionID); n != 0 || there != 1 {
		t.Errorf("%d links to the promotion, of which there are %d", n, there)
	}
}
