package shop

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/schema"
)

// A Migration changes the data of a shop, once per database: after the tables
// have changed and in the same transaction, which ctx carries. The database
// records the Name; a migration of that name does not run again.
//
// Run gets the shop with its services. What they write is checked by the rules,
// and links follow it.
type Migration struct {
	Name string
	Run  func(ctx context.Context, s *Shop) error
}

// migrations returns the data migrations of every shop, and then those of the
// Config.
func (b *Blueprint) migrations() []schema.DataMigration {
	var out []schema.DataMigration
	for _, m := range append([]Migration{world, linksOfDeletedRecords, moreCurrencies, defaults, texts, taxProviders, orderTotals, cartTotals, payments, orderStatuses, locales}, b.config.Migrations...) {
		out = append(out, schema.DataMigration{
			Name: m.Name, Old: slices.Contains([]string{linksOfDeletedRecords.Name, moreCurrencies.Name, texts.Name, taxProviders.Name, orderTotals.Name, cartTotals.Name, payments.Name, orderStatuses.Name, locales.Name}, m.Name),
			Run: func(ctx context.Context, d db.DB) error { return m.Run(ctx, b.On(d)) },
		})
	}
	return out
}

// world is the first data migration of every shop. It gives a fresh one what
// regions are made of, the countries and currencies of the world, and the locales.
var world = Migration{"gorgon: countries and currencies of the world", func(ctx context.Context, s *Shop) error {
	if _, err := s.Region.AddWorld(ctx); err != nil {
		return err
	}
	if _, err := s.Currency.AddWorld(ctx); err != nil {
		return err
	}
	return s.Translation.AddWorld(ctx)
}}

// linksOfDeletedRecords dismisses links that outlived their records: before
// links followed their records, some deletions left them behind.
var linksOfDeletedRecords = Migration{"gorgon: links follow their records", func(ctx context.Context, s *Shop) error {
	_, err := s.Links.CatchUp(ctx)
	return err
}}

// moreCurrencies adds currencies that the list has gained since world ran.
var moreCurrencies = Migration{"gorgon: currencies of Medusa 2.21", func(ctx context.Context, s *Shop) error {
	_, err := s.Currency.AddWorld(ctx)
	return err
}}

// texts brings the texts of older versions, and of imports, into the form in which
// this one writes them: emails in lower case, all in normal form C.
var texts = Migration{"gorgon: texts in one form", func(ctx context.Context, s *Shop) error {
	for _, m := range s.Store.Graph.Models() {
		left, err := s.Store.Normalize(ctx, m)
		if err != nil {
			return err
		}
		for _, a := range left {
			schema.Note(ctx, "%s", a)
		}
	}
	return nil
}}

// taxProviders adds the tax providers to shops that got their defaults before there were
// any.
var taxProviders = Migration{"gorgon: tax providers", func(ctx context.Context, s *Shop) error {
	return s.Tax.AddProviders(ctx)
}}

// orderTotals computes the totals of orders in shops from before they were stored.
var orderTotals = Migration{"gorgon: totals of orders, by version", settling(order.Module)}

// cartTotals computes the totals of carts in shops from before they were stored.
var cartTotals = Migration{"gorgon: totals of carts", settling(cart.Module)}

// payments computes what payments store of what follows from their captures and
// refunds, in shops from before they did.
var payments = Migration{"gorgon: sums of payments", settling(payment.Module)}

// orderStatuses computes the statuses of orders in shops from before they were stored.
var orderStatuses = Migration{"gorgon: statuses of orders", settling(statuses)}

// locales adds the locales to shops from before there were any.
var locales = Migration{"gorgon: locales of the world", func(ctx context.Context, s *Shop) error {
	return s.Translation.AddWorld(ctx)
}}

// settling computes what a module stores of what follows from its records.
func settling(m *module.Module) func(ctx context.Context, s *Shop) error {
	return func(ctx context.Context, s *Shop) error { return m.Settle(ctx, s.Store, false, nil) }
}
