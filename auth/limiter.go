package auth

import (
	"container/list"
	"crypto/sha256"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Limits are how often a Limiter lets a key pass.
type Limits struct {
	Every time.Duration    // one more try in this time; 0 is 6 s
	Burst int              // tries at once; 0 is 10
	Keys  int              // keys to remember, about 300 bytes each; 0 is 50,000
	Now   func() time.Time // the clock; nil is time.Now
}

// Limiter bounds how often something is tried, by key: a login by the address
// of the client, and by the email, so that neither one client nor many can
// guess at one password. It is a bucket of tokens for each key, in the memory
// of this process: n replicas let n times as much pass. When there are more
// keys than it remembers, those not seen the longest begin anew. It is safe
// for use by many goroutines.
type Limiter struct {
	limits Limits
	mu     sync.Mutex
	byKey  map[[sha256.Size]byte]*list.Element
	recent *list.List // of *bucket, the one seen last in front
}

type bucket struct {
	key  [sha256.Size]byte // hashed: a long key takes no more memory than a short one
	left *rate.Limiter
}

// NewLimiter makes a limiter.
func NewLimiter(l Limits) *Limiter {
	if l.Every <= 0 {
		l.Every = 6 * time.Second
	}
	if l.Burst <= 0 {
		l.Burst = 10
	}
	if l.Keys <= 0 {
		l.Keys = 50_000
	}
	if l.Now == nil {
		l.Now = time.Now
	}
	return &Limiter{limits: l, byKey: map[[sha256.Size]byte]*list.Element{}, recent: list.New()}
}

// Allow takes one try of a key. When there is none left, ok is false and
// retryAfter the time until there is one.
func (l *Limiter) Allow(key string) (retryAfter time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.limits.Now()
	r := l.bucket(sha256.Sum256([]byte(key))).left.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
		return wait, false
	}
	return 0, true
}

// Check is Allow for several keys, which must all have a try left, as a
// too_many_requests error whose RetryAfter says when to come back. Keys before
// the one that has none have lost a try.
func (l *Limiter) Check(keys ...string) error {
	for _, key := range keys {
		if wait, ok := l.Allow(key); !ok {
			seconds := max(1, int((wait+time.Second-1)/time.Second))
			err := fault.New(fault.TooManyRequests, "too many tries; wait %d s", seconds)
			err.RetryAfter = time.Duration(seconds) * time.Second
			return err
		}
	}
	return nil
}

// Forget gives keys all their tries back: after a success, which nobody who
// guesses has.
func (l *Limiter) Forget(keys ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, key := range keys {
		if e := l.byKey[sha256.Sum256([]byte(key))]; e != nil {
			delete(l.byKey, valueOf(e).key)
			l.recent.Remove(e)
		}
	}
}

// bucket is the bucket of a key, a full one for a key that is not known.
func (l *Limiter) bucket(key [sha256.Size]byte) *bucket {
	if e := l.byKey[key]; e != nil {
		l.recent.MoveToFront(e)
		return valueOf(e)
	}
	if l.recent.Len() >= l.limits.Keys {
		delete(l.byKey, valueOf(l.recent.Back()).key)
		l.recent.Remove(l.recent.Back())
	}
	b := &bucket{key, rate.NewLimiter(rate.Every(l.limits.Every), l.limits.Burst)}
	l.byKey[key] = l.recent.PushFront(b)
	return b
}

func valueOf(e *list.Element) *bucket {
	b, _ := e.Value.(*bucket) // the list has nothing else
	return b
}
