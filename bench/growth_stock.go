package main

import (
	"context"
	"fmt"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/inventory"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
)

// stocked are generated rows of stock, in the form of generated.
var stocked = []struct{ table, columns, values string }{
	{"inventory_item", "id, sku, created_at, updated_at", "{id:iitem}, 'SKU-' || i, {now}, {now}"},
	{"inventory_level", "id, inventory_item_id, location_id, stocked_quantity, reserved_quantity, incoming_quantity, created_at, updated_at",
		"{id:ilev}, {id:iitem}, 'sloc_1', {amount}, 0, 0, {now}, {now}"},
}

// stockUp fills the shop with n levels of stock, and a page of variants that consist
// of some of the items.
func (s *shop) stockUp(ctx context.Context, n int) error {
	for _, g := range stocked {
		err := s.exec(ctx, expand(s.engine(), "INSERT INTO "+g.table+" ("+g.columns+") {numbers}SELECT "+g.values+" FROM {n}", n, 1))
		if err != nil {
			return err
		}
	}
	goods := &product.Product{Title: "Growth", Handle: "growth"}
	for i := range pageOfVariants {
		goods.Variants = append(goods.Variants, &product.Variant{Title: fmt.Sprint(i)})
	}
	channel := &saleschannel.SalesChannel{Name: "Growth"}
	location := &stocklocation.StockLocation{Base: model.Base{Record: model.Record{ID: "sloc_1"}}, Name: "Growth"}
	return db.Do(ctx, s.DB(), func(ctx context.Context) error {
		for _, create := range []func() error{
			func() error { return s.Product.Products.Create(ctx, goods) },
			func() error { return s.SalesChannel.SalesChannels.Create(ctx, channel) },
			func() error { return s.StockLocation.StockLocations.Create(ctx, location) },
		} {
			if err := create(); err != nil {
				return err
			}
		}
		pairs := []link.Pair{{stocklocation.StockLocations: location.ID, saleschannel.SalesChannels: channel.ID}}
		for i, v := range goods.Variants {
			pairs = append(pairs, link.Pair{product.Variants: v.ID, inventory.InventoryItems: fmt.Sprintf("iitem_%08d", 1+i*(n/pageOfVariants))})
		}
		_, err := s.Links.Create(ctx, pairs...)
		return err
	})
}
