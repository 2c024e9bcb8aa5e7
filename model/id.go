package model

import (
	"crypto/rand"
	"sync"

	"github.com/oklog/ulid/v2"
)

// NewID is a new id: the prefix, an underscore and a ULID; without a prefix the
// bare ULID. In one process each id sorts after those made before it; ids of
// several processes sort by the millisecond they were made in. Ids cannot be
// guessed: whoever knows a cart's id may use the cart.
func NewID(prefix string) string {
	id := ids.next().String()
	if prefix == "" {
		return id
	}
	return prefix + "_" + id
}

// ids makes the ids of the process: they rise only when there is one source.
// ulid.Make is not used, for its numbers follow from the time of the start.
var ids = newSource(ulid.Now)

func newSource(now func() uint64) *source {
	return &source{now: now, entropy: ulid.Monotonic(rand.Reader, 0)}
}

type source struct {
	now     func() uint64 // the time in milliseconds
	mu      sync.Mutex
	entropy *ulid.MonotonicEntropy
	last    uint64 // the time of the last id in milliseconds
}

// next is greater than every id before, also when the clock was set back.
func (s *source) next() ulid.ULID {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		s.last = max(s.last, s.now())
		id, err := ulid.New(s.last, s.entropy)
		if err == nil {
			return id
		}
		s.last++ // all numbers of the millisecond are used up
	}
}
