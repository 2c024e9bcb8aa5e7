package auth_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
)

// clock is a clock that tests set.
type clock struct{ now time.Time }

func (c *clock) limiter(l auth.Limits) *auth.Limiter {
	c.now = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	l.Now = func() time.Time { return c.now }
	return auth.NewLimiter(l)
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	var c clock
	l := c.limiter(auth.Limits{Every: time.Second, Burst: 3})
	for _, step := range []struct {
		after time.Duration
		key   string
		ok    bool
		retry time.Duration
	}{
		{0, "a", true, 0}, {0, "a", true, 0}, {0, "a", true, 0}, {0, "a", false, time.Second},
		{0, "b", true, 0},                                      // another key has its own
		{0, "a", false, time.Second},                           // what is refused costs nothing
		{900 * time.Millisecond, "a", false, time.Second / 10}, // nearly
		{100 * time.Millisecond, "a", true, 0}, {0, "a", false, time.Second},
		{time.Hour, "a", true, 0}, {0, "a", true, 0}, {0, "a", true, 0}, {0, "a", false, time.Second}, // no more than the burst
	} {
		c.now = c.now.Add(step.after)
		if retry, ok := l.Allow(step.key); ok != step.ok || retry.Round(time.Millisecond) != step.retry {
			t.Errorf("%+v: %v, %t", step, retry, ok)
		}
	}
}

func TestLimiterForgets(t *testing.T) {
	t.Parallel()
	var c clock
	l := c.limiter(auth.Limits{Every: time.Hour, Burst: 1, Keys: 3})
	pass := func(key string, want bool) {
		t.Helper()
		if _, ok := l.Allow(key); ok != want {
			t.Errorf("%s passes: %t", key, ok)
		}
	}
	pass("a", true)
	pass("b", true)
	pass("c", true)
	pass("a", false) // seen again, so b is the oldest
	pass("d", true)
	pass("a", false)
	pass("c", false)
	pass("b", true) // forgotten; now d is
	pass("d", true)
	pass(strings.Repeat("x", 1<<20), true)
}

func TestLimiterChecksAllKeys(t *testing.T) {
	t.Parallel()
	var c clock
	l := c.limiter(auth.Limits{Every: 1500 * time.Millisecond, Burst: 2})
	for range 2 {
		if err := l.Check("ip 1", "ada"); err != nil {
			t.Fatal(err)
		}
	}
	err := l.Check("ip 2", "ada") // from elsewhere, for the same email
	var f *fault.Error
	if !errors.As(err, &f) || f.Type != fault.TooManyRequests || f.RetryAfter != 2*time.Second || f.Type.Status() != 429 {
		t.Errorf("the error is %+v", err)
	}
	if err := l.Check("ip 2", "bob"); err != nil {
		t.Error(err)
	}
	wantFault(t, l.Check("ip 1", "bob"), fault.TooManyRequests, "2 s")
}

func TestLimiterOfManyGoroutines(t *testing.T) {
	t.Parallel()
	var c clock
	l := c.limiter(auth.Limits{Burst: 7, Keys: 10})
	var passed atomic.Int64
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			if _, ok := l.Allow("one"); ok {
				passed.Add(1)
			}
			if i%10 == 0 {
				l.Allow(fmt.Sprint(i))
			}
		})
	}
	wg.Wait()
	if n := passed.Load(); n != 7 {
		t.Errorf("%d of 50 passed, want 7", n)
	}
}
