package query

// Lookups returns the number of paths that an engine keeps.
func (e *Engine) Lookups() int { return len(e.lookups.byKey) }

const MaxLookups = maxLookups
