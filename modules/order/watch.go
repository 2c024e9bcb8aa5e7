package order

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// causes are the models whose records totals follow from, each with the function that
// returns the orders of some of them.
func (s *Service) causes() map[*model.Model]func(context.Context, []string) ([]string, error) {
	return map[*model.Model]func(context.Context, []string) ([]string, error){
		Items:                     ordersOf(s.Items, func(i *Item) string { return i.OrderID }),
		Shippings:                 ordersOf(s.Shippings, func(p *Shipping) string { return p.OrderID }),
		CreditLines:               ordersOf(s.CreditLines, func(c *CreditLine) string { return c.OrderID }),
		Transactions:              ordersOf(s.Transactions, func(t *Transaction) string { return t.OrderID }),
		LineItems:                 s.withLines,
		ShippingMethods:           s.withMethods,
		LineItemTaxLines:          through(ordersOf(s.LineItemTaxLines, func(t *LineItemTaxLine) string { return t.ItemID }), s.withLines),
		LineItemAdjustments:       through(ordersOf(s.LineItemAdjustments, func(a *LineItemAdjustment) string { return a.ItemID }), s.withLines),
		ShippingMethodTaxLines:    through(ordersOf(s.ShippingMethodTaxLines, func(t *ShippingMethodTaxLine) string { return t.ShippingMethodID }), s.withMethods),
		ShippingMethodAdjustments: through(ordersOf(s.ShippingMethodAdjustments, func(a *ShippingMethodAdjustment) string { return a.ShippingMethodID }), s.withMethods),
	}
}

// ordersOf returns a function that returns a column of records by their ids, deleted
// ones included.
func ordersOf[T any](records module.Records[T], column func(*T) string) func(context.Context, []string) ([]string, error) {
	return func(ctx context.Context, ids []string) ([]string, error) {
		found, err := records.List(ctx, module.Where{"id": ids}, module.Page{WithDeleted: true})
		return module.IDs(found, column), err
	}
}

// through returns a function that follows two steps.
func through(first, second func(context.Context, []string) ([]string, error)) func(context.Context, []string) ([]string, error) {
	return func(ctx context.Context, ids []string) ([]string, error) {
		between, err := first(ctx, ids)
		if err != nil || len(between) == 0 {
			return nil, err
		}
		return second(ctx, between)
	}
}

// withLines returns the orders that have line items in any version.
func (s *Service) withLines(ctx context.Context, lines []string) ([]string, error) {
	found, err := s.Items.List(ctx, module.Where{"item_id": lines}, module.Page{WithDeleted: true})
	return module.IDs(found, func(i *Item) string { return i.OrderID }), err
}

func (s *Service) withMethods(ctx context.Context, methods []string) ([]string, error) {
	found, err := s.Shippings.List(ctx, module.Where{"shipping_method_id": methods}, module.Page{WithDeleted: true})
	return module.IDs(found, func(p *Shipping) string { return p.OrderID }), err
}

// provide returns the service on a store. Deletions change totals, and so does what
// version of an order is in force.
func provide(s *module.Store) *Service {
	service := New(s)
	causes := service.causes()
	s.Watch(module.Watcher{
		Ops: []module.Op{module.Deleted, module.Restored},
		Of:  func(m *model.Model) bool { return causes[m] != nil },
		See: func(ctx context.Context, _ *module.Store, c module.Change) error {
			orders, err := causes[c.Model](ctx, c.IDs)
			if err != nil {
				return err
			}
			return service.later(ctx, orders)
		},
	})
	s.Watch(module.Watcher{
		Ops: []module.Op{module.Updated},
		Of:  func(m *model.Model) bool { return m == Orders },
		See: func(ctx context.Context, _ *module.Store, c module.Change) error {
			if !slices.ContainsFunc(c.Columns, func(name string) bool { return slices.Contains([]string{"version", "currency_code", "rounding"}, name) }) {
				return nil
			}
			return service.later(ctx, c.IDs)
		},
	})
	return service
}

// totalsKey is the key of the orders whose totals are computed before the commit.
type totalsKey struct{ store *module.Store }

// computedKey is the key of the order in a context whose totals are computed and
// written by the caller.
type computedKey struct{}

// computed returns a context in which writes to an order's rows do not compute its
// totals.
func computed(ctx context.Context, order string) context.Context {
	return context.WithValue(ctx, computedKey{}, order)
}

// later computes the totals of orders before the commit.
func (s *Service) later(ctx context.Context, orders []string) error {
	if done, ok := ctx.Value(computedKey{}).(string); ok {
		orders = slices.DeleteFunc(slices.Clone(orders), func(id string) bool { return id == done })
	}
	if len(orders) == 0 {
		return nil
	}
	return db.BeforeCommit(ctx, s.store.DB, totalsKey{s.store}, orders, func(ctx context.Context, ids []string) error {
		for chunk := range slices.Chunk(ids, settled) {
			if err := s.Total(ctx, chunk...); err != nil {
				return err
			}
		}
		return nil
	})
}

// after computes the totals of the orders of records that were written, unless they
// were created with their order.
func after[T any](ctx context.Context, s *Service, records []*T, totaled func(*T) *bool, key func(*T) string, orders func(context.Context, []string) ([]string, error)) error {
	var rest []*T
	for _, r := range records {
		if done := totaled(r); *done {
			*done = false // what is written next is another change
		} else {
			rest = append(rest, r)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	keys := module.IDs(rest, key)
	if orders != nil {
		var err error
		if keys, err = orders(ctx, keys); err != nil {
			return err
		}
	}
	return s.later(ctx, keys)
}

func (s *Service) totalItems(ctx context.Context, all []*Item) error {
	return after(ctx, s, all, func(i *Item) *bool { return &i.totaled }, func(i *Item) string { return i.OrderID }, nil)
}

func (s *Service) totalShippings(ctx context.Context, all []*Shipping) error {
	return after(ctx, s, all, func(p *Shipping) *bool { return &p.totaled }, func(p *Shipping) string { return p.OrderID }, nil)
}

func (s *Service) totalCredits(ctx context.Context, all []*CreditLine) error {
	return after(ctx, s, all, func(c *CreditLine) *bool { return &c.totaled }, func(c *CreditLine) string { return c.OrderID }, nil)
}

func (s *Service) totalTransactions(ctx context.Context, all []*Transaction) error {
	return after(ctx, s, all, func(t *Transaction) *bool { return &t.totaled }, func(t *Transaction) string { return t.OrderID }, nil)
}

func (s *Service) totalLines(ctx context.Context, all []*LineItem) error {
	return after(ctx, s, all, func(l *LineItem) *bool { return &l.totaled }, func(l *LineItem) string { return l.ID }, s.withLines)
}

func (s *Service) totalMethods(ctx context.Context, all []*ShippingMethod) error {
	return after(ctx, s, all, func(m *ShippingMethod) *bool { return &m.totaled }, func(m *ShippingMethod) string { return m.ID }, s.withMethods)
}

func (s *Service) totalLineTaxes(ctx context.Context, all []*LineItemTaxLine) error {
	return after(ctx, s, all, func(t *LineItemTaxLine) *bool { return &t.totaled }, func(t *LineItemTaxLine) string { return t.ItemID }, s.withLines)
}

func (s *Service) totalLineDiscounts(ctx context.Context, all []*LineItemAdjustment) error {
	return after(ctx, s, all, func(a *LineItemAdjustment) *bool { return &a.totaled }, func(a *LineItemAdjustment) string { return a.ItemID }, s.withLines)
}

func (s *Service) totalMethodTaxes(ctx context.Context, all []*ShippingMethodTaxLine) error {
	return after(ctx, s, all, func(t *ShippingMethodTaxLine) *bool { return &t.totaled }, func(t *ShippingMethodTaxLine) string { return t.ShippingMethodID }, s.withMethods)
}

func (s *Service) totalMethodDiscounts(ctx context.Context, all []*ShippingMethodAdjustment) error {
	return after(ctx, s, all, func(a *ShippingMethodAdjustment) *bool { return &a.totaled }, func(a *ShippingMethodAdjustment) string { return a.ShippingMethodID }, s.withMethods)
}
