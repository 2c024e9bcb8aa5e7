package model

import (
	"crypto/rand"
	"sync"

	"github.com/oklog/ulid/v2"
)

// NewID returns a new id: prefix, an underscore and a ULID, or only a ULID if
// prefix is empty. Each id sorts after the earlier ones of the same process; ids
// of different processes sort by the millisecond of their creation.
//
// Ids are unguessable, which matters because a cart's id is all it takes to use
// the cart.
func NewID(prefix string) string {
	id := ids.next().String()
	if prefix == "" {
		return id
	}
	return prefix + "_" + id
}

// ids is the one source of the process, which keeps its ids in ascending order.
// It is not ulid.Make, whose numbers are predictable from its start time.
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

// next returns an id that is greater than all before it, even if the clock has
// been set back.
func (s *source) next() ulid.ULID {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		s.last = max(s.last, s.now())
		id, err := ulid.New(s.last, s.entropy)
		if err == nil {
			return id
		}
		s.last++ // the numbers of the millisecond are used up
	}
}
