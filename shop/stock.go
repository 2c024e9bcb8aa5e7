package shop

import (
	"context"
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
)

// Availability returns how many pieces of variants can be sold in sales channels, by
// the id of the variant: as many as the items that it consists of allow, at the
// locations of the channels together. Without channels, all locations count. Variants
// whose stock is not managed are left out. It takes one statement.
func (s *Shop) Availability(ctx context.Context, variants, channels []string) (map[string]money.Amount, error) {
	args := []any{variants}
	if channels != nil {
		args = append(args, channels)
	}
	rows, err := db.Use(ctx, s.DB()).Query(ctx, availabilitySQL(s.DB().Dialect(), channels != nil), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]money.Amount{}
	for rows.Next() {
		var variant string
		var required, available *money.Amount
		if err := rows.Scan(&variant, &required, &available); err != nil {
			return nil, err
		}
		n := pieces(required, available)
		if least, ok := out[variant]; !ok || n.Cmp(least) < 0 {
			out[variant] = n
		}
	}
	return out, rows.Err()
}

// pieces returns how many times a required quantity is available: 0 if nothing is
// known of one of them.
func pieces(required, available *money.Amount) money.Amount {
	if required == nil || available == nil || required.Sign() <= 0 {
		return money.Zero
	}
	return available.Div(*required).Floor()
}

// availabilitySQL returns the statement of Availability: a row for each item of a
// variant, with what is required and available of it. The arguments are the variants
// and, if there are channels, those.
func availabilitySQL(d db.Dialect, byChannel bool) string {
	sql := "SELECT v.id, i.required_quantity, " + d.Sum(d.Subtract("l.stocked_quantity", "l.reserved_quantity")) +
		" FROM product_variant AS v LEFT JOIN product_variant_inventory_item AS i ON i.variant_id = v.id AND i.deleted_at IS NULL" +
		" LEFT JOIN inventory_level AS l ON l.inventory_item_id = i.inventory_item_id AND l.deleted_at IS NULL"
	if byChannel {
		sql += " AND l.location_id IN (SELECT c.stock_location_id FROM sales_channel_stock_location AS c WHERE " + d.List("c.sales_channel_id", 2) + " AND c.deleted_at IS NULL)"
	}
	return sql + " WHERE " + d.List("v.id", 1) + " AND v.manage_inventory GROUP BY v.id, i.id, i.required_quantity"
}

// stock computes inventory_quantity of variants, in the sales channels that the
// context of the request names, or everywhere.
func (s *Shop) stock(ctx context.Context, variants []string) (map[string]model.RawJSON, error) {
	values, err := attributes(query.ContextOf(ctx))
	if err != nil {
		return nil, err
	}
	found, err := s.Availability(ctx, variants, values["sales_channel_id"])
	if err != nil {
		return nil, err
	}
	out := make(map[string]model.RawJSON, len(found))
	for id, n := range found {
		if out[id], err = json.Marshal(n); err != nil {
			return nil, err
		}
	}
	return out, nil
}
