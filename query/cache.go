package query

import "sync"

// cache keeps what is worked out for a key. It is emptied when full: a program
// has few keys, and a flood of odd ones must not take up memory. It is safe for
// concurrent use, and a hit does not allocate.
type cache[V any] struct {
	mu    sync.RWMutex
	byKey map[string]V
	most  int // entries
}

func (c *cache[V]) get(key []byte) (v V, ok bool) {
	c.mu.RLock()
	v, ok = c.byKey[string(key)]
	c.mu.RUnlock()
	return v, ok
}

func (c *cache[V]) put(key string, v V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil || len(c.byKey) >= c.most {
		c.byKey = make(map[string]V)
	}
	c.byKey[key] = v
}
