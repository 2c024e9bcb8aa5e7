package auth

import (
	"time"

	"github.com/gorgon-commerce/gorgon/modules/apikey"
)

// Cheap makes hashing fast, for tests of something else.
func (s *Service) Cheap() *Service {
	s.cost = cost{logN: 4, r: 1, p: 1}
	s.decoy = newDecoy(s.cost)
	return s
}

// Full takes all the memory that hashing may use, until free is called.
func (s *Service) Full() (free func()) {
	w := &waiter{"full", gateMemory, make(chan error, 1)}
	if err := s.gate.queue(w); err != nil || len(w.enter) == 0 {
		panic("a password is being hashed")
	}
	return func() { s.gate.done(w) }
}

// Patient lets counting in the database take as long as it does on a busy machine.
func (l *Limiter) Patient() *Limiter {
	l.limit = time.Minute
	return l
}

// IsKey is isKey.
func IsKey(token string, t apikey.Type) bool { return isKey(token, t) }

// Redact is redact.
func Redact(token string) string { return redact(token) }
