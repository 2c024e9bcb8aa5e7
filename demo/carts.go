package demo

import (
	"time"

	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// fillCart creates the cart that the order was made from, with what the order has. It was
// created up to two hours earlier.
func (s *story) fillCart(channel *saleschannel.SalesChannel) {
	at := s.now.Add(-s.span(2*time.Minute, 2*hour))
	s.cart = &cart.Cart{
		Base: base(s.dated(cart.Carts, at)), RegionID: &s.area.ID, CustomerID: &s.buyer.ID, SalesChannelID: &channel.ID, Email: s.buyer.Email,
		CurrencyCode: s.area.CurrencyCode, Locale: &s.buyer.locale, CompletedAt: s.instant(),
		ShippingAddress: s.cartAddress(at), BillingAddress: s.cartAddress(at),
	}
	s.cart.UpdatedAt = s.now
	for _, l := range s.lines {
		s.cart.Items = append(s.cart.Items, s.cartLine(l, at))
	}
	for _, m := range s.methods {
		s.cart.ShippingMethods = append(s.cart.ShippingMethods, s.cartMethod(m, at))
	}
	s.book.carts = append(s.book.carts, s.cart)
}

func (s *story) cartAddress(at time.Time) *cart.Address {
	h := s.buyer.home
	return &cart.Address{
		Base: base(s.nested(cart.Addresses, at)), CustomerID: &s.buyer.ID, FirstName: h.first, LastName: h.last,
		Address1: h.street, City: h.city, Province: h.province, PostalCode: h.postal, CountryCode: h.country, Phone: h.phone,
	}
}

func (s *story) cartLine(l *line, at time.Time) *cart.LineItem {
	c := &cart.LineItem{
		Base: base(s.nested(cart.LineItems, at)), Title: l.Title, Subtitle: l.Subtitle, Thumbnail: l.Thumbnail, Quantity: l.quantity,
		VariantID: l.VariantID, ProductID: l.ProductID, ProductTitle: l.ProductTitle, ProductDescription: l.ProductDescription,
		ProductSubtitle: l.ProductSubtitle, ProductType: l.ProductType, ProductTypeID: l.ProductTypeID, ProductCollection: l.ProductCollection,
		ProductHandle: l.ProductHandle, VariantSKU: l.VariantSKU, VariantTitle: l.VariantTitle, VariantOptionValues: l.VariantOptionValues,
		UnitPrice: l.UnitPrice,
	}
	for _, t := range s.area.taxes {
		c.TaxLines = append(c.TaxLines, &cart.LineItemTaxLine{Base: base(s.nested(cart.LineItemTaxLines, at)), Description: text(t.about), Code: t.code, Rate: t.percent})
	}
	if l.offer != nil {
		c.Adjustments = []*cart.LineItemAdjustment{{
			Base: base(s.nested(cart.LineItemAdjustments, at)), Code: &l.offer.Code, Amount: l.discount(), PromotionID: &l.offer.ID,
		}}
	}
	return c
}

func (s *story) cartMethod(m *method, at time.Time) *cart.ShippingMethod {
	c := &cart.ShippingMethod{Base: base(s.nested(cart.ShippingMethods, at)), Name: m.Name, Amount: m.Amount, ShippingOptionID: m.ShippingOptionID, Data: m.Data}
	for _, t := range s.area.taxes {
		c.TaxLines = append(c.TaxLines, &cart.ShippingMethodTaxLine{Base: base(s.nested(cart.ShippingMethodTaxLines, at)), Description: text(t.about), Code: t.code, Rate: t.percent})
	}
	if m.offer != nil {
		c.Adjustments = []*cart.ShippingMethodAdjustment{{
			Base: base(s.nested(cart.ShippingMethodAdjustments, at)), Code: &m.offer.Code, Amount: m.off, PromotionID: &m.offer.ID,
		}}
	}
	return c
}
