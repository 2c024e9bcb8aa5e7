package shop

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// statuses keeps payment_status and fulfillment_status of orders. They follow from other
// modules' records and from links, so no module can. Before a transaction commits that
// has changed one of them, they are computed for its orders.
var statuses = &module.Module{Name: "status", Settle: settleStatuses, Service: module.Provide(watchStatuses)}

// statusKeeper is the service of module status. It has no operations.
type statusKeeper struct{ store *module.Store }

func watchStatuses(s *module.Store) *statusKeeper {
	k := &statusKeeper{s}
	s.Watch(module.Watcher{
		Of: func(m *model.Model) bool { return ordersBy(m) != nil },
		See: func(ctx context.Context, _ *module.Store, c module.Change) error {
			if c.Model == order.Orders && (c.Op != module.Updated || !slices.Contains(c.Columns, "version")) {
				return nil
			}
			find := ordersBy(c.Model)
			if c.Model == order.Items && c.Op == module.Created {
				find = begun
			}
			ids, err := find(ctx, s.DB, c.IDs)
			if err != nil || len(ids) == 0 {
				return err
			}
			return db.BeforeCommit(ctx, s.DB, k, ids, k.keep)
		},
	})
	return k
}

// ordersBy returns a function that finds the orders whose statuses follow from rows of a
// model, by the keys of the rows; nil if none do.
func ordersBy(m *model.Model) func(ctx context.Context, d db.DB, ids []string) ([]string, error) {
	switch {
	case m.Table == "order_payment_collection" || m.Table == "order_fulfillment":
		return selected("SELECT DISTINCT order_id FROM " + m.Table + " WHERE {id}")
	case m == payment.Collections:
		return selected("SELECT DISTINCT order_id FROM order_payment_collection WHERE {payment_collection_id} AND deleted_at IS NULL")
	case m == fulfillment.Fulfillments:
		return selected("SELECT DISTINCT order_id FROM order_fulfillment WHERE {fulfillment_id} AND deleted_at IS NULL")
	case m == order.Orders:
		return func(_ context.Context, _ db.DB, ids []string) ([]string, error) { return ids, nil }
	case m == order.Items:
		return selected("SELECT DISTINCT order_id FROM order_item WHERE {id}")
	}
	return nil
}

// begun finds the orders of new items whose status they can change. An order that is not
// fulfilled, as new ones are, stays so.
var begun = selected(`SELECT DISTINCT i.order_id FROM order_item AS i JOIN "order" AS o ON o.id = i.order_id WHERE {i.id} AND o.fulfillment_status <> 'not_fulfilled'`)

// selected returns a function that runs a statement, in which {column} stands for the
// condition that the column is one of the ids.
func selected(sql string) func(context.Context, db.DB, []string) ([]string, error) {
	return func(ctx context.Context, d db.DB, ids []string) ([]string, error) {
		return db.Collect[string](ctx, db.Use(ctx, d), among(d, sql), ids)
	}
}

// among replaces {column} in a statement.
func among(d db.DB, sql string) string {
	before, rest, _ := strings.Cut(sql, "{")
	column, after, _ := strings.Cut(rest, "}")
	return before + d.Dialect().List(column, 1) + after
}

// some is how many orders are computed together.
const some = 500

// keep computes the statuses of orders and writes those that have changed.
func (k *statusKeeper) keep(ctx context.Context, ids []string) error {
	for chunk := range slices.Chunk(ids, some) {
		if err := k.settle(ctx, chunk, false, nil); err != nil {
			return err
		}
	}
	return nil
}

// settle computes the statuses of orders, and calls found with those that differ from
// what is stored. Unless dry, it writes them.
func (k *statusKeeper) settle(ctx context.Context, ids []string, dry bool, found func(module.Wrong)) error {
	stored, open, err := k.stored(ctx, ids)
	if err != nil || len(stored) == 0 {
		return err
	}
	paid, err := k.paid(ctx, ids)
	if err != nil {
		return err
	}
	sent, err := k.sent(ctx, ids)
	if err != nil {
		return err
	}
	changed := map[string]order.Statuses{}
	for _, id := range slices.Sorted(maps.Keys(stored)) {
		o := stored[id]
		is := order.Statuses{
			PaymentStatus: order.PaymentStatusOf(o.CurrencyCode, paid[id]), FulfillmentStatus: order.FulfillmentStatusOf(open[id], sent[id]),
		}
		if is == o.Statuses {
			continue
		}
		changed[id] = is
		for _, c := range [][3]string{
			{"payment_status", string(o.PaymentStatus), string(is.PaymentStatus)}, {"fulfillment_status", string(o.FulfillmentStatus), string(is.FulfillmentStatus)},
		} {
			if c[1] != c[2] && found != nil {
				found(module.Wrong{Model: order.Orders, ID: id, Column: c[0], Stored: c[1], Computed: c[2]})
			}
		}
	}
	if dry || len(changed) == 0 {
		return nil
	}
	return module.ServiceOf[*order.Service](k.store).SetStatuses(ctx, changed)
}

// stored returns orders as they are stored, and which of them have items that are not
// fulfilled, or not all of them.
func (k *statusKeeper) stored(ctx context.Context, ids []string) (map[string]*order.Order, map[string]bool, error) {
	rows, err := k.rows(ctx, `SELECT o.id, o.currency_code, o.payment_status, o.fulfillment_status, i.quantity, i.fulfilled_quantity FROM "order" AS o
		LEFT JOIN order_item AS i ON i.order_id = o.id AND i.version = o.version AND i.deleted_at IS NULL WHERE {o.id} AND o.deleted_at IS NULL`, ids)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	all, open := map[string]*order.Order{}, map[string]bool{}
	for rows.Next() {
		o := &order.Order{}
		var quantity, fulfilled *money.Amount
		if err := rows.Scan(&o.ID, &o.CurrencyCode, &o.PaymentStatus, &o.FulfillmentStatus, &quantity, &fulfilled); err != nil {
			return nil, nil, err
		}
		all[o.ID] = o
		if quantity != nil && fulfilled != nil && fulfilled.Cmp(*quantity) < 0 {
			open[o.ID] = true
		}
	}
	return all, open, rows.Err()
}

// paid returns the payment collections of orders.
func (k *statusKeeper) paid(ctx context.Context, ids []string) (map[string][]order.Collected, error) {
	rows, err := k.rows(ctx, `SELECT l.order_id, c.status, c.amount, c.captured_amount, c.refunded_amount FROM order_payment_collection AS l
		JOIN payment_collection AS c ON c.id = l.payment_collection_id AND c.deleted_at IS NULL WHERE {l.order_id} AND l.deleted_at IS NULL`, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string][]order.Collected{}
	for rows.Next() {
		var id string
		var c order.Collected
		var captured, refunded *money.Amount
		if err := rows.Scan(&id, &c.Status, &c.Amount, &captured, &refunded); err != nil {
			return nil, err
		}
		if captured != nil {
			c.Captured = *captured
		}
		if refunded != nil {
			c.Refunded = *refunded
		}
		out[id] = append(out[id], c)
	}
	return out, rows.Err()
}

// sent returns how far the fulfillments of orders are.
func (k *statusKeeper) sent(ctx context.Context, ids []string) (map[string][]order.Progress, error) {
	rows, err := k.rows(ctx, `SELECT l.order_id, CASE WHEN f.canceled_at IS NOT NULL THEN 'canceled' WHEN f.delivered_at IS NOT NULL THEN 'delivered'
		WHEN f.shipped_at IS NOT NULL THEN 'shipped' WHEN f.packed_at IS NOT NULL THEN 'packed' ELSE '' END FROM order_fulfillment AS l
		JOIN fulfillment AS f ON f.id = l.fulfillment_id AND f.deleted_at IS NULL WHERE {l.order_id} AND l.deleted_at IS NULL`, ids)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string][]order.Progress{}
	for rows.Next() {
		var id, progress string
		if err := rows.Scan(&id, &progress); err != nil {
			return nil, err
		}
		out[id] = append(out[id], order.Progress(progress))
	}
	return out, rows.Err()
}

func (k *statusKeeper) rows(ctx context.Context, sql string, ids []string) (db.Rows, error) {
	return db.Use(ctx, k.store.DB).Query(ctx, among(k.store.DB, sql), ids)
}

// settleStatuses computes the statuses of all orders, some at a time.
func settleStatuses(ctx context.Context, s *module.Store, dry bool, found func(module.Wrong)) error {
	k := &statusKeeper{s}
	d := s.DB.Dialect()
	next := `SELECT id FROM "order" WHERE deleted_at IS NULL AND id > ` + d.Placeholder(1) + " ORDER BY id LIMIT " + d.Placeholder(2)
	for after := ""; ; {
		ids, err := db.Collect[string](ctx, db.Use(ctx, s.DB), next, after, some)
		if err != nil || len(ids) == 0 {
			return err
		}
		settle := func(ctx context.Context) error { return k.settle(ctx, ids, dry, found) }
		if dry {
			err = settle(ctx)
		} else {
			err = db.Do(ctx, s.DB, settle)
		}
		if err != nil {
			return err
		}
		after = ids[len(ids)-1]
	}
}
