package demo

import (
	"context"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
)

// makeStock creates an inventory item for each variant, with its levels: the depot
// has every third. Sets of four plates consist of two sets of two.
func (w *world) makeStock(ctx context.Context) error {
	var items []*inventory.InventoryItem
	var parts []link.Entry
	w.inStock = map[string]part{}
	for _, g := range w.goods {
		var pair *inventory.InventoryItem
		for _, v := range g.Variants {
			item, n := w.itemOf(g, v, len(items)), int64(1)
			if *v.SKU == "PLT-4PLATES" && pair != nil {
				item, n = pair, 2
			} else {
				items = append(items, item)
			}
			pair = item
			w.inStock[v.ID] = part{item, n}
			parts = append(parts, link.Entry{Pair: link.Pair{product.Variants: v.ID}, Data: link.Data{"required_quantity": n}})
		}
	}
	if err := w.Inventory.InventoryItems.Create(ctx, items...); err != nil {
		return err
	}
	for _, p := range parts {
		p.Pair[inventory.InventoryItems] = w.inStock[p.Pair[product.Variants]].item.ID
	}
	_, err := w.Links.CreateWith(ctx, parts...)
	return err
}

// part is what a variant consists of: a number of an item.
type part struct {
	item *inventory.InventoryItem
	n    int64
}

// itemOf returns the n-th inventory item, which is that of a variant. There are more
// pieces of it the more orders there are.
func (w *world) itemOf(g *good, v *product.Variant, n int) *inventory.InventoryItem {
	pieces := int64(40 + 7*(n%9) + w.options.Orders/10)
	levels := []*inventory.InventoryLevel{{LocationID: w.warehouse.ID, StockedQuantity: money.Int(pieces), IncomingQuantity: money.Int(int64(n % 4 * 25))}}
	if n%3 == 0 {
		levels = append(levels, &inventory.InventoryLevel{LocationID: w.overseas.ID, StockedQuantity: money.Int(pieces / 2)})
	}
	return &inventory.InventoryItem{
		SKU: v.SKU, Title: new(g.Title + ", " + v.Title), Description: &v.Title, OriginCountry: g.OriginCountry, Weight: new(int64(g.grams)),
		Thumbnail: g.Thumbnail, LocationLevels: levels,
	}
}

// reserve notes what an order has reserved at the warehouse: what was not sent yet.
func (s *story) reserve() {
	if s.order.Status == order.StatusCanceled || s.order.IsDraftOrder {
		return
	}
	for _, i := range s.snapshot.Items {
		if open := i.Quantity.Sub(i.FulfilledQuantity); open.Sign() > 0 {
			p := s.inStock[*i.Item.VariantID]
			s.book.reservations = append(s.book.reservations, &inventory.ReservationItem{
				InventoryItemID: p.item.ID, LocationID: s.warehouse.ID, LineItemID: &i.ItemID, Quantity: open.Mul(money.Int(p.n)),
			})
		}
	}
}

// writeReservations writes what the orders of the book have reserved.
func (b *book) writeReservations(ctx context.Context, w *world) error {
	return w.aside(func(ctx context.Context) error { return w.Inventory.ReservationItems.Create(ctx, b.reservations...) })(ctx)
}
