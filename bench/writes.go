package main

import (
	"context"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
)

// linkCase links 1,000 orders to a promotion, with the manager and with one hand-written
// insert of the same rows. Both are rolled back.
func linkCase(ctx context.Context, s *shop) (*pair, error) {
	p := &promotion.Promotion{Code: "BENCH", Type: "standard"}
	if err := s.Promotion.Promotions.Create(ctx, p); err != nil {
		return nil, err
	}
	orders := s.orders[:min(1000, len(s.orders))]
	pairs := make([]link.Pair, len(orders))
	for i, id := range orders {
		pairs[i] = link.Pair{order.Orders: id, promotion.Promotions: p.ID}
	}
	return &pair{
		name: "link create, batch of 1,000", bar: 1.3,
		ours: func(ctx context.Context) error {
			return s.undone(ctx, func(ctx context.Context) error {
				_, err := s.Links.Create(ctx, pairs...)
				return err
			})
		},
		hands: []func(ctx context.Context) error{func(ctx context.Context) error {
			return s.undone(ctx, func(ctx context.Context) error { return insertLinks(ctx, s.DB(), orders, p.ID) })
		}},
	}, nil
}

func insertLinks(ctx context.Context, d db.DB, orders []string, promotion string) error {
	var q strings.Builder
	q.WriteString("INSERT INTO order_promotion (order_id, promotion_id, id, created_at, updated_at) VALUES ")
	args, now := make([]any, 0, 5*len(orders)), time.Now()
	for i, id := range orders {
		if i > 0 {
			q.WriteByte(',')
		}
		q.WriteByte('(')
		for j, v := range []any{id, promotion, model.NewID("orderpromo"), now, now} {
			if j > 0 {
				q.WriteByte(',')
			}
			args = append(args, v)
			q.WriteString(d.Dialect().InOrder(len(args)))
		}
		q.WriteByte(')')
	}
	_, err := db.Use(ctx, d).Exec(ctx, q.String(), args...)
	return err
}
