package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// pair is a case and its yardsticks.
type pair struct {
	name  string
	bar   float64 // the maximum ratio
	ours  func(ctx context.Context) error
	hands []func(ctx context.Context) error // the fastest is the yardstick
}

// result is a measured case. A case without a yardstick has a limit instead.
type result struct {
	Name      string  `json:"name"`
	Engine    string  `json:"engine"`
	Ours      float64 `json:"ours_ns"`
	Yardstick float64 `json:"yardstick_ns"`
	Ratio     float64 `json:"ratio"`
	Bar       float64 `json:"bar"`
	Unit      string  `json:"unit"` // the unit of ours and yardstick: "ns", or "bytes" for memory
}

func (r result) ok() bool { return r.Ratio <= r.Bar }

// measure runs the case and its yardstick in turns for about the given time.
func (p *pair) measure(ctx context.Context, engine string, budget time.Duration) (result, error) {
	fastest, err := p.fastest(ctx)
	if err != nil {
		return result{}, fmt.Errorf("%s: %w", p.name, err)
	}
	hand := p.hands[fastest]
	one, err := timed(ctx, hand, 1)
	if err != nil {
		return result{}, err
	}
	// A round is long enough to be measured, and short enough for many rounds.
	times, start := int(max(1, 10*time.Millisecond/max(one, time.Microsecond))), time.Now()
	return p.rounds(ctx, engine, hand, times, func(done int) bool { return done < 5 || time.Since(start) < budget })
}

// rounds runs the case and a yardstick in turns, several times each, while more
// returns true for the number of rounds that are done.
func (p *pair) rounds(ctx context.Context, engine string, hand func(ctx context.Context) error, times int, more func(done int) bool) (result, error) {
	var ours, hands, ratios []float64
	for more(len(ratios)) {
		a, err := timed(ctx, p.ours, times)
		if err != nil {
			return result{}, fmt.Errorf("%s: %w", p.name, err)
		}
		b, err := timed(ctx, hand, times)
		if err != nil {
			return result{}, fmt.Errorf("%s by hand: %w", p.name, err)
		}
		ours, hands, ratios = append(ours, float64(a)), append(hands, float64(b)), append(ratios, float64(a)/float64(b))
	}
	return result{Name: p.name, Engine: engine, Ours: median(ours), Yardstick: median(hands), Ratio: median(ratios), Bar: p.bar, Unit: "ns"}, nil
}

// fastest returns the index of the fastest of the yardsticks.
func (p *pair) fastest(ctx context.Context) (int, error) {
	if err := p.ours(ctx); err != nil {
		return 0, err
	}
	best, least := 0, time.Duration(-1)
	for i, h := range p.hands {
		if err := h(ctx); err != nil { // warm up
			return 0, err
		}
		var took []float64
		for range 7 {
			d, err := timed(ctx, h, 3)
			if err != nil {
				return 0, err
			}
			took = append(took, float64(d))
		}
		if d := time.Duration(median(took)); least < 0 || d < least {
			best, least = i, d
		}
	}
	return best, nil
}

// timed returns the average processor time of several calls.
func timed(ctx context.Context, f func(ctx context.Context) error, times int) (time.Duration, error) {
	start := spent()
	for range times {
		if err := f(ctx); err != nil {
			return 0, err
		}
	}
	return (spent() - start) / time.Duration(times), nil
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return v[len(v)/2]
}
