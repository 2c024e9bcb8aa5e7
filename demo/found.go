package demo

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// Result describes the demo in the database.
type Result struct {
	Already bool // whether it existed before; Seed and Orders are those it was created with
	Seed    int64
	Orders  int

	OrderID     string  // an order to look at first, with a promotion, two parcels, a return, a claim and an exchange
	PromotionID string  // a promotion that this order does not have, to try links with
	Counts      []Count // the number of the most important records
}

// Count is the number of live records of an entity.
type Count struct {
	Entity string // the plural, such as "orders"
	N      int64
}

// counted returns the models in Result.Counts. If one of them has rows, the database has a
// shop.
func counted() []*model.Model {
	return []*model.Model{
		order.Orders, order.LineItems, order.Returns, order.Claims, order.Exchanges, cart.Carts, customer.Customers, payment.Collections,
		fulfillment.Fulfillments, product.Products, product.Variants, promotion.Promotions, region.Regions, saleschannel.SalesChannels,
	}
}

// mark is the metadata of a sales channel of the demo. It says that the shop is a demo, and
// which one.
type mark struct {
	Demo *made `json:"gorgon_demo"`
}

type made struct {
	Seed        int64  `json:"seed"`
	Orders      int    `json:"orders"`
	OrderID     string `json:"order_id"`
	PromotionID string `json:"promotion_id"`
}

// find returns the demo in the database, or nil if there is no shop. If there is another
// shop, it returns an error.
func find(ctx context.Context, s *module.Store) (*Result, error) {
	channels, err := module.For[saleschannel.SalesChannel](s, saleschannel.SalesChannels).List(ctx, nil, module.Page{WithDeleted: true})
	if err != nil {
		return nil, err
	}
	for _, c := range channels {
		var m mark
		if json.Unmarshal(c.Metadata, &m) == nil && m.Demo != nil { // otherwise the metadata is that of another shop
			return &Result{Already: true, Seed: m.Demo.Seed, Orders: m.Demo.Orders, OrderID: m.Demo.OrderID, PromotionID: m.Demo.PromotionID}, nil
		}
	}
	for _, m := range counted() {
		n, err := rows(ctx, s, m, "")
		if err != nil {
			return nil, err
		}
		if n > 0 {
			return nil, fault.New(fault.NotAllowed, "the database holds a shop already (%d %s), and the demo needs a database of its own: use another with --database, such as sqlite:demo.db", n, m.Entities[len(m.Entities)-1])
		}
	}
	return nil, nil
}

// finish writes what is only known at the end, how often promotions were used, what has
// begun since, and the mark.
func (w *world) finish(ctx context.Context) (*Result, error) {
	w.at = w.end
	for _, last := range []func(context.Context) error{w.countUses, w.makeTaxes, w.aside(w.makeLists)} {
		if err := last(ctx); err != nil {
			return nil, err
		}
	}
	res := &Result{Seed: w.options.Seed, Orders: w.options.Orders, OrderID: w.showcase, PromotionID: w.spare.ID}
	m := mark{&made{res.Seed, res.Orders, res.OrderID, res.PromotionID}}
	_, err := w.SalesChannel.SalesChannels.Update(ctx, []string{w.online.ID}, module.Patch{"metadata": m})
	return res, err
}

// count returns the numbers of live records of the counted models.
func count(ctx context.Context, s *module.Store) ([]Count, error) {
	var out []Count
	for _, m := range counted() {
		n, err := rows(ctx, s, m, " WHERE deleted_at IS NULL")
		if err != nil {
			return nil, err
		}
		out = append(out, Count{model.Plural(m.Name), n})
	}
	return out, nil
}

func rows(ctx context.Context, s *module.Store, m *model.Model, where string) (int64, error) {
	n, _, err := db.One[int64](ctx, db.Use(ctx, s.DB), fmt.Sprintf("SELECT count(*) FROM %s%s", s.DB.Dialect().Quote(m.Table), where))
	return n, err
}
