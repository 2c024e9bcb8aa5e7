package medusa_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
)

// plain returns a small source without the sample shop: it has our tables, which are also
// Medusa's, and what else an import needs.
func plain(t testing.TB) db.DB {
	t.Helper()
	d := open(t, dbtest.PostgresDatabase(t, ""))
	store(t, d)
	exec(t, d,
		"DROP TABLE gorgon_schema, link_deletion, order_cart, order_claim_payment_collection, order_exchange_payment_collection",
		"CREATE TABLE mikro_orm_migrations (id int)",
		"CREATE TABLE order_cart (id text, order_id text, cart_id text, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz)",
		"ALTER TABLE order_line_item ADD COLUMN raw_unit_price jsonb, ADD COLUMN totals_id text",
		"CREATE TABLE workflow_execution AS SELECT 1 AS id",
		`INSERT INTO "order" (id, display_id, currency_code, created_at, updated_at, deleted_at) VALUES
			('order_1', 7, 'eur', '2026-01-01Z', '2026-01-01Z', NULL), ('order_2', 9, 'eur', '2026-01-01Z', '2026-01-02Z', '2026-01-02Z')`,
		"INSERT INTO cart (id, currency_code, created_at, updated_at) VALUES ('cart_1', 'eur', '2026-01-01Z', '2026-01-01Z')",
		`INSERT INTO order_line_item (id, title, unit_price, raw_unit_price, totals_id, created_at, updated_at) VALUES
			('ordli_1', 'Mug', 0.30000000000000004, '{"value": "0.3", "precision": 20}', 'x', '2026-01-01Z', '2026-01-01Z')`,
		`INSERT INTO order_cart (id, order_id, cart_id, created_at, updated_at) VALUES
			('oc_1', 'order_1', 'cart_1', '2026-01-01Z', '2026-01-01Z'), ('oc_2', 'order_2', 'cart_1', '2026-01-02Z', '2026-01-02Z')`)
	return d
}

func TestPlainSource(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := plain(t), store(t, d)
		r := importShop(t, source, s)
		for sql, want := range map[string]string{
			`SELECT CAST(count(deleted_at) AS text) FROM "order"`:          "1",
			"SELECT CAST(unit_price AS text) FROM order_line_item":         "0.3",
			"SELECT id FROM order_cart WHERE deleted_at IS NULL":           "oc_1",
			"SELECT CAST(count(*) AS text) FROM order_cart":                "2",
			`SELECT CAST(max(display_id) AS text) FROM "order"`:            "9",
			"SELECT CAST(count(*) AS text) FROM order_line_item_tax_line":  "0",
			"SELECT order_id FROM order_cart WHERE deleted_at IS NOT NULL": "order_2",
		} {
			if got := one(t, d, sql); got != want {
				t.Errorf("%s: %s, want %s", sql, got, want)
			}
		}
		if len(r.Notes) != 1 || !noted(r.Notes, "oc_2", "dismissed") || !noted(report(t, r, "order_line_item").Notes, "totals_id") {
			t.Errorf("notes: %v, %v", r.Notes, report(t, r, "order_line_item").Notes)
		}
		before := checksum(t, s)
		importShop(t, source, s)
		sameTables(t, before, checksum(t, s))

		exec(t, source, "UPDATE order_line_item SET unit_price = 'NaN', updated_at = '2026-03-01Z'", "UPDATE cart SET email = 'new', updated_at = '2026-03-01Z'")
		fails(t, source, s, fault.InvalidData, "ordli_1", "NaN")
		sameTables(t, before, checksum(t, s))
	})
}
