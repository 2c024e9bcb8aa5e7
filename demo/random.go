package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/oklog/ulid/v2"

	"github.com/gorgon-commerce/gorgon/model"
)

// source is where everything random comes from. Two sources with the same seed and the same
// calls return the same values. For that, the package does not range over maps, read a
// clock, or compute with floating point numbers.
type source struct {
	*rand.Rand
	at time.Time // the timestamp, and the time in the id, of records without their own

	last   ulid.ULID // the last id, without its prefix
	lastMS uint64
}

func newSource(seed int64, at time.Time) *source {
	return &source{Rand: rand.New(rand.NewPCG(uint64(seed), 0x9e3779b97f4a7c15)), at: at}
}

// id returns a new id for a time. Ids for the same time are in ascending order, so that lines
// and other rows keep the order in which they were created.
func (s *source) id(prefix string, at time.Time) string {
	id := s.ulid(uint64(at.UnixMilli())).String()
	if prefix == "" {
		return id
	}
	return prefix + "_" + id
}

func (s *source) ulid(ms uint64) ulid.ULID {
	if ms != s.lastMS || s.last[6] == 0xff { // after 0xff there could be an overflow
		s.lastMS = ms
		_ = s.last.SetTime(ms) // fails only for the year 10889
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

// nested returns a Record for a record that is nested in another one, whose timestamps it
// inherits. It has an id for that time.
func (s *source) nested(m *model.Model, at time.Time) model.Record {
	return model.Record{ID: s.id(m.Prefix, at)}
}

// dated returns a Record, with timestamps, for a record that is written by itself.
func (s *source) dated(m *model.Model, at time.Time) model.Record {
	return model.Record{ID: s.id(m.Prefix, at), Times: model.Times{CreatedAt: at, UpdatedAt: at}}
}

// aside runs functions with a source of their own, and then continues as if they had used no
// random numbers. What is added to the world in this way does not change the stories of a
// seed.
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

// between returns a number from low to high, inclusive.
func (s *source) between(low, high int) int { return low + s.IntN(high-low+1) }

// chance returns true with a probability in percent.
func (s *source) chance(percent int) bool { return s.IntN(100) < percent }

// span returns a duration from low to high, in whole seconds.
func (s *source) span(low, high time.Duration) time.Duration {
	return low + time.Duration(s.Int64N(int64((high-low)/time.Second)+1))*time.Second
}

// pick returns an element of a list.
func pick[T any](s *source, list []T) T { return list[s.IntN(len(list))] }

// favored returns an element of a list, and one of the first quarter almost half of the time.
func favored[T any](s *source, list []T) T {
	return list[min(s.IntN(len(list)), s.IntN(len(list)))]
}
