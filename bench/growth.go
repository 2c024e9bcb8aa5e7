package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/gorgon-commerce/gorgon/query"
)

// growthSizes are the numbers of orders that growth is measured with.
func (r *run) growthSizes() []int {
	var out []int
	for n := 1000; n < r.million; n *= 10 {
		out = append(out, n)
	}
	return append(out, r.million)
}

// growth measures reads and writes in shops of growing size, with as many orders as
// levels of stock. many is the largest.
func (r *run) growth(ctx context.Context, engine string, many *shop) error {
	for _, n := range r.growthSizes() {
		if err := r.grown(ctx, engine, n, many); err != nil {
			return fmt.Errorf("growth, %d orders: %w", n, err)
		}
	}
	return nil
}

func (r *run) grown(ctx context.Context, engine string, n int, many *shop) error {
	s := many
	if n != r.million {
		var err error
		if s, err = fresh(ctx, engine); err != nil {
			return err
		}
		defer s.close()
		if err := s.generate(ctx, n); err != nil {
			return err
		}
	}
	if err := s.stockUp(ctx, n); err != nil {
		return err
	}
	if err := s.exec(ctx, "ANALYZE"); err != nil {
		return err
	}
	cases, err := growthCases(ctx, s)
	if err != nil {
		return err
	}
	for _, p := range cases {
		res, err := p.measure(ctx, engine, r.budget/3)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s: %s with %d orders: %.2f\n", engine, p.name, n, res.Ratio)
		r.grew = append(r.grew, point{Name: p.name, Engine: engine, Orders: n, Ours: res.Ours, Yardstick: res.Yardstick})
	}
	return nil
}

// point is the cost of a case in a shop of one size, in nanoseconds.
type point struct {
	Name      string  `json:"name"`
	Engine    string  `json:"engine"`
	Orders    int     `json:"orders"`
	Ours      float64 `json:"ours_ns"`
	Yardstick float64 `json:"yardstick_ns"`
}

// growthCases returns the cases whose growth is drawn.
func growthCases(ctx context.Context, s *shop) ([]*pair, error) {
	fields := []string{"id", "email"}
	requests := []struct {
		title, file string
		r           query.Request
		args        []any
	}{
		{"newest 15 orders", "growth_newest", query.Request{Entity: "order", Fields: fields, Filters: query.Filters{"is_draft_order": false}, Order: []string{"-created_at"}, Limit: 15}, nil},
		{"the order of a payment", "growth_payment", query.Request{Entity: "order", Fields: fields, Filters: query.Filters{"payment_collections.id": "pay_col_00000777"}, Limit: 15}, []any{"pay_col_00000777"}},
		{"the orders of a customer's email", "growth_customer", query.Request{Entity: "order", Fields: []string{"id", "customer.email"}, Filters: query.Filters{"customer.email": "buyer77@shop.example"}, Limit: 15}, []any{"buyer77@shop.example"}},
	}
	var out []*pair
	for _, c := range requests {
		p, err := s.readCase(ctx, c.title, c.file, c.r, c.args...)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	create := orderCase(s)
	create.name = "100 new orders"
	stock, err := stockCases(ctx, s)
	return append(append(out, create), stock...), err
}

const growthFile = "bench/growth.json"

// writeGrowth writes the points of this run in place of those of the last one.
func (r *run) writeGrowth() error {
	if len(r.grew) == 0 {
		return nil
	}
	b, err := json.MarshalIndent(r.grew, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(growthFile, append(b, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile("bench/growth.svg", []byte(growthChart(r.grew)), 0o644)
}

// perOp returns a time as it is read on an axis.
func perOp(ns float64) string { return time.Duration(ns).Round(time.Duration(ns / 100)).String() }
