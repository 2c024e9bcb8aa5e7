package demo

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Options configure the demo.
type Options struct {
	Seed     int64                 // the same seed and number of orders give the same rows; 0 means 1
	Orders   int                   // the number of orders, up to MaxOrders; 0 means 2,000
	Progress func(done, total int) // called with the number of orders written; may be nil
}

// MaxOrders is the maximum number of orders of a demo.
const MaxOrders = 1_000_000

// batchSize is the number of orders that are written together, with one statement per table.
const batchSize = 250

// Seed fills an empty database with a shop, in one transaction, so that nothing remains after
// a failure. If the database already has a demo, Seed returns it and changes nothing,
// whatever the options. If it has other orders, products, customers and so on, the error is
// not_allowed.
func Seed(ctx context.Context, s *shop.Shop, o Options) (*Result, error) {
	o, err := o.orDefaults()
	if err != nil {
		return nil, err
	}
	var res *Result
	err = db.Do(ctx, s.Store.DB, func(ctx context.Context) error {
		if err := s.RemoveDefaults(ctx); err != nil {
			return err
		}
		there, err := find(ctx, s.Store)
		if err != nil {
			return err
		}
		if there == nil {
			if there, err = fill(ctx, s, o); err == nil {
				err = s.Store.Analyze(ctx)
			}
		}
		if err != nil {
			return err
		}
		res = there
		res.Counts, err = count(ctx, s.Store)
		return err
	})
	if err != nil {
		return nil, err
	}
	return res, nil
}

func (o Options) orDefaults() (Options, error) {
	if o.Orders < 0 || o.Orders > MaxOrders {
		return o, fault.New(fault.InvalidData, "a demo cannot have %d orders; it must have from 1 to %d", o.Orders, MaxOrders)
	}
	if o.Orders == 0 {
		o.Orders = 2000
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Progress == nil {
		o.Progress = func(int, int) {}
	}
	return o, nil
}

// fill writes everything.
func fill(ctx context.Context, s *shop.Shop, o Options) (*Result, error) {
	w := newWorld(s, o)
	for _, write := range []func(context.Context) error{
		w.makeChannels, w.makeRegions, w.makeLocations, w.makeDelivery, w.makeCatalog, w.makeCustomers, w.makePromotions, w.makeReasons,
		w.linkShop, w.aside(w.makePrices, w.makeStore, w.makeKeys, w.makeStock),
	} {
		if err := write(ctx); err != nil {
			return nil, err
		}
	}
	if err := w.makeOrders(ctx); err != nil {
		return nil, err
	}
	return w.finish(ctx)
}

// makeOrders generates the orders one after the other, and writes them in batches.
func (w *world) makeOrders(ctx context.Context) error {
	all := w.plan()
	w.options.Progress(0, len(all))
	b := &book{}
	for i, p := range all {
		if err := w.tell(p, b); err != nil {
			return err
		}
		if len(b.orders) < batchSize && i < len(all)-1 {
			continue
		}
		if err := b.write(ctx, w); err != nil {
			return err
		}
		b = &book{}
		w.options.Progress(i+1, len(all))
	}
	return nil
}
