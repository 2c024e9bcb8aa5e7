package query

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// enter fails the test unless a caller gets a slot at once.
func enter(t *testing.T, g *gate, caller string) {
	t.Helper()
	if _, err := g.enter(WithCaller(t.Context(), caller)); err != nil {
		t.Fatalf("%s: %v", caller, err)
	}
}

// waits starts a caller, who must wait, and returns how the wait ends.
func waits(t *testing.T, ctx context.Context, g *gate, caller string) <-chan error {
	t.Helper()
	out := make(chan error, 1)
	go func() {
		_, err := g.enter(WithCaller(ctx, caller))
		out <- err
	}()
	synctest.Wait()
	select {
	case err := <-out:
		t.Fatalf("%s did not wait: %v", caller, err)
	default:
	}
	return out
}

func TestGateIsFair(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(8, time.Minute) // 6 slots, 3 for each
		for range 3 {
			enter(t, g, "greedy")
		}
		fourth := waits(t, t.Context(), g, "greedy")
		enter(t, g, "ada") // who comes later, and passes
		enter(t, g, "")
		enter(t, g, "")
		eve := waits(t, t.Context(), g, "eve")
		g.leave("ada")
		if err := <-eve; err != nil {
			t.Errorf("eve waits behind someone who has their half: %v", err)
		}
		g.leave("greedy")
		if err := <-fourth; err != nil {
			t.Error(err)
		}
	})
}

func TestGateRefusesAfterAWhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1, time.Minute)
		enter(t, g, "ada")
		late := waits(t, t.Context(), g, "eve")
		ctx, cancel := context.WithCancel(t.Context())
		gone := waits(t, ctx, g, "bob")
		cancel()
		if err := <-gone; !errors.Is(err, context.Canceled) {
			t.Errorf("a caller who left: %v", err)
		}
		time.Sleep(time.Minute) // of the test's clock
		var f *fault.Error
		if err := <-late; !errors.As(err, &f) || f.Type != fault.Unavailable || f.RetryAfter <= 0 {
			t.Errorf("%v", err)
		}
		g.leave("ada")
		enter(t, g, "eve")
		if g.used != 1 || len(g.held) != 1 || g.waiting.Len() != 0 {
			t.Errorf("%d slots used by %v, %d waiting", g.used, g.held, g.waiting.Len())
		}
	})
}

func TestGateBoundsThoseWhoWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1, time.Minute)
		enter(t, g, "ada")
		ctx, cancel := context.WithCancel(t.Context())
		for range maxWaiting {
			go func() { _, _ = g.enter(ctx) }()
		}
		synctest.Wait()
		if _, err := g.enter(t.Context()); fault.TypeOf(err) != fault.Unavailable {
			t.Errorf("%v", err)
		}
		cancel()
		synctest.Wait()
		if g.waiting.Len() != 0 {
			t.Errorf("%d are left", g.waiting.Len())
		}
	})
}

// A patient query waits for its turn, however long it takes.
func TestGateWaitsPatiently(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(2, time.Second) // one slot
		enter(t, g, "ada")
		ctx, cancel := context.WithCancel(Patient(t.Context()))
		export, given := waits(t, ctx, g, "exports"), waits(t, ctx, g, "exports")
		time.Sleep(time.Hour) // of the bubble
		g.leave("ada")
		if err := <-export; err != nil {
			t.Error(err)
		}
		cancel()
		if err := <-given; !errors.Is(err, context.Canceled) {
			t.Errorf("a query that is given up: %v", err)
		}
	})
}
