package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/gorgon-commerce/gorgon/model"
)

// source is where everything that could be otherwise comes from. Two sources
// of one seed, asked the same questions, answer the same: no map is ranged
// over, no clock is read, no float is computed with.
type source struct {
	*rand.Rand
	at time.Time // the timestamp, and the time in the id, of records that bring none

	last   ulid.ULID // the id made last, without its prefix
	lastMS uint64
}

func newSource(seed int64, at time.Time) *source {
	return &source{Rand: rand.New(rand.NewPCG(uint64(seed), 0x9e3779b97f4a7c15)), at: at}
}

// id is a new id made at that time. Ids of one time rise in the order they are
// made, so that lines and rows without another order keep theirs.
func (s *source) id(prefix string, at time.Time) string {
	id := s.ulid(uint64(at.UnixMilli())).String()
	if prefix == "" {
		return id
	}
	return prefix + "_" + id
}

func (s *source) ulid(ms uint64) ulid.ULID {
	if ms != s.lastMS || s.last[6] == 0xff { // 0xff leaves no room for long
		s.lastMS = ms
		_ = s.last.SetTime(ms) // fails for the year 10889 only
		for i := 6; i < len(s.last); i++ {
			s.last[i] = byte(s.Uint32N(256))
		}
		s.last[6] &= 0x7f
		return s.last
	}
	add := 1 + s.Uint64N(1<<30)
	for i := len(s.last) - 1; i > 6 && add > 0; i-- {
		add += uint64(s.last[i])
		s.last[i] = byte(add)
		add >>= 8
	}
	s.last[6] += byte(add)
	return s.last
}

// nested begins a record that is written inside another one, whose time it
// takes: it has an id made at that time.
func (s *source) nested(m *model.Model, at time.Time) model.Record {
	return model.Record{ID: s.id(m.Prefix, at)}
}

// dated begins a record that is written by itself.
func (s *source) dated(m *model.Model, at time.Time) model.Record {
	return model.Record{ID: s.id(m.Prefix, at), Times: model.Times{CreatedAt: at, UpdatedAt: at}}
}

// aside has others draw from a source of their own, and then goes on as if they
// had drawn nothing: what is added to the world so leaves the stories of a seed
// as they are.
func (s *source) aside(run ...func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		main := s.Rand
		defer func() { s.Rand = main }()
		s.Rand = rand.New(rand.NewPCG(uint64(s.at.UnixMilli()), 0xbf58476d1ce4e5b9))
		for _, r := range run {
			if err := r(ctx); err != nil {
				return err
			}
		}
		return nil
	}
}

// between is a number from low to high, both included.
func (s *source) between(low, high int) int { return low + s.IntN(high-low+1) }

// chance is true in so many of a hundred cases.
func (s *source) chance(percent int) bool { return s.IntN(100) < percent }

// span is a time from low to high, in whole seconds.
func (s *source) span(low, high time.Duration) time.Duration {
	return low + time.Duration(s.Int64N(int64((high-low)/time.Second)+1))*time.Second
}

// pick is one of a list.
func pick[T any](s *source, list []T) T { return list[s.IntN(len(list))] }

// favored is one of a list, those at its beginning more often: of the first
// quarter almost half of the time.
func favored[T any](s *source, list []T) T {
	return list[min(s.IntN(len(list)), s.IntN(len(list)))]
}
