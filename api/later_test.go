package api_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Long work has places of its own, so that mails are sent beside it, and ends with the
// server.
func TestLongWork(t *testing.T) {
	t.Parallel()
	l := api.NewLater(slog.New(slog.DiscardHandler))
	ended := make(chan error, 4)
	wait := func(ctx context.Context) error {
		<-ctx.Done()
		ended <- ctx.Err()
		return nil
	}
	request, over := context.WithCancel(t.Context())
	for range cap(ended) {
		if err := l.DoLong(request, "an export", wait); err != nil {
			t.Fatal(err)
		}
	}
	over() // the end of the request does not end the work
	if err := l.DoLong(t.Context(), "one more", wait); fault.TypeOf(err) != fault.Unavailable {
		t.Errorf("one more: %v", err)
	}
	mailed := make(chan struct{})
	if err := l.Do(t.Context(), "a mail", func(context.Context) error { close(mailed); return nil }); err != nil {
		t.Error(err)
	}
	<-mailed
	if len(ended) > 0 {
		t.Error("the work ended before the server")
	}
	l.End()
	if len(ended) != cap(ended) {
		t.Errorf("%d of %d ended", len(ended), cap(ended))
	}
}
