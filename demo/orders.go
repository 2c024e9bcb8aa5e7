package demo

import (
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/money"
)

// place fills a cart and places the order.
func (s *story) place() {
	s.choose()
	s.methods = []*method{s.method(s.carriage(), s.offer)}
	channel := s.channel()
	s.fillCart(channel)
	s.order = &order.Order{
		Base: base(s.dated(order.Orders, s.now)), RegionID: &s.area.ID, CustomerID: &s.buyer.ID, Version: 1, SalesChannelID: &channel.ID,
		Status: order.StatusPending, Email: s.buyer.Email, CurrencyCode: s.area.CurrencyCode, Locale: &s.buyer.locale,
		ShippingAddress: s.orderAddress(), BillingAddress: s.orderAddress(),
	}
	if s.chance(4) {
		s.order.Metadata = model.ToJSON(map[string]string{"gift_message": pick(s.source, giftMessages())})
	}
	for _, l := range s.lines {
		i := &order.Item{Base: base(s.nested(order.Items, s.now)), Version: 1, Quantity: money.Int(l.quantity), Item: l.LineItem}
		l.Adjustments = l.adjustments()
		for _, a := range l.Adjustments {
			a.Record = s.nested(order.LineItemAdjustments, s.now)
		}
		s.order.Items = append(s.order.Items, i)
	}
	for _, m := range s.methods {
		p := &order.Shipping{Record: s.nested(order.Shippings, s.now), Version: 1, ShippingMethod: m.ShippingMethod}
		if m.offer != nil {
			m.Adjustments = []*order.ShippingMethodAdjustment{{
				Record: s.nested(order.ShippingMethodAdjustments, s.now), Version: 1, Code: &m.offer.Code, PromotionID: &m.offer.ID, Amount: m.off,
			}}
		}
		s.order.ShippingMethods = append(s.order.ShippingMethods, p)
	}
	s.snapshot = order.NewSnapshot(s.order)
	s.original = s.snapshot.Order.Total
	s.summary = &order.Summary{Version: 1}
	s.summary.Record = s.nested(order.Summaries, s.now)
	s.order.Summary = []*order.Summary{s.summary}
	s.book.orders = append(s.book.orders, s.order)
	s.pair(order.Orders, s.order.ID, cart.Carts, s.cart.ID)
	if s.offer != nil {
		s.offer.used++
		s.pair(order.Orders, s.order.ID, promotion.Promotions, s.offer.ID)
		s.pair(cart.Carts, s.cart.ID, promotion.Promotions, s.offer.ID)
	}
}

func giftMessages() []string {
	return []string{"Happy birthday!", "For the next trip.", "Thank you for watering the plants.", "See you in the mountains."}
}

// choose chooses the goods of the order: one to five lines, usually with small quantities.
// Bulky goods are ordered alone.
func (s *story) choose() {
	least := s.fate.lines
	goods := slices.Clone(s.goods)
	want := max(least, 1+min(s.IntN(5), s.IntN(5)))
	for len(s.lines) < want {
		i := s.IntN(len(goods))
		g := goods[i]
		goods = slices.Delete(goods, i, i+1)
		if g.bulky && (least > 1 || s.fate.quantity > 1 || len(s.lines) > 0) {
			continue
		}
		quantity := max(s.fate.quantity, 1+min(s.IntN(3), s.IntN(4), s.IntN(4)))
		s.lines = append(s.lines, s.line(g, pick(s.source, g.Variants), int64(quantity)))
		if g.bulky {
			break
		}
	}
	s.discount()
}

// discount applies an offer on goods: a percentage to every line, or a fixed amount to the
// first line, whose quantity is then one.
func (s *story) discount() {
	if s.offer == nil || s.offer.onShipping() {
		return
	}
	if s.offer.percent == 0 {
		s.lines[0].quantity = 1
		s.lines[0].off, s.lines[0].offer = money.Int(5), s.offer
		return
	}
	for _, l := range s.lines {
		l.off, l.offer = percentOf(l.UnitPrice, s.offer.percent), s.offer
	}
}

func percentOf(a money.Amount, percent int64) money.Amount {
	return a.Mul(money.Int(percent)).Mul(money.MustParse("0.01"))
}

// line returns a line for a variant, with a copy of its product.
func (s *story) line(g *good, v *product.Variant, quantity int64) *line {
	values := map[string]string{}
	for i, c := range g.choices {
		values[c.title] = v.Options[i].Value
	}
	l := &line{good: g, variant: v, quantity: quantity, LineItem: &order.LineItem{
		Base: base(s.nested(order.LineItems, s.now)), Title: g.Title, Subtitle: &v.Title, Thumbnail: g.Thumbnail, VariantID: &v.ID, ProductID: &g.ID,
		ProductTitle: &g.Title, ProductDescription: g.Description, ProductSubtitle: g.Subtitle, ProductType: &g.Type.Value, ProductTypeID: g.TypeID,
		ProductCollection: &g.Collection.Title, ProductHandle: &g.Handle, VariantSKU: v.SKU, VariantTitle: &v.Title, UnitPrice: g.prices[s.area.CurrencyCode],
	}}
	if len(values) > 0 {
		l.VariantOptionValues = model.ToJSON(values)
	}
	for _, t := range s.area.taxes {
		l.TaxLines = append(l.TaxLines, &order.LineItemTaxLine{
			Base: base(s.nested(order.LineItemTaxLines, s.now)), Description: text(t.about), Code: t.code, Rate: t.rate,
		})
	}
	return l
}

// carriage chooses how the order is shipped: bulky goods by freight, others mostly by
// standard shipping.
func (s *story) carriage() *carriage {
	switch {
	case s.lines[0].good.bulky:
		return s.area.freight
	case s.chance(25):
		return s.area.express
	}
	return s.area.standard
}

// method returns a shipping method for a carriage, reduced by an offer on shipping.
func (s *story) method(c *carriage, o *offer) *method {
	m := &method{ShippingMethod: &order.ShippingMethod{
		Base: base(s.nested(order.ShippingMethods, s.now)), Name: c.Name, Amount: c.price, ShippingOptionID: &c.ID, Data: c.Data,
	}}
	if o.onShipping() {
		m.off, m.offer = percentOf(c.price, o.percent), o
	}
	for _, t := range s.area.taxes {
		m.TaxLines = append(m.TaxLines, &order.ShippingMethodTaxLine{
			Base: base(s.nested(order.ShippingMethodTaxLines, s.now)), Description: text(t.about), Code: t.code, Rate: t.rate,
		})
	}
	return m
}

// channel chooses the sales channel of the order. The showroom does not have every product.
func (s *story) channel() *saleschannel.SalesChannel {
	c := pick(s.source, []*saleschannel.SalesChannel{s.online, s.online, s.online, s.market, s.till})
	if c == s.till && slices.ContainsFunc(s.lines, func(l *line) bool { return !l.good.inShowroom }) {
		return s.online
	}
	return c
}

func (s *story) orderAddress() *order.Address {
	h := s.buyer.home
	return &order.Address{
		Base: base(s.nested(order.Addresses, s.now)), CustomerID: &s.buyer.ID, FirstName: h.first, LastName: h.last,
		Address1: h.street, City: h.city, Province: h.province, PostalCode: h.postal, CountryCode: h.country, Phone: h.phone,
	}
}

// makeDraft turns the order into a draft order.
func (s *story) makeDraft() {
	s.order.Status, s.order.IsDraftOrder = order.StatusDraft, true
	s.cart.CompletedAt = nil
}

// cancelUnpaid cancels an order of which nothing was captured.
func (s *story) cancelUnpaid() {
	s.order.Status, s.order.CanceledAt = order.StatusCanceled, s.instant()
	s.void()
}

// cancelPaid cancels a paid order and refunds it. A credit line balances its total.
func (s *story) cancelPaid() {
	all := s.summarized().TransactionTotal
	s.credit(all, "payment_collection", s.collection.ID)
	s.refund(all, nil, &order.Transaction{})
	s.collection.Status = "canceled"
	s.order.Status, s.order.CanceledAt = order.StatusCanceled, s.instant()
}

// instant returns a pointer to a copy of the current time.
func (s *story) instant() *time.Time { return new(s.now) }
