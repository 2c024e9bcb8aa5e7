package medusa_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
)

// noted reports whether a note has all of the words.
func noted(notes []string, words ...string) bool {
	return slices.ContainsFunc(notes, func(n string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(n, w) })
	})
}

func TestValues(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := open(t, medusatest.Shop(t)), store(t, d)
		exec(t, source,
			// The raw_ column has the digits that a floating point number lost.
			`INSERT INTO order_line_item (id, title, unit_price, raw_unit_price, compare_at_unit_price, raw_compare_at_unit_price, updated_at) VALUES
				('ordli_noise', '', 0.30000000000000004, '{"value": "0.3"}', 12.605042016806722, '{"value": "12.605042016806722689"}', '2026-01-02 03:04:05.678999+02'),
				('ordli_changed', '', 5, '{"value": "4"}', NULL, '{"value": "7"}', now()),
				('ordli_broken', '', 5, '{"value": "a lot"}', 1000, 'null', now())`,
			`INSERT INTO customer (id, metadata) VALUES ('cus_json', '{"a": [1, 2.50, {"b": "ü''\"\\"}], "big": 12345678901234567890.123}')`)
		r := importShop(t, source, s)
		for sql, want := range map[string]string{
			"SELECT CAST(unit_price AS text) FROM order_line_item WHERE id = 'ordli_noise'":              "0.3",
			"SELECT CAST(compare_at_unit_price AS text) FROM order_line_item WHERE id = 'ordli_noise'":   "12.605042016806722689",
			"SELECT CAST(unit_price AS text) FROM order_line_item WHERE id = 'ordli_changed'":            "5",
			"SELECT CAST(compare_at_unit_price AS text) FROM order_line_item WHERE id = 'ordli_changed'": "null",
			"SELECT CAST(unit_price AS text) FROM order_line_item WHERE id = 'ordli_broken'":             "5",
			"SELECT CAST(compare_at_unit_price AS text) FROM order_line_item WHERE id = 'ordli_broken'":  "1000",
			"SELECT metadata ->> 'big' FROM customer WHERE id = 'cus_json'":                              "12345678901234567890.123",
			"SELECT metadata -> 'a' -> 2 ->> 'b' FROM customer WHERE id = 'cus_json'":                    `ü'"\`,
		} {
			if sql, d := sql, d; strings.Contains(sql, "'big'") && d.Dialect().Name() == "sqlite" {
				continue // SQLite stores the text, but its ->> returns a double
			}
			if got := one(t, d, sql); got != want {
				t.Errorf("%s: %s, want %s", sql, got, want)
			}
		}
		at, _, err := db.One[string](t.Context(), d, "SELECT CAST(updated_at AS text) FROM order_line_item WHERE id = 'ordli_noise'")
		if err != nil || !strings.Contains(at, "01:04:05.678") || strings.Contains(at, "678999") {
			t.Errorf("the timestamp is %s (%v), want milliseconds, cut", at, err)
		}
		for _, words := range [][]string{{"ordli_changed", "unit_price", "5"}, {"ordli_changed", "compare_at_unit_price", "null"}, {"ordli_broken", "a lot"}} {
			if !noted(r.Notes, words...) {
				t.Errorf("no note has %v: %v", words, r.Notes)
			}
		}
		if noted(r.Notes, "ordli_noise") || noted(r.Notes, "ordli_broken", "compare_at") {
			t.Errorf("noise is noted: %v", r.Notes)
		}
	})
}

// Trees are imported parents first, whatever their order in the table, and many rows in
// several batches.
func TestTreesAndBatches(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := open(t, medusatest.Shop(t)), store(t, d)
		exec(t, source,
			// Each is the child of the next, so that a parent always comes later.
			`INSERT INTO return_reason (id, value, label, parent_return_reason_id)
				SELECT 'rr_' || n, n::text, '', CASE WHEN n < 2500 THEN 'rr_' || n + 1 END FROM generate_series(1, 2500) n`,
			`INSERT INTO customer (id, email, has_account) SELECT 'cus_' || n, n || '@example.org', false FROM generate_series(1, 2345) n`)
		r := importShop(t, source, s)
		if line := report(t, r, "return_reason"); line.Written != 2504 || count(t, d, "return_reason") != 2504 {
			t.Errorf("return reasons: %+v", line)
		}
		if line := report(t, r, "customer"); line.Written != 2345+27 || count(t, d, "customer") != 2345+27 {
			t.Errorf("customers: %+v", line)
		}
		if got := one(t, d, "SELECT parent_return_reason_id FROM return_reason WHERE id = 'rr_1'"); got != "rr_2" {
			t.Errorf("the first reason is below %s", got)
		}
	})
}

// Of link rows that contradict each other, the oldest valid one remains live.
func TestRivals(t *testing.T) {
	t.Parallel()
	source, s := open(t, medusatest.Shop(t)), store(t, dbtest.SQLite(t))
	exec(t, source,
		"DELETE FROM order_cart",
		`CREATE TABLE c AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM cart`,
		`CREATE TABLE o AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM "order"`,
		// 2 conflicts with 1, so 3 can have cart 2. 4 is the oldest, but dismissed. The cart of 5 does not exist.
		`INSERT INTO order_cart (id, order_id, cart_id, created_at, deleted_at)
			SELECT 'oc_' || v.id, o.id, c.id, now() + v.id * interval '1 minute', CASE WHEN v.id = 0 THEN now() END
			FROM (VALUES (1, 1, 1), (2, 1, 2), (3, 2, 2), (0, 2, 1), (4, 3, 1)) v (id, o, c) JOIN o ON o.n = v.o JOIN c ON c.n = v.c`,
		`INSERT INTO order_cart (id, order_id, cart_id, created_at) SELECT 'oc_5', o.id, 'nowhere', now() - interval '1 day' FROM o WHERE n = 3`)
	r := importShop(t, source, s)
	live, err := db.Collect[string](t.Context(), s.DB, "SELECT id FROM order_cart WHERE deleted_at IS NULL ORDER BY id")
	if err != nil || !slices.Equal(live, []string{"oc_1", "oc_3"}) {
		t.Errorf("live links are %v (%v), want oc_1 and oc_3", live, err)
	}
	if n := count(t, s.DB, "order_cart"); n != 5 {
		t.Errorf("%d links are here, want 5", n)
	}
	for _, words := range [][]string{{"oc_2", "dismissed", "oc_1"}, {"oc_4", "dismissed", "oc_1"}, {"oc_5", "left out", "no cart nowhere"}} {
		if !noted(r.Notes, words...) {
			t.Errorf("no note has %v: %v", words, r.Notes)
		}
	}
	if line := report(t, r, "order_cart"); line.Read != 6 || line.Written != 5 || line.Refused != 1 {
		t.Errorf("links: %+v", line)
	}
	if line := report(t, importShop(t, source, s), "order_cart"); line.Written != 0 {
		t.Errorf("the second import: %+v", line)
	}
}

// Columns and tables that we do not have are listed if they are not empty.
func TestWhatWeDoNotHaveIsNamed(t *testing.T) {
	t.Parallel()
	source, s := open(t, medusatest.Shop(t)), store(t, dbtest.SQLite(t))
	exec(t, source,
		`ALTER TABLE "order" ADD COLUMN shop_note text, ADD COLUMN never text`,
		`UPDATE "order" SET shop_note = 'x' WHERE display_id <= 3`,
		"CREATE TABLE brand AS SELECT 1 AS id UNION SELECT 2")
	r := importShop(t, source, s)
	if notes := report(t, r, "order").Notes; len(notes) != 1 || !noted(notes, "shop_note", "3 values") {
		t.Errorf("order has the notes %q", notes)
	}
	want := medusa.SkippedTable{Table: "brand", Module: "unknown", Rows: 2}
	if !slices.Contains(r.Skipped, want) {
		t.Errorf("brand is not among the skipped: %v", r.Skipped)
	}
}

// A row without a required value is left out if nothing refers to it.
func TestRowsThatLackSomething(t *testing.T) {
	t.Parallel()
	source, s := open(t, medusatest.Shop(t)), store(t, dbtest.SQLite(t))
	exec(t, source, "UPDATE order_summary SET totals = NULL WHERE id = (SELECT min(id) FROM order_summary)")
	r := importShop(t, source, s)
	if line := report(t, r, "order_summary"); line.Refused != 1 || line.Written != line.Read-1 || !noted(r.Notes, "order_summary", "totals is null") {
		t.Errorf("summaries: %+v, %v", line, r.Notes)
	}
}
