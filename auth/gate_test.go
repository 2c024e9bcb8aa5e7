package auth

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// A hundred concurrent logins use the memory of eight.
func TestGateBoundsMemory(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, done := newGate(), make(chan struct{})
		var inside, passed atomic.Int64
		for range 100 {
			go func() {
				err := g.pass(t.Context(), newCost.memory(), func() error {
					inside.Add(1)
					<-done
					inside.Add(-1)
					return nil
				})
				if err == nil {
					passed.Add(1)
				}
			}()
		}
		synctest.Wait()
		if n := inside.Load(); n != gateMemory/newCost.memory() || n != 8 {
			t.Errorf("%d hash at one time", n)
		}
		close(done)
		synctest.Wait()
		if n := passed.Load(); n != 100 {
			t.Errorf("%d of 100 came through", n)
		}
	})
}

func TestGateLetsGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate()
		if err := g.memory.Acquire(t.Context(), gateMemory); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		var err error
		go func() { err = g.pass(ctx, 1, func() error { return nil }) }()
		synctest.Wait()
		cancel()
		synctest.Wait()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("waiting in vain: %v", err)
		}
	})
}

// The gate has room for every hash that is accepted; otherwise its login would wait
// forever.
func TestGateHoldsEveryHash(t *testing.T) {
	t.Parallel()
	for logN := range byte(maxLogN + 1) {
		for r := range uint32(maxR + 1) {
			if c := (cost{logN, r, 1}); c.check() == nil && c.memory() > gateMemory {
				t.Errorf("%+v asks for %d bytes", c, c.memory())
			}
		}
	}
}

func TestProofsAreBounded(t *testing.T) {
	t.Parallel()
	p := newProofs()
	for i := range 2 * mostProofs {
		p.add([32]byte{byte(i), byte(i >> 8), byte(i >> 16)}, "apk")
	}
	if len(p.ids) != mostProofs {
		t.Errorf("%d proofs are kept", len(p.ids))
	}
	p.add([32]byte{31: 1}, "apk_last")
	if got := p.id([32]byte{31: 1}); got != "apk_last" {
		t.Errorf("the last proof is of %q", got)
	}
}
