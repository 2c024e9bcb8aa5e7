package auth_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
)

// take takes an attempt of each key under one set of limits and returns how long
// to wait; 0 if it is allowed.
func take(t *testing.T, l *auth.Limiter, limits auth.Limits, keys ...string) time.Duration {
	t.Helper()
	err := l.Take(t.Context(), attempts(limits, keys...)...)
	if err == nil {
		return 0
	}
	var f *fault.Error
	if !errors.As(err, &f) || f.Type != fault.TooManyRequests || f.Type.Status() != 429 || f.RetryAfter < time.Second {
		t.Fatalf("the error is %v (%s)", err, fault.TypeOf(err))
	}
	return f.RetryAfter
}

func attempts(limits auth.Limits, keys ...string) []auth.Attempt {
	out := make([]auth.Attempt, len(keys))
	for i, key := range keys {
		out[i] = auth.Attempt{Key: key, Limits: limits}
	}
	return out
}

func TestLimiter(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		l, limits := auth.NewLimiter(s.store), auth.Limits{Every: 10 * time.Second, Burst: 3}
		for _, step := range []struct {
			after time.Duration
			key   string
			wait  time.Duration
		}{
			{0, "a", 0}, {0, "a", 0}, {0, "a", 0}, {0, "a", 10 * time.Second},
			{0, "b", 0},                // another key has its own
			{0, "a", 10 * time.Second}, // what is refused costs nothing
			{9 * time.Second, "a", time.Second},
			{time.Second, "a", 0}, {0, "a", 10 * time.Second},
			{time.Hour, "a", 0}, {0, "a", 0}, {0, "a", 0}, {0, "a", 10 * time.Second}, // no more than the burst
			{0, strings.Repeat("x", 1<<20), 0},
		} {
			s.wait(step.after)
			if wait := take(t, l, limits, step.key); wait != step.wait {
				t.Errorf("%.100v: %v", step, wait)
			}
		}
	})
}

// Replicas count together, and one that starts knows what the others counted.
func TestLimiterIsShared(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		limits := auth.Limits{Every: time.Minute, Burst: 6}
		allowed := 0
		for range 5 {
			replica := auth.NewLimiter(s.store)
			for range 4 {
				if take(t, replica, limits, "ada") == 0 {
					allowed++
				}
			}
		}
		if allowed != 6 {
			t.Errorf("%d attempts are allowed", allowed)
		}
		s.wait(time.Minute)
		if take(t, auth.NewLimiter(s.store), limits, "ada") > 0 || take(t, auth.NewLimiter(s.store), limits, "ada") == 0 {
			t.Error("after a minute there is not one attempt")
		}
	})
}

// An attempt that one key refuses costs the others nothing, on any replica; one
// that is given back is there again, and no more than it.
func TestLimiterTakesAllOrNone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		limits := auth.Limits{Every: time.Minute, Burst: 2}
		one, two := auth.NewLimiter(s.store), auth.NewLimiter(s.store)
		for range 2 {
			if wait := take(t, one, limits, "tight"); wait > 0 {
				t.Fatal(wait)
			}
		}
		for range 5 {
			if take(t, one, limits, "tight", "loose") == 0 || take(t, two, limits, "tight", "loose") == 0 {
				t.Error("a third attempt is allowed")
			}
		}
		if take(t, two, limits, "loose") > 0 || take(t, one, limits, "loose") > 0 {
			t.Error("refused attempts have cost another key")
		}
		two.Return(t.Context(), attempts(limits, "loose")...)
		if take(t, two, limits, "loose") > 0 || take(t, two, limits, "loose") == 0 || take(t, auth.NewLimiter(s.store), limits, "loose") == 0 {
			t.Error("what was given back is not one attempt")
		}
	})
}

// Without its table, or a database that answers, each process counts by itself.
func TestLimiterWithoutADatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		if _, err := d.Exec(t.Context(), "DROP TABLE auth_attempt"); err != nil {
			t.Fatal(err)
		}
		l, limits := auth.NewLimiter(s.store), auth.Limits{Every: time.Minute, Burst: 2}
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if err := l.Take(ended, attempts(limits, "a")...); err != nil {
			t.Error(err)
		}
		if take(t, l, limits, "a") > 0 || take(t, l, limits, "a") == 0 || take(t, l, limits, "b") > 0 {
			t.Error("a process does not count by itself")
		}
		l.Return(t.Context(), attempts(limits, "a")...)
		if take(t, l, limits, "a") > 0 {
			t.Error("what was given back is not there")
		}
	})
}

// Rows do not pile up, and hold no email.
func TestLimiterRows(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		l, limits := auth.NewLimiter(s.store), auth.Limits{Every: time.Minute, Burst: 2}
		for i := range 20 {
			take(t, l, limits, fmt.Sprintf("%d@example.com", i))
		}
		ids := func() []string {
			all, err := db.Collect[string](t.Context(), d, "SELECT id FROM auth_attempt")
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		if all := ids(); len(all) != 20 || strings.Contains(strings.Join(all, " "), "example") {
			t.Errorf("the rows are %q", all)
		}
		s.wait(10 * time.Minute)
		take(t, l, limits, "last")
		if all := ids(); len(all) != 1 {
			t.Errorf("%d rows are left", len(all))
		}
	})
}

// A flood that is refused costs no statements.
func TestLimiterFloodIsRefusedInMemory(t *testing.T) {
	t.Parallel()
	d, counter := dbtest.Counting(dbtest.SQLite(t))
	s := open(t, d, auth.Config{})
	l, limits := auth.NewLimiter(s.store), auth.Limits{Every: time.Minute, Burst: 2}
	take(t, auth.NewLimiter(s.store), limits, "a") // another replica
	take(t, l, limits, "a")
	take(t, l, limits, "a") // now it knows
	n := counter.Of(func() {
		for range 100 {
			if take(t, l, limits, "a") == 0 {
				t.Fatal("allowed")
			}
		}
	})
	if n != 0 {
		t.Errorf("%d statements", n)
	}
}

func TestLimiterOfManyGoroutines(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		limits := auth.Limits{Every: time.Hour, Burst: 7}
		replicas := []*auth.Limiter{auth.NewLimiter(s.store).Patient(), auth.NewLimiter(s.store).Patient()}
		var passed atomic.Int64
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				if take(t, replicas[i%2], limits, "one", fmt.Sprint(i)) == 0 {
					passed.Add(1)
				}
			})
		}
		wg.Wait()
		if n := passed.Load(); n != 7 {
			t.Errorf("%d of 40 passed, want 7", n)
		}
	})
}
