package model

// Source returns the function next of a source of ids with the given clock.
func Source(now func() uint64) (next func() string) {
	s := newSource(now)
	return func() string { return s.next().String() }
}
