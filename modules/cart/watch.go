package cart

import "github.com/gorgon-commerce/gorgon/module"

// causes are the models whose records totals follow from.
type causes struct {
	items           module.Cause[LineItem]
	methods         module.Cause[ShippingMethod]
	credits         module.Cause[CreditLine]
	itemTaxes       module.Cause[LineItemTaxLine]
	itemDiscounts   module.Cause[LineItemAdjustment]
	methodTaxes     module.Cause[ShippingMethodTaxLine]
	methodDiscounts module.Cause[ShippingMethodAdjustment]
}

func (s *Service) causes() *causes {
	later := s.totals().Later
	cartOfItem := module.Parents(s.LineItems, func(l *LineItem) string { return l.CartID })
	cartOfMethod := module.Parents(s.ShippingMethods, func(m *ShippingMethod) string { return m.CartID })
	return &causes{
		items: module.Cause[LineItem]{
			Records: s.LineItems, Later: later,
			Parent: func(r *LineItem) string { return r.CartID }, Computed: func(r *LineItem) *bool { return &r.totaled },
		},
		methods: module.Cause[ShippingMethod]{
			Records: s.ShippingMethods, Later: later,
			Parent: func(r *ShippingMethod) string { return r.CartID }, Computed: func(r *ShippingMethod) *bool { return &r.totaled },
		},
		credits: module.Cause[CreditLine]{
			Records: s.CreditLines, Later: later,
			Parent: func(r *CreditLine) string { return r.CartID }, Computed: func(r *CreditLine) *bool { return &r.totaled },
		},
		itemTaxes: module.Cause[LineItemTaxLine]{
			Records: s.LineItemTaxLines, Later: later, Owners: cartOfItem,
			Parent: func(r *LineItemTaxLine) string { return r.ItemID }, Computed: func(r *LineItemTaxLine) *bool { return &r.totaled },
		},
		itemDiscounts: module.Cause[LineItemAdjustment]{
			Records: s.LineItemAdjustments, Later: later, Owners: cartOfItem,
			Parent: func(r *LineItemAdjustment) string { return r.ItemID }, Computed: func(r *LineItemAdjustment) *bool { return &r.totaled },
		},
		methodTaxes: module.Cause[ShippingMethodTaxLine]{
			Records: s.ShippingMethodTaxLines, Later: later, Owners: cartOfMethod,
			Parent: func(r *ShippingMethodTaxLine) string { return r.ShippingMethodID }, Computed: func(r *ShippingMethodTaxLine) *bool { return &r.totaled },
		},
		methodDiscounts: module.Cause[ShippingMethodAdjustment]{
			Records: s.ShippingMethodAdjustments, Later: later, Owners: cartOfMethod,
			Parent: func(r *ShippingMethodAdjustment) string { return r.ShippingMethodID }, Computed: func(r *ShippingMethodAdjustment) *bool { return &r.totaled },
		},
	}
}

// provide returns the service on a store. Deletions change totals, and so does the
// currency that they are rounded to.
func provide(s *module.Store) *Service {
	service := New(s)
	c := service.causes()
	for _, cause := range []interface{ Watch() }{c.items, c.methods, c.credits, c.itemTaxes, c.itemDiscounts, c.methodTaxes, c.methodDiscounts} {
		cause.Watch()
	}
	service.totals().Watch("currency_code", "rounding")
	return service
}
