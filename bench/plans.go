package main

import (
	"context"
	"fmt"
	"time"

	"github.com/gorgon-commerce/gorgon/query"
)

// planResults measures the time from a request to its SQL, for a new shape of request and
// for one whose plan is cached. The results have limits instead of yardsticks.
func planResults(s *shop) ([]result, error) {
	request := func(limit int) query.Request {
		return query.Request{Entity: "order", Fields: nine, Filters: query.Filters{"id": "x", "status": []string{"pending"}}, Limit: limit}
	}
	var cold []float64
	for i := range 300 { // each limit is a different shape
		start := time.Now()
		if err := s.Query.Prepare(request(1 + i)); err != nil {
			return nil, err
		}
		cold = append(cold, float64(time.Since(start)))
	}
	var kept []float64
	for range 100 {
		r := request(1)
		start := time.Now()
		for range 200 {
			if err := s.Query.Prepare(r); err != nil {
				return nil, err
			}
		}
		kept = append(kept, float64(time.Since(start))/200)
	}
	return []result{
		limited("plan of a new shape", s.engine(), median(cold), 150_000, "ns"),
		limited("plan of a known shape", s.engine(), median(kept), 2_000, "ns"),
	}, nil
}

// limited returns a result whose yardstick is a limit, so that its bar is 1.
func limited(name, engine string, ours, limit float64, unit string) result {
	return result{Name: name, Engine: engine, Ours: ours, Yardstick: limit, Ratio: ours / limit, Bar: 1, Unit: unit}
}

// millionCases returns filters of the generated orders across two links.
func millionCases(ctx context.Context, s *shop, n int) ([]*pair, error) {
	since := time.Date(2026, 1, 1, 0, 0, n/3, 0, time.UTC) // two thirds were shipped later
	filters := query.Filters{"payment_collections": query.Filters{"status": "awaiting"}, "fulfillments": query.Filters{"shipped_at": query.Filters{"$gte": since}}}
	page := query.Request{Entity: "order", Fields: []string{"id", "display_id", "email"}, Filters: filters, Order: []string{"-id"}, Limit: 20}
	if err := s.noScans(ctx, page); err != nil {
		return nil, err
	}
	plain, err := s.readCase(ctx, fmt.Sprintf(acrossLinks+", %d orders", n), "filter", page, "awaiting", since)
	if err != nil {
		return nil, err
	}
	page.Count = true
	counted, err := s.readCase(ctx, acrossLinksCounted, "filter_count", page, "awaiting", since)
	return []*pair{plain, counted}, err
}

// noScans checks that no whole link table is read.
func (s *shop) noScans(ctx context.Context, r query.Request) error {
	plan, err := s.Query.DatabasePlan(ctx, r)
	if err != nil {
		return err
	}
	if scansLinks.MatchString(plan) {
		return fmt.Errorf("a whole link table is read:\n%s", plan)
	}
	return nil
}

// The names of the filters across links.
const acrossLinks, acrossLinksCounted = "filter across two links", "the same, with count"
