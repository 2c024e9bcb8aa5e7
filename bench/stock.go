package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/money"
)

// stockCases return the reservation of three items, and what is available of a page of
// variants, beside the same by hand.
func stockCases(ctx context.Context, s *shop) ([]*pair, error) {
	reserve, err := reserveCase(ctx, s)
	if err != nil {
		return nil, err
	}
	available, err := availableCase(ctx, s)
	return []*pair{reserve, available}, err
}

// reserveCase reserves three items at a location. Both are rolled back.
func reserveCase(ctx context.Context, s *shop) (*pair, error) {
	items := make([]string, 3)
	for i := range items {
		item := &inventory.InventoryItem{LocationLevels: []*inventory.InventoryLevel{{LocationID: "sloc_bench", StockedQuantity: money.Int(1_000_000)}}}
		if err := s.Inventory.InventoryItems.Create(ctx, item); err != nil {
			return nil, err
		}
		items[i] = item.ID
	}
	return &pair{
		name: "reserve 3 items", bar: 1.5,
		ours: func(ctx context.Context) error {
			return s.undone(ctx, func(ctx context.Context) error {
				all := make([]*inventory.ReservationItem, len(items))
				for i, id := range items {
					all[i] = &inventory.ReservationItem{InventoryItemID: id, LocationID: "sloc_bench", Quantity: money.Int(2)}
				}
				return s.Inventory.ReservationItems.Create(ctx, all...)
			})
		},
		hands: []func(ctx context.Context) error{func(ctx context.Context) error {
			return s.undone(ctx, func(ctx context.Context) error { return reserveByHand(ctx, s.DB(), items) })
		}},
	}, nil
}

// reserveByHand reserves two of each item: with one statement on PostgreSQL, and with
// two on SQLite, where one statement changes one table.
func reserveByHand(ctx context.Context, d db.DB, items []string) error {
	now, q := time.Now(), d.Dialect()
	var insert, rows strings.Builder
	args := []any{now}
	for i, id := range items {
		if i > 0 {
			insert.WriteString(", ")
			rows.WriteString(", ")
		}
		n := len(args)
		args = append(args, model.NewID("resitem"), id)
		fmt.Fprintf(&insert, "(%s, %s, 'sloc_bench', '2', %s, %[3]s)", q.Placeholder(n+1), q.Placeholder(n+2), q.Placeholder(1))
		rows.WriteString(q.Placeholder(n + 2))
	}
	update := "UPDATE inventory_level SET reserved_quantity = " + q.Add("reserved_quantity", "'2'") + ", updated_at = " + q.Placeholder(1) +
		" WHERE location_id = 'sloc_bench' AND deleted_at IS NULL AND inventory_item_id IN (" + rows.String() + ") AND " + q.Add("reserved_quantity", "'2'") + " <= stocked_quantity"
	create := "INSERT INTO reservation_item (id, inventory_item_id, location_id, quantity, created_at, updated_at) "
	conn := db.Use(ctx, d)
	if q.Name() == "postgres" {
		values := strings.Replace(strings.ReplaceAll(insert.String(), "'2'", "2::numeric"), "$1, $1)", "$1::timestamptz, $1::timestamptz)", 1)
		_, err := conn.Exec(ctx, "WITH level AS ("+update+") "+create+"VALUES "+values, args...)
		return err
	}
	if _, err := conn.Exec(ctx, update, args...); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, create+"VALUES "+insert.String(), args...)
	return err
}

// pageOfVariants is how many variants a page of a storefront has.
const pageOfVariants = 20

// availableCase returns how many of the variants of a page can be sold in a channel.
func availableCase(ctx context.Context, s *shop) (*pair, error) {
	variants, err := db.Collect[string](ctx, s.DB(), "SELECT id FROM product_variant ORDER BY id LIMIT 20")
	if err != nil || len(variants) != pageOfVariants {
		return nil, fmt.Errorf("%d variants: %w", len(variants), err)
	}
	channels, err := db.Collect[string](ctx, s.DB(), "SELECT sales_channel_id FROM sales_channel_stock_location ORDER BY id LIMIT 1")
	if err != nil {
		return nil, err
	}
	want, err := s.Availability(ctx, variants, channels)
	if err != nil {
		return nil, err
	}
	got, err := availableByHand(ctx, s.DB(), variants, channels[0])
	if err != nil || len(got) != len(want) {
		return nil, fmt.Errorf("%d of %d variants by hand: %w", len(got), len(want), err)
	}
	for id, n := range want {
		if got[id] != n.String() {
			return nil, fmt.Errorf("variant %s: %s by hand, not %s", id, got[id], n)
		}
	}
	return &pair{
		name: "availability of 20 variants", bar: 1.15,
		ours: func(ctx context.Context) error { _, err := s.Availability(ctx, variants, channels); return err },
		hands: []func(ctx context.Context) error{func(ctx context.Context) error {
			_, err := availableByHand(ctx, s.DB(), variants, channels[0])
			return err
		}},
	}, nil
}

// availableByHand has the database compute the numbers, with its own arithmetic.
func availableByHand(ctx context.Context, d db.DB, variants []string, channel string) (map[string]string, error) {
	number, least := "numeric", "CAST(trim_scale(min(floor(x.available / x.required))) AS text)"
	if d.Dialect().Name() == "sqlite" {
		number, least = "real", "CAST(CAST(min(floor(x.available / x.required)) AS integer) AS text)"
	}
	rows, err := d.Query(ctx, "SELECT x.id, "+least+" FROM (SELECT v.id, CAST(i.required_quantity AS "+number+") AS required,"+
		" coalesce(sum(CAST(l.stocked_quantity AS "+number+") - CAST(l.reserved_quantity AS "+number+")), 0) AS available FROM product_variant v"+
		" JOIN product_variant_inventory_item i ON i.variant_id = v.id AND i.deleted_at IS NULL"+
		" LEFT JOIN inventory_level l ON l.inventory_item_id = i.inventory_item_id AND l.deleted_at IS NULL AND l.location_id IN"+
		" (SELECT stock_location_id FROM sales_channel_stock_location WHERE sales_channel_id = "+d.Dialect().Placeholder(2)+" AND deleted_at IS NULL)"+
		" WHERE "+d.Dialect().List("v.id", 1)+" AND v.manage_inventory GROUP BY v.id, i.id, i.required_quantity) x GROUP BY x.id", variants, channel)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var id, n string
		if err := rows.Scan(&id, &n); err != nil {
			return nil, err
		}
		out[id] = n
	}
	return out, rows.Err()
}
