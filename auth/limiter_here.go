package auth

import (
	"container/list"
	"time"
)

// takeHere takes attempts by what this process knows. If one has to wait, it
// takes none and returns how long.
func (l *Limiter) takeHere(all []attempt, now int64) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range all {
		wait = max(wait, a.wait(l.known(a.id).fullAt, now))
	}
	if wait > 0 {
		return wait
	}
	for _, a := range all {
		k := l.known(a.id)
		k.fullAt = max(k.fullAt, now) + a.every
	}
	return 0
}

func (l *Limiter) giveBackHere(all []attempt) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range all {
		l.known(a.id).fullAt -= a.every
	}
}

// set sets the numbers of keys to those of the database.
func (l *Limiter) set(numbers map[string]int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, n := range numbers {
		l.known(id).fullAt = n
	}
}

// known returns the number of a key, 0 if the key is new.
func (l *Limiter) known(id string) *known {
	if e := l.byID[id]; e != nil {
		l.recent.MoveToFront(e)
		return valueOf(e)
	}
	if l.recent.Len() >= maxKeys {
		delete(l.byID, valueOf(l.recent.Back()).id)
		l.recent.Remove(l.recent.Back())
	}
	k := &known{id: id}
	l.byID[id] = l.recent.PushFront(k)
	return k
}

func valueOf(e *list.Element) *known {
	k, _ := e.Value.(*known) // the only type in the list
	return k
}
