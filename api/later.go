package api

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// Later does work whose time the response must not show, such as looking for an
// email and sending a mail to it. NewLater makes it.
type Later struct {
	log         *slog.Logger
	slots, long chan struct{}
	waiting     chan struct{} // long work that waits for its place, or has it
	running     sync.WaitGroup
	ending      context.Context // of long work
	end         context.CancelFunc
}

const (
	laterAtOnce = 32               // pieces of work
	laterTime   = 30 * time.Second // of one of them
	longAtOnce  = 2                // pieces of long work
	longWaiting = 1000             // pieces of long work that are being done or wait
	longTime    = time.Hour        // of one of them
)

// NewLater returns a Later that logs what fails.
func NewLater(log *slog.Logger) *Later {
	l := &Later{log: log, slots: make(chan struct{}, laterAtOnce), long: make(chan struct{}, longAtOnce), waiting: make(chan struct{}, longWaiting)}
	l.ending, l.end = context.WithCancel(context.Background())
	return l
}

// Do starts work and does not wait for it. The context of the work does not end
// with that of the request. If too much is being done, the error is too many requests.
// An error of the work is logged under its name.
func (l *Later) Do(ctx context.Context, name string, work func(ctx context.Context) error) error {
	return l.start(ctx, l.slots, name, limited(laterTime, work))
}

// DoLong is Do for work of minutes, such as an export. It waits for its turn. Its
// queries do not count as those of the caller. A server that ends does not wait for it: the
// context of the work ends.
func (l *Later) DoLong(ctx context.Context, name string, work func(ctx context.Context) error) error {
	return l.start(ctx, l.waiting, name, func(ctx context.Context) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(l.ending, cancel)()
		select {
		case l.long <- struct{}{}:
			defer func() { <-l.long }()
		case <-ctx.Done(): // work whose context has ended tells that it has failed
		}
		return limited(longTime, work)(query.Patient(query.WithCaller(ctx, "long work")))
	})
}

// limited returns work with a limit of its time.
func limited(most time.Duration, work func(ctx context.Context) error) func(ctx context.Context) error {
	return func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, most)
		defer cancel()
		return work(ctx)
	}
}

// start starts work in one of the slots.
func (l *Later) start(ctx context.Context, slots chan struct{}, name string, work func(ctx context.Context) error) error {
	select {
	case slots <- struct{}{}:
	default:
		return fault.New(fault.TooManyRequests, "too many requests of this kind; try again")
	}
	ctx = context.WithoutCancel(ctx)
	l.running.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				l.log.ErrorContext(ctx, name+" failed", "request_id", requestID(ctx), "error", detail(panicked(p)))
			}
			<-slots
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

// End ends the contexts of long work, and waits until all work is done.
func (l *Later) End() {
	l.end()
	l.Wait()
}

// Wait waits until all work is done.
func (l *Later) Wait() { l.running.Wait() }
