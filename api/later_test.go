package api_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Long work has places of its own, so that mails are sent beside it, waits for them, and
// ends with the server.
func TestLongWork(t *testing.T) {
	t.Parallel()
	const atOnce, most = 2, 1000
	l := api.NewLater(slog.New(slog.DiscardHandler))
	started, ended := make(chan struct{}, most), make(chan error, most)
	wait := func(ctx context.Context) error {
		started <- struct{}{}
		<-ctx.Done()
		ended <- ctx.Err()
		return nil
	}
	request, over := context.WithCancel(t.Context())
	for range most {
		if err := l.DoLong(request, "an export", wait); err != nil {
			t.Fatal(err)
		}
	}
	over() // the end of the request does not end the work
	for range atOnce {
		<-started
	}
	if err := l.DoLong(t.Context(), "one more", wait); fault.TypeOf(err) != fault.TooManyRequests {
		t.Errorf("one more: %v", err)
	}
	mailed := make(chan struct{})
	if err := l.Do(t.Context(), "a mail", func(context.Context) error { close(mailed); return nil }); err != nil {
		t.Error(err)
	}
	<-mailed
	if len(ended) > 0 || len(started) > 0 {
		t.Errorf("before the server ends, %d have ended, and %d more than %d have begun", len(ended), len(started), atOnce)
	}
	l.End()
	if len(ended) != most {
		t.Errorf("%d of %d ended", len(ended), most)
	}
}

// Long work that waits is done when there is a place for it.
func TestLongWorkWaits(t *testing.T) {
	t.Parallel()
	l := api.NewLater(slog.New(slog.DiscardHandler))
	var done atomic.Int64
	for range 50 {
		err := l.DoLong(t.Context(), "an export", func(ctx context.Context) error {
			done.Add(1)
			return ctx.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	l.Wait()
	if done.Load() != 50 {
		t.Errorf("%d of 50 are done", done.Load())
	}
}
