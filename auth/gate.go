package auth

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// gate bounds the memory that all logins together spend on scrypt at one time,
// and how many others wait. The memory is that of the most expensive hash that is
// accepted, which equals that of eight usual ones. Clients share it fairly: the
// next to enter is of the client that has the least work inside, so while others
// wait, no client takes more than half. Of the queue no client takes more than
// half either, and if it is full, the client with the most in it makes room.
type gate struct {
	mu      sync.Mutex
	free    int64
	inside  map[string]int64 // the memory of each client's work
	waiting []*waiter        // in the order of their arrival
}

// waiter is work that waits.
type waiter struct {
	client string
	bytes  int64
	enter  chan error // nil once it is inside, or that it has lost its place
}

const (
	gateMemory = maxMemory
	gateQueue  = 64
	gateRetry  = 2 * time.Second // about what a full queue takes on two processors
)

func newGate() *gate { return &gate{free: gateMemory, inside: map[string]int64{}} }

// pass does the work once there is room for its memory. If the queue is full, or
// the context ends before that, the error is unavailable. Callers must not hold a
// transaction, which others would then have to wait for as well.
func (g *gate) pass(ctx context.Context, bytes int64, work func() error) error {
	w := &waiter{Client(ctx), bytes, make(chan error, 1)}
	if err := g.queue(w); err != nil {
		return err
	}
	if err := g.wait(ctx, w); err != nil {
		return err
	}
	defer g.done(w)
	if ctx.Err() != nil {
		return busy(ctx.Err())
	}
	return work()
}

func busy(cause error) error {
	err := fault.Wrap(cause, fault.Unavailable, "too many passwords are being checked; try again in %d s", int(gateRetry.Seconds()))
	err.RetryAfter = gateRetry
	return err
}

// queue puts work into the queue, from which it may enter at once.
func (g *gate) queue(w *waiter) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	waiting := map[string]int{}
	for _, other := range g.waiting {
		waiting[other.client]++
	}
	if waiting[w.client] >= gateQueue/2 || len(g.waiting) >= gateQueue && !g.makeRoom(waiting, w.client) {
		return busy(nil)
	}
	g.waiting = append(g.waiting, w)
	g.admit()
	return nil
}

// makeRoom takes its place from the last work of the client that has the most
// waiting. It reports false if that is not more than the client who asks would
// have.
func (g *gate) makeRoom(waiting map[string]int, client string) bool {
	most := client
	for other, n := range waiting {
		if n > waiting[most] {
			most = other
		}
	}
	if waiting[most] <= waiting[client]+1 {
		return false
	}
	for i, w := range slices.Backward(g.waiting) {
		if w.client == most {
			g.waiting = slices.Delete(g.waiting, i, i+1)
			w.enter <- busy(nil)
			break
		}
	}
	return true
}

// wait returns nil once work is inside.
func (g *gate) wait(ctx context.Context, w *waiter) error {
	select {
	case err := <-w.enter:
		return err
	case <-ctx.Done():
		if g.leave(w) {
			return busy(ctx.Err())
		}
		return <-w.enter
	}
}

// leave takes work out of the queue. It reports false if the work is no longer in it.
func (g *gate) leave(w *waiter) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.Index(g.waiting, w)
	if i < 0 {
		return false
	}
	g.waiting = slices.Delete(g.waiting, i, i+1)
	g.admit() // it may have been what the others waited for
	return true
}

// done gives the memory of work back.
func (g *gate) done(w *waiter) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.free += w.bytes
	if g.inside[w.client] -= w.bytes; g.inside[w.client] == 0 {
		delete(g.inside, w.client)
	}
	g.admit()
}

// admit lets in what there is room for. Large work is not passed by: it would
// wait for ever.
func (g *gate) admit() {
	for len(g.waiting) > 0 {
		next := 0
		for i, w := range g.waiting {
			if g.inside[w.client] < g.inside[g.waiting[next].client] {
				next = i
			}
		}
		w := g.waiting[next]
		if w.bytes > g.free {
			return
		}
		g.free -= w.bytes
		g.inside[w.client] += w.bytes
		g.waiting = slices.Delete(g.waiting, next, next+1)
		w.enter <- nil
	}
}
