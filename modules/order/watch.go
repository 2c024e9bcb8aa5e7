package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/module"
)

// causes are the models whose records totals follow from.
type causes struct {
	items           module.Cause[Item]
	shippings       module.Cause[Shipping]
	credits         module.Cause[CreditLine]
	transactions    module.Cause[Transaction]
	lines           module.Cause[LineItem]
	methods         module.Cause[ShippingMethod]
	lineTaxes       module.Cause[LineItemTaxLine]
	lineDiscounts   module.Cause[LineItemAdjustment]
	methodTaxes     module.Cause[ShippingMethodTaxLine]
	methodDiscounts module.Cause[ShippingMethodAdjustment]
}

// causes returns the causes. Lines and methods belong to the orders that have them in
// any version.
func (s *Service) causes() *causes {
	later := s.totals().Later
	return &causes{
		items: module.Cause[Item]{
			Records: s.Items, Later: later,
			Parent: func(r *Item) string { return r.OrderID }, Computed: func(r *Item) *bool { return &r.totaled },
		},
		shippings: module.Cause[Shipping]{
			Records: s.Shippings, Later: later,
			Parent: func(r *Shipping) string { return r.OrderID }, Computed: func(r *Shipping) *bool { return &r.totaled },
		},
		credits: module.Cause[CreditLine]{
			Records: s.CreditLines, Later: later,
			Parent: func(r *CreditLine) string { return r.OrderID }, Computed: func(r *CreditLine) *bool { return &r.totaled },
		},
		transactions: module.Cause[Transaction]{
			Records: s.Transactions, Later: later,
			Parent: func(r *Transaction) string { return r.OrderID }, Computed: func(r *Transaction) *bool { return &r.totaled },
		},
		lines: module.Cause[LineItem]{
			Records: s.LineItems, Later: later, Owners: s.withLines,
			Parent: func(r *LineItem) string { return r.ID }, Computed: func(r *LineItem) *bool { return &r.totaled },
		},
		methods: module.Cause[ShippingMethod]{
			Records: s.ShippingMethods, Later: later, Owners: s.withMethods,
			Parent: func(r *ShippingMethod) string { return r.ID }, Computed: func(r *ShippingMethod) *bool { return &r.totaled },
		},
		lineTaxes: module.Cause[LineItemTaxLine]{
			Records: s.LineItemTaxLines, Later: later, Owners: s.withLines,
			Parent: func(r *LineItemTaxLine) string { return r.ItemID }, Computed: func(r *LineItemTaxLine) *bool { return &r.totaled },
		},
		lineDiscounts: module.Cause[LineItemAdjustment]{
			Records: s.LineItemAdjustments, Later: later, Owners: s.withLines,
			Parent: func(r *LineItemAdjustment) string { return r.ItemID }, Computed: func(r *LineItemAdjustment) *bool { return &r.totaled },
		},
		methodTaxes: module.Cause[ShippingMethodTaxLine]{
			Records: s.ShippingMethodTaxLines, Later: later, Owners: s.withMethods,
			Parent: func(r *ShippingMethodTaxLine) string { return r.ShippingMethodID }, Computed: func(r *ShippingMethodTaxLine) *bool { return &r.totaled },
		},
		methodDiscounts: module.Cause[ShippingMethodAdjustment]{
			Records: s.ShippingMethodAdjustments, Later: later, Owners: s.withMethods,
			Parent: func(r *ShippingMethodAdjustment) string { return r.ShippingMethodID }, Computed: func(r *ShippingMethodAdjustment) *bool { return &r.totaled },
		},
	}
}

// withLines returns the orders that have line items in any version. What is deleted of
// an order counts for nothing.
func (s *Service) withLines(ctx context.Context, lines []string) ([]string, error) {
	found, err := s.Items.List(ctx, module.Where{"item_id": lines}, module.Page{})
	return module.IDs(found, func(i *Item) string { return i.OrderID }), err
}

func (s *Service) withMethods(ctx context.Context, methods []string) ([]string, error) {
	found, err := s.Shippings.List(ctx, module.Where{"shipping_method_id": methods}, module.Page{})
	return module.IDs(found, func(p *Shipping) string { return p.OrderID }), err
}

// provide returns the service on a store. Deletions change totals, and so does what
// version of an order is in force.
func provide(s *module.Store) *Service {
	service := New(s)
	c := service.causes()
	for _, cause := range []interface{ Watch() }{
		c.items, c.shippings, c.credits, c.transactions, c.lines, c.methods, c.lineTaxes, c.lineDiscounts, c.methodTaxes, c.methodDiscounts,
	} {
		cause.Watch()
	}
	service.totals().Watch("version", "currency_code", "rounding")
	return service
}

func (s *Service) totalItems(ctx context.Context, all []*Item) error {
	return s.causes().items.After(ctx, all)
}

func (s *Service) totalShippings(ctx context.Context, all []*Shipping) error {
	return s.causes().shippings.After(ctx, all)
}

func (s *Service) totalCredits(ctx context.Context, all []*CreditLine) error {
	return s.causes().credits.After(ctx, all)
}

func (s *Service) totalTransactions(ctx context.Context, all []*Transaction) error {
	return s.causes().transactions.After(ctx, all)
}

func (s *Service) totalLines(ctx context.Context, all []*LineItem) error {
	return s.causes().lines.After(ctx, all)
}

func (s *Service) totalMethods(ctx context.Context, all []*ShippingMethod) error {
	return s.causes().methods.After(ctx, all)
}

func (s *Service) totalLineTaxes(ctx context.Context, all []*LineItemTaxLine) error {
	return s.causes().lineTaxes.After(ctx, all)
}

func (s *Service) totalLineDiscounts(ctx context.Context, all []*LineItemAdjustment) error {
	return s.causes().lineDiscounts.After(ctx, all)
}

func (s *Service) totalMethodTaxes(ctx context.Context, all []*ShippingMethodTaxLine) error {
	return s.causes().methodTaxes.After(ctx, all)
}

func (s *Service) totalMethodDiscounts(ctx context.Context, all []*ShippingMethodAdjustment) error {
	return s.causes().methodDiscounts.After(ctx, all)
}
