package paymenttest

import (
	"context"
	"fmt"
	"runtime"

	"github.com/gorgon-commerce/gorgon/modules/payment"
)

// Failures returns what Conform finds wrong with a provider, by the names of checks.
func Failures(ctx context.Context, p payment.Provider) map[string][]string {
	out := map[string][]string{}
	for _, c := range checksOf(p) {
		l, done := &list{ctx: ctx}, make(chan struct{})
		go func() { // which Fatalf ends
			defer close(done)
			c.do(l, p)
		}()
		<-done
		if len(l.said) > 0 {
			out[c.name] = l.said
		}
	}
	return out
}

// list is a reporter that keeps what it is told.
type list struct {
	ctx  context.Context
	said []string
}

func (l *list) Helper() {}

func (l *list) Context() context.Context { return l.ctx }

func (l *list) Errorf(format string, args ...any) {
	l.said = append(l.said, fmt.Sprintf(format, args...))
}

func (l *list) Fatalf(format string, args ...any) {
	l.Errorf(format, args...)
	runtime.Goexit()
}
