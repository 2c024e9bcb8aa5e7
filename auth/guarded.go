package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
)

// hash is like Hash, but goes through the gate and uses the service's cost.
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

// verify is like Verify, but goes through the gate. A malformed hash takes as
// long to reject as a valid one, and no password is right for it.
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

// newDecoy returns a hash that no password matches, for emails without one.
func newDecoy(c cost) []byte {
	b := append(header(newSalt(), c), make([]byte, length-atMAC)...)
	_, _ = rand.Read(b[atMAC:]) // never fails
	return b
}
