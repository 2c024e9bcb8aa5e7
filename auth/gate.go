package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"

	"golang.org/x/sync/semaphore"
)

// gate bounds the memory that all logins together spend on scrypt at one time:
// those that find no room wait for it. It must hold the most expensive hash
// that is believed, which is eight of the usual ones.
type gate struct{ memory *semaphore.Weighted }

const gateMemory = maxMemory

func newGate() *gate { return &gate{semaphore.NewWeighted(gateMemory)} }

// pass does the work when there is room for its memory; when the context ends
// before that, its error is the answer. Callers hold no transaction: others
// would wait for it as long as this waits.
func (g *gate) pass(ctx context.Context, bytes int64, work func() error) error {
	if err := g.memory.Acquire(ctx, bytes); err != nil {
		return err
	}
	defer g.memory.Release(bytes)
	return work()
}

// hash is Hash, through the gate and at the service's cost.
func (s *Service) hash(ctx context.Context, password string) (made string, err error) {
	if err := checkPassword(password); err != nil {
		return "", err
	}
	err = s.gate.pass(ctx, s.cost.memory(), func() error {
		made, err = hash(password, newSalt(), s.cost)
		return err
	})
	return made, err
}

// verify is Verify, through the gate. A hash that is none costs the time of
// one, and no password is right for it.
func (s *Service) verify(ctx context.Context, hash, password string) (ok bool, err error) {
	b, c, broken := read(hash)
	if broken != nil {
		b, c = s.decoy, s.cost
	}
	err = s.gate.pass(ctx, c.memory(), func() error {
		mac, err := seal(b[:atMAC], password, c)
		ok = err == nil && broken == nil && hmac.Equal(mac, b[atMAC:])
		return err
	})
	return ok, err
}

// newDecoy is a hash that no password makes, for those who have none.
func newDecoy(c cost) []byte {
	b := append(header(newSalt(), c), make([]byte, length-atMAC)...)
	_, _ = rand.Read(b[atMAC:]) // never fails
	return b
}
