package server

import (
	"context"
	"time"
)

// When providers are asked again what became of their calls.
const (
	reconcileEvery = time.Minute
	unanswered     = time.Minute // how old a call is then
	reconcileTime  = 10 * time.Minute
)

// Reconcile finishes every minute what the shop has begun with providers that did not
// answer, until ctx ends. ListenAndServe calls it; a program with a server of its own
// calls it in a goroutine.
func (s *Server) Reconcile(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.minute(reconcileEvery):
		}
		s.reconcile(ctx)
	}
}

// reconciling starts Reconcile and returns a function that ends it.
func (s *Server) reconciling(ctx context.Context) (end func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Reconcile(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

func (s *Server) reconcile(serving context.Context) {
	ctx, cancel := context.WithTimeout(serving, reconcileTime)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			s.config.Log.ErrorContext(ctx, "asking providers again failed", "error", p)
		}
	}()
	finished, err := s.shop.Reconcile(ctx, unanswered)
	if finished > 0 {
		s.config.Log.InfoContext(ctx, "calls of providers that had not been answered are finished", "calls", finished)
	}
	if err != nil && serving.Err() == nil { // the next server asks again
		s.config.Log.ErrorContext(ctx, "some calls of providers are not answered yet", "error", err.Error())
	}
}
