package demo_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

// What is asked of a seeded database, all of one.
func TestSeeded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.seed(t, 200)
		for name, look := range map[string]func(*testing.T, *emptyShop){
			"it is sound": wantSound, "totals add up": totalsAddUp, "payments add up": paymentsAddUp, "parcels hold what lines say": parcelsHoldWhatLinesSay,
			"every version is whole": versionsAreWhole, "ids tell their time": idsTellTheirTime, "times are in order": timesAreInOrder,
			"stories are consistent": storiesAreConsistent, "there is some of everything": someOfEverything, "every link has rows": everyLinkHasRows,
		} {
			t.Run(name, func(t *testing.T) { look(t, s) })
		}
	})
}

// What a shop like this should not have, found by statements that answer the
// offending ids; and what it should.
func storiesAreConsistent(t *testing.T, s *emptyShop) {
	for what, sql := range map[string]string{
		"uses of a promotion that its orders do not show": `SELECT p.id FROM promotion p WHERE p.used <> (SELECT count(*) FROM order_promotion l WHERE l.promotion_id = p.id)`,
		"uses of a budget that its promotions do not show": `SELECT b.id FROM promotion_campaign_budget b WHERE CAST(b.used AS integer) <>
			(SELECT sum(p.used) FROM promotion p WHERE p.campaign_id = b.campaign_id)`,
		"orders whose promotion lowers nothing": `SELECT l.order_id FROM order_promotion l WHERE
			NOT EXISTS (SELECT 1 FROM order_item i JOIN order_line_item_adjustment a ON a.item_id = i.item_id WHERE i.order_id = l.order_id AND a.promotion_id = l.promotion_id) AND
			NOT EXISTS (SELECT 1 FROM order_shipping m JOIN order_shipping_method_adjustment a ON a.shipping_method_id = m.shipping_method_id WHERE m.order_id = l.order_id AND a.promotion_id = l.promotion_id)`,
		"carts with other promotions than their order": `SELECT c.cart_id FROM order_cart c WHERE
			(SELECT string_agg(promotion_id, ' ') FROM order_promotion o WHERE o.order_id = c.order_id) IS DISTINCT FROM
			(SELECT string_agg(promotion_id, ' ') FROM cart_promotion p WHERE p.cart_id = c.cart_id)`,
		"members' promotions for others": `SELECT o.id FROM "order" o JOIN order_promotion l ON l.order_id = o.id JOIN promotion p ON p.id = l.promotion_id WHERE p.code = 'MEMBERS10'
			AND NOT EXISTS (SELECT 1 FROM customer_group_customer m JOIN customer_group g ON g.id = m.customer_group_id WHERE m.customer_id = o.customer_id AND g.name = 'Members')`,
		"orders in a currency that is not their region's": `SELECT o.id FROM "order" o JOIN region r ON r.id = o.region_id WHERE r.currency_code <> o.currency_code`,
		"orders to a country outside their region": `SELECT o.id FROM "order" o JOIN order_address a ON a.id = o.shipping_address_id JOIN region_country c ON c.iso_2 = a.country_code
			WHERE c.region_id IS DISTINCT FROM o.region_id`,
		"products sold where they are not": `SELECT l.id FROM order_line_item l JOIN order_item i ON i.item_id = l.id AND i.version = 1 JOIN "order" o ON o.id = i.order_id
			WHERE NOT EXISTS (SELECT 1 FROM product_sales_channel p WHERE p.product_id = l.product_id AND p.sales_channel_id = o.sales_channel_id)`,
		"parcels that mix profiles": `SELECT i.id FROM fulfillment_item i JOIN fulfillment f ON f.id = i.fulfillment_id JOIN shipping_option s ON s.id = f.shipping_option_id
			JOIN order_line_item l ON l.id = i.line_item_id JOIN product_shipping_profile p ON p.product_id = l.product_id
			JOIN order_fulfillment x ON x.fulfillment_id = f.id WHERE s.name <> 'Express' AND s.name <> 'Standard' AND s.shipping_profile_id <> p.shipping_profile_id`,
		"providers that the region does not have": `SELECT p.id FROM payment p JOIN order_payment_collection l ON l.payment_collection_id = p.payment_collection_id JOIN "order" o ON o.id = l.order_id
			WHERE NOT EXISTS (SELECT 1 FROM region_payment_provider r WHERE r.region_id = o.region_id AND r.payment_provider_id = p.provider_id)`,
		"drafts that were paid for":       `SELECT o.id FROM "order" o JOIN order_payment_collection l ON l.order_id = o.id WHERE o.is_draft_order`,
		"canceled orders that were sent":  `SELECT o.id FROM "order" o JOIN order_fulfillment l ON l.order_id = o.id WHERE o.status = 'canceled'`,
		"emails that someone may have":    `SELECT email FROM customer WHERE email NOT LIKE '%@example.com' AND email NOT LIKE '%@example.net' AND email NOT LIKE '%@example.org'`,
		"phones that someone may have":    `SELECT phone FROM customer WHERE phone NOT LIKE '+33 1 99 00 %' AND phone NOT LIKE '+49 30 23125 %' AND phone NOT LIKE '+1 ___ 555 01__'`,
		"guests with an address book":     `SELECT a.id FROM customer_address a JOIN customer c ON c.id = a.customer_id WHERE NOT c.has_account`,
		"returns without goods":           `SELECT id FROM "return" r WHERE NOT EXISTS (SELECT 1 FROM return_item i WHERE i.return_id = r.id)`,
		"received returns without refund": `SELECT id FROM "return" WHERE status = 'received' AND exchange_id IS NULL AND refund_amount IS NULL AND updated_at < '2026-05-25'`,
		"exchanges that do not swap":      `SELECT id FROM order_exchange e WHERE return_id IS NULL OR NOT EXISTS (SELECT 1 FROM order_exchange_item i WHERE i.exchange_id = e.id)`,
		"replacements of nothing": `SELECT id FROM order_claim c WHERE type = 'replace' AND 2 <>
			(SELECT count(DISTINCT is_additional_item) FROM order_claim_item i WHERE i.claim_id = c.id)`,
	} {
		wantNone(t, s, what, sql)
	}
}

func someOfEverything(t *testing.T, s *emptyShop) {
	for column, values := range map[string][]string{
		`"order".status`:              {"pending", "completed", "archived", "canceled", "draft"},
		`"return".status`:             {"requested", "received", "canceled"},
		`order_claim.type`:            {"refund", "replace"},
		`payment_session.status`:      {"authorized", "pending", "error", "canceled"},
		`order_change.change_type`:    {"return_request", "return_receive", "claim", "exchange", "credit_line"},
		`promotion.status`:            {"active", "draft", "inactive"},
		`order_transaction.reference`: {"capture", "refund"},
	} {
		table, name := cutLast(column)
		for _, v := range values {
			if n := one[int64](t, s, "SELECT count(*) FROM "+table+" WHERE "+name+" = "+s.Store.DB.Dialect().Placeholder(1), v); n == 0 {
				t.Errorf("no %s is %s", column, v)
			}
		}
	}
	if n := one[int64](t, s, "SELECT count(*) FROM promotion_campaign_budget WHERE CAST(used AS integer) > 0"); n != 1 {
		t.Error("nobody used the sale")
	}
	share := one[int64](t, s, "SELECT count(DISTINCT order_id) FROM order_promotion")
	if share < 35 || share > 65 {
		t.Errorf("%d of 200 orders have a promotion, want about a quarter", share)
	}
}

func cutLast(column string) (table, name string) {
	for i := len(column) - 1; i > 0; i-- {
		if column[i] == '.' {
			return column[:i], column[i+1:]
		}
	}
	return "", column
}
