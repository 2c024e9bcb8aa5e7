package demo

import (
	"context"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/stocklocation"
	"github.com/gorgon-commerce/gorgon/modules/store"
	"github.com/gorgon-commerce/gorgon/shop"
)

// world is the shop while it is created: its services, and the records that orders can refer
// to.
type world struct {
	*source
	options    Options
	start, end time.Time // the time in which orders are placed

	*shop.Shop // with ids and times that follow from the seed

	online, market, till *saleschannel.SalesChannel
	europe, america      *area
	warehouse, overseas  *stocklocation.StockLocation
	depot                home // the address of the warehouse
	profile, freight     *fulfillment.ShippingProfile
	goods                []*good
	inStock              map[string]part              // by the id of the variant
	sets                 map[string]*pricing.PriceSet // the prices of variants, by their ids
	members              *customer.Group
	buyers               []*buyer
	offers               []*offer
	returnReasons        []*order.ReturnReason
	fitReasons           []*order.ReturnReason // reasons for goods that come in sizes
	refundReason         *payment.RefundReason
	claimReason          *payment.RefundReason

	showcase string // the id of the order that has everything
	spare    *offer // a promotion that the showcase does not have
}

// shopTime is how long the shop takes orders: about eighteen months.
const shopTime = 547 * 24 * time.Hour

// newWorld returns the world of a shop, whose ids and times are determined by the seed.
func newWorld(s *shop.Shop, o Options) *world {
	end := time.Date(2026, 6, 1, 18, 0, 0, 0, time.UTC).AddDate(0, 0, int(uint64(o.Seed)%28))
	w := &world{options: o, start: end.Add(-shopTime), end: end}
	w.source = newSource(o.Seed, w.start.AddDate(0, 0, -60))
	w.Shop = s.From(module.Source{
		Now:   func() time.Time { return w.at },
		NewID: func(prefix string) string { return w.id(prefix, w.at) },
	})
	return w
}

// makeChannels creates the sales channels.
func (w *world) makeChannels(ctx context.Context) error {
	w.online = &saleschannel.SalesChannel{Name: "Web store", Description: new("The shop on the web")}
	w.market = &saleschannel.SalesChannel{Name: "Marketplace", Description: new("What others sell for us")}
	w.till = &saleschannel.SalesChannel{Name: "Showroom", Description: new("The till of the showroom")}
	return w.SalesChannel.SalesChannels.Create(ctx, w.online, w.market, w.till)
}

// makeStore creates the store.
func (w *world) makeStore(ctx context.Context) error {
	s := &store.Store{
		DefaultSalesChannelID: &w.online.ID, DefaultRegionID: &w.europe.ID, DefaultLocationID: &w.warehouse.ID,
		SupportedCurrencies: []*store.Currency{{CurrencyCode: w.europe.CurrencyCode, IsDefault: true}, {CurrencyCode: w.america.CurrencyCode}},
		SupportedLocales:    []*store.Locale{{LocaleCode: "de-DE"}, {LocaleCode: "en-US"}},
	}
	return w.Stores.Stores.Create(ctx, s)
}

// makeReasons creates the reasons for returns and refunds.
func (w *world) makeReasons(ctx context.Context) error {
	fit := &order.ReturnReason{Value: "fit", Label: "Does not fit"}
	fit.ReturnReasonChildren = []*order.ReturnReason{{Value: "too-small", Label: "Too small"}, {Value: "too-large", Label: "Too large"}}
	mind := &order.ReturnReason{Value: "changed-mind", Label: "Changed their mind", Description: new("Within thirty days, unused")}
	damage := &order.ReturnReason{Value: "damaged", Label: "Arrived damaged"}
	if err := w.Order.ReturnReasons.Create(ctx, fit, mind, damage); err != nil {
		return err
	}
	w.returnReasons, w.fitReasons = []*order.ReturnReason{mind, damage}, fit.ReturnReasonChildren
	w.refundReason = &payment.RefundReason{Label: "Return", Code: "return", Description: new("Goods came back")}
	w.claimReason = &payment.RefundReason{Label: "Claim", Code: "claim", Description: new("Something was wrong with the goods")}
	return w.Payment.RefundReasons.Create(ctx, w.refundReason, w.claimReason)
}

// text returns a pointer to a text, or nil for "".
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// base returns a nested or dated Record as a Base, for models with metadata.
func base(r model.Record) model.Base { return model.Base{Record: r} }
