package auth

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// crowd is work of clients at a gate. Work that is inside stays there until it is
// told to leave.
type crowd struct {
	gate   *gate
	mu     sync.Mutex
	inside []string // the clients, in the order in which they entered
	errs   map[string][]error
	leave  chan struct{}
}

func newCrowd() *crowd {
	return &crowd{gate: newGate(), errs: map[string][]error{}, leave: make(chan struct{})}
}

// arrive lets n logins of a client arrive, one after the other.
func (c *crowd) arrive(ctx context.Context, client string, n int) {
	for range n {
		go func() {
			err := c.gate.pass(WithClient(ctx, client), newCost.memory(), func() error {
				c.mu.Lock()
				c.inside = append(c.inside, client)
				c.mu.Unlock()
				<-c.leave
				return nil
			})
			c.mu.Lock()
			defer c.mu.Unlock()
			c.errs[client] = append(c.errs[client], err)
		}()
		synctest.Wait()
	}
}

// end lets n works end, one after the other.
func (c *crowd) end(n int) {
	for range n {
		c.leave <- struct{}{}
		synctest.Wait()
	}
}

func (c *crowd) refused(client string) int {
	n := 0
	for _, err := range c.errs[client] {
		var f *fault.Error
		if errors.As(err, &f) && f.Type == fault.Unavailable && f.RetryAfter >= time.Second {
			n++
		}
	}
	return n
}

func count(all []string, client string) int {
	n := 0
	for _, c := range all {
		if c == client {
			n++
		}
	}
	return n
}

// Of a hundred concurrent logins, eight use memory, half a queue waits, and the
// others are told to come back.
func TestGateBoundsMemoryAndQueue(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd()
		c.arrive(t.Context(), "one", 100)
		if n := len(c.inside); n != gateMemory/int(newCost.memory()) || n != 8 {
			t.Errorf("%d hash at one time", n)
		}
		if n := c.refused("one"); n != 100-8-gateQueue/2 {
			t.Errorf("%d are refused", n)
		}
		c.end(8 + gateQueue/2)
		if n := len(c.inside); n != 8+gateQueue/2 {
			t.Errorf("%d came through", n)
		}
		if g := c.gate; g.free != gateMemory || len(g.inside) != 0 || len(g.waiting) != 0 {
			t.Errorf("after all, the gate is %+v", g)
		}
	})
}

// A client who floods the gate holds no more than half of it once another comes.
func TestGateIsFair(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd()
		c.arrive(t.Context(), "flood", 190)
		c.arrive(t.Context(), "ada", 10)
		if n := c.refused("ada"); n != 0 {
			t.Errorf("%d of ada's logins are refused", n)
		}
		c.end(4)
		if got := c.inside[8:]; count(got, "ada") != 4 {
			t.Errorf("after the flood's first eight, %q enter", got)
		}
		before := len(c.inside)
		c.end(8)
		if got := c.inside[before:]; count(got, "ada") != 4 || count(got, "flood") != 4 {
			t.Errorf("then %q enter", got)
		}
		close(c.leave)
	})
}

// Two clients that fill the queue make room for others.
func TestGateQueueMakesRoom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd()
		c.arrive(t.Context(), "a", 60)
		c.arrive(t.Context(), "b", 60)
		before := c.refused("a") + c.refused("b")
		for i := range 10 {
			c.arrive(t.Context(), fmt.Sprint(i), 1)
		}
		if n := c.refused("a") + c.refused("b") - before; n != 10 {
			t.Errorf("a and b lost %d places", n)
		}
		c.end(20)
		for i := range 10 {
			if !slices.Contains(c.inside, fmt.Sprint(i)) {
				t.Errorf("client %d is not among %q", i, c.inside)
			}
		}
		close(c.leave)
	})
}

// What waits in vain, or comes too late, is unavailable, not an internal error.
func TestGateLetsGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd()
		c.arrive(t.Context(), "one", 8)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		c.arrive(ctx, "late", 2)
		time.Sleep(2 * time.Second) // of the bubble
		synctest.Wait()
		if n := c.refused("late"); n != 2 || !errors.Is(c.errs["late"][0], context.DeadlineExceeded) {
			t.Errorf("waiting in vain: %v", c.errs["late"])
		}
		close(c.leave)
		synctest.Wait()
		c.arrive(ctx, "late", 1)
		if n := c.refused("late"); n != 3 {
			t.Errorf("too late: %v", c.errs["late"])
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
