package api

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
)

// Later does work whose time the response must not show, such as looking for an
// email and sending a mail to it. NewLater makes it.
type Later struct {
	log     *slog.Logger
	slots   chan struct{}
	running sync.WaitGroup
}

const (
	laterAtOnce = 32               // pieces of work
	laterTime   = 30 * time.Second // of one of them, unless it is given another
)

// NewLater returns a Later that logs what fails.
func NewLater(log *slog.Logger) *Later {
	return &Later{log: log, slots: make(chan struct{}, laterAtOnce)}
}

// Do starts work and does not wait for it. The context of the work does not end
// with that of the request. If too much is being done, the error is unavailable.
// An error of the work is logged under its name.
func (l *Later) Do(ctx context.Context, name string, work func(ctx context.Context) error) error {
	return l.Within(ctx, laterTime, name, work)
}

// Within is Do for work that may take longer than most.
func (l *Later) Within(ctx context.Context, most time.Duration, name string, work func(ctx context.Context) error) error {
	select {
	case l.slots <- struct{}{}:
	default:
		return fault.New(fault.Unavailable, "too many requests of this kind; try again")
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), most)
	l.running.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				l.log.ErrorContext(ctx, name+" failed", "request_id", requestID(ctx), "error", detail(panicked(p)))
			}
			cancel()
			<-l.slots
		}()
		if err := work(ctx); err != nil {
			l.log.ErrorContext(ctx, name+" failed", "request_id", requestID(ctx), "error", detail(err))
		}
	})
	return nil
}

// AfterCommit is Do once the transaction that ctx carries is committed, if it is.
// Too much work at once is logged like an error of the work.
func (l *Later) AfterCommit(ctx context.Context, d db.DB, name string, work func(ctx context.Context) error) {
	db.AfterCommit(ctx, d, func() {
		if err := l.Do(ctx, name, work); err != nil {
			l.log.ErrorContext(ctx, name+" failed", "request_id", requestID(ctx), "error", detail(err))
		}
	})
}

// Wait waits until all work is done.
func (l *Later) Wait() { l.running.Wait() }
