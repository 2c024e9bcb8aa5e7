package auth

import (
	"container/list"
	"crypto/sha256"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/gorgon-commerce/gorgon/fault"
)

// Limits configure a Limiter.
type Limits struct {
	Every time.Duration    // the time after which a key gets another attempt; 0 means 6 s
	Burst int              // the number of attempts that can be made at once; 0 means 10
	Keys  int              // the number of keys to remember, about 300 bytes each; 0 means 50,000
	Now   func() time.Time // the clock; nil means time.Now
}

// A Limiter bounds how often something is attempted, by key. Logins are limited
// by the client's address and by the email, so that neither one client nor many
// clients can guess a password. A Limiter is a token bucket per key, in the
// memory of this process, so n replicas allow n times as many attempts. It
// forgets the least recently used keys if there are too many. It is safe for
// concurrent use.
type Limiter struct {
	limits Limits
	mu     sync.Mutex
	byKey  map[[sha256.Size]byte]*list.Element
	recent *list.List // of *bucket, the most recently used in front
}

type bucket struct {
	key  [sha256.Size]byte // hashed, so that a long key takes no more memory than a short one
	left *rate.Limiter
}

// NewLimiter returns a new Limiter.
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

// Allow uses up one attempt of a key. If there is none left, ok is false and
// retryAfter is the time until there is one.
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

// Check uses up one attempt of each of the keys. If a key has none left, it
// returns a too_many_requests error with RetryAfter set; the keys before that one
// have lost an attempt.
func (l *Limiter) Check(keys ...string) error {
	for _, key := range keys {
		if wait, ok := l.Allow(key); !ok {
			seconds := max(1, int((wait+time.Second-1)/time.Second))
			err := fault.New(fault.TooManyRequests, "too many attempts; try again in %d s", seconds)
			err.RetryAfter = time.Duration(seconds) * time.Second
			return err
		}
	}
	return nil
}

// Forget resets keys to all their attempts, for use after a success.
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

// bucket returns the bucket of a key, which is new and full if the key is not
// known.
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
	b, _ := e.Value.(*bucket) // the only type in the list
	return b
}
