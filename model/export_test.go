package model

// Source is a source of ids that has its own clock.
func Source(now func() uint64) (next func() string) {
	s := newSource(now)
	return func() string { return s.next().String() }
}
