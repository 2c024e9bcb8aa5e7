package query

import (
	"container/list"
	"context"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// callerKey is the context key of who asks.
type callerKey struct{}

// WithCaller returns a context whose queries count as those of a caller: a user,
// a client's address. Of the statements that can run at the same time, one caller
// has at most half. Queries without a caller, such as those of commands, have no
// such bound.
func WithCaller(ctx context.Context, caller string) context.Context {
	return context.WithValue(ctx, callerKey{}, caller)
}

// patientKey is the context key of queries that wait as long as their context.
type patientKey struct{}

// Patient returns a context whose queries wait for a connection until the context ends,
// and not only as long as Limits.Wait.
func Patient(ctx context.Context) context.Context {
	return context.WithValue(ctx, patientKey{}, true)
}

// gate bounds how many queries run at the same time, and shares them fairly. It
// leaves some of the database's connections to everything else, such as checking
// who sends a request.
type gate struct {
	slots, each int // in all, and for one caller
	wait        time.Duration

	mu      sync.Mutex
	used    int
	held    map[string]int // by caller
	waiting list.List      // of *waiter, the first to come in front
}

type waiter struct {
	caller string
	open   chan struct{} // closed when the slot is the waiter's
}

// maxWaiting is how many queries may wait. What comes then is refused at once.
const maxWaiting = 1000

func newGate(readers int, wait time.Duration) *gate {
	slots := max(1, readers-max(1, readers/4))
	return &gate{slots: slots, each: max(1, slots/2), wait: wait, held: map[string]int{}}
}

// enter waits for a slot. The caller must call leave with what it returns.
func (g *gate) enter(ctx context.Context) (caller string, err error) {
	caller, _ = ctx.Value(callerKey{}).(string)
	g.mu.Lock()
	if g.admits(caller) {
		g.take(caller)
		g.mu.Unlock()
		return caller, nil
	}
	if g.waiting.Len() >= maxWaiting {
		g.mu.Unlock()
		return "", busy()
	}
	w := &waiter{caller, make(chan struct{})}
	place := g.waiting.PushBack(w)
	g.mu.Unlock()

	var late <-chan time.Time
	if ctx.Value(patientKey{}) == nil {
		timer := time.NewTimer(g.wait)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-w.open:
		return caller, nil
	case <-late:
		err = busy()
	case <-ctx.Done():
		err = ctx.Err()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-w.open: // in the same moment
		return caller, nil
	default:
		g.waiting.Remove(place)
		return "", err
	}
}

func (g *gate) leave(caller string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.used--
	if g.held[caller]--; g.held[caller] == 0 {
		delete(g.held, caller)
	}
	for place := g.waiting.Front(); place != nil && g.used < g.slots; {
		next := place.Next()
		if w := place.Value.(*waiter); g.admits(w.caller) {
			g.take(w.caller)
			g.waiting.Remove(place)
			close(w.open)
		}
		place = next
	}
}

func (g *gate) admits(caller string) bool {
	return g.used < g.slots && (caller == "" || g.held[caller] < g.each)
}

func (g *gate) take(caller string) {
	g.used++
	g.held[caller]++
}

func busy() error {
	err := fault.New(fault.Unavailable, "all connections for queries are busy; try again")
	err.RetryAfter = time.Second
	return err
}
