package auth

import (
	"container/list"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Limits bound how often something is attempted: so many attempts at once, and
// then one after each interval. Fields that are zero mean a default.
type Limits struct {
	Every time.Duration // the time after which another attempt is possible, in whole milliseconds
	Burst int           // the number of attempts that can be made at once
}

// Or returns the limits with the fields of others in place of those that are not
// positive.
func (l Limits) Or(others Limits) Limits {
	if l.Every < time.Millisecond {
		l.Every = others.Every
	}
	if l.Burst <= 0 {
		l.Burst = others.Burst
	}
	return l
}

// An Attempt counts against the limits of a key, such as an email or an address.
type Attempt struct {
	Key    string
	Limits Limits
}

// A Limiter bounds attempts by keys, over all replicas: it counts in the table
// auth_attempt, by hashes of the keys. What is refused is remembered in memory
// for as long, so a flood of attempts costs no statements. If the database fails,
// this process counts by itself. A Limiter is safe for concurrent use.
//
// A key is one number, the time at which all its attempts are there again. An
// attempt moves it on by Limits.Every, and is possible unless that puts it more
// than Burst times Every ahead of now.
type Limiter struct {
	store  *module.Store
	mu     sync.Mutex
	byID   map[string]*list.Element
	recent *list.List // of *known, the most recently used in front
	swept  sweeps
	limit  time.Duration // of counting in the database
}

// known is the number of a key, as far as this process knows.
type known struct {
	id     string
	fullAt int64 // in milliseconds since 1970
}

// maxKeys is the number of keys to remember, about 300 bytes each. The least
// recently used are forgotten first.
const maxKeys = 50_000

// countFor is how long counting in the database may take: no one waits for a long
// transaction to be allowed an attempt.
const countFor = 3 * time.Second

// NewLimiter returns a Limiter that counts in the database of a store, whose
// graph has Models, by the clock of the store.
func NewLimiter(s *module.Store) *Limiter {
	return &Limiter{store: s, byID: map[string]*list.Element{}, recent: list.New(), limit: countFor}
}

// Take uses up one attempt of each key, or of none if one of them has none left:
// then the error is too_many_requests, with RetryAfter set. A key may be used with
// one set of limits only.
func (l *Limiter) Take(ctx context.Context, attempts ...Attempt) error {
	all, now := counted(attempts), l.store.Now().UnixMilli()
	if wait := l.takeHere(all, now); wait > 0 {
		return tooMany(wait)
	}
	bounded, cancel := context.WithTimeout(ctx, l.limit)
	defer cancel()
	numbers, refused, err := l.takeThere(bounded, all, now)
	switch {
	case err != nil: // what this process counts has to do
	case refused != nil:
		l.giveBackHere(all)
		l.set(numbers)
		return tooMany(refused.wait(numbers[refused.id], now))
	default:
		l.set(numbers)
	}
	l.swept.sweep(ctx, l.store, attemptsTable, "full_at", now)
	return nil
}

// Return gives back what Take has used up.
func (l *Limiter) Return(ctx context.Context, attempts ...Attempt) {
	all := counted(attempts)
	l.giveBackHere(all)
	l.giveBackThere(ctx, all)
}

func tooMany(wait time.Duration) error {
	seconds := max(1, int((wait+time.Second-1)/time.Second))
	err := fault.New(fault.TooManyRequests, "too many attempts; try again in %d s", seconds)
	err.RetryAfter = time.Duration(seconds) * time.Second
	return err
}

// attempt is an Attempt in the numbers that are counted.
type attempt struct {
	id    string
	every int64 // milliseconds
	ahead int64 // how far ahead of now the number of a key may be before an attempt
}

// counted returns attempts in the order of their ids, in which all replicas lock
// rows. Other limits make another id, so that counting starts over when the settings change.
func counted(attempts []Attempt) []attempt {
	out := make([]attempt, len(attempts))
	for i, a := range attempts {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %s", a.Limits.Every.Milliseconds(), a.Limits.Burst, a.Key))
		every := a.Limits.Every.Milliseconds()
		out[i] = attempt{hex.EncodeToString(sum[:]), every, every * int64(a.Limits.Burst-1)}
	}
	slices.SortFunc(out, func(a, b attempt) int { return strings.Compare(a.id, b.id) })
	return out
}

// wait returns how long an attempt has to wait; 0 or less is not at all.
func (a attempt) wait(fullAt, now int64) time.Duration {
	return time.Duration(fullAt-now-a.ahead) * time.Millisecond
}
