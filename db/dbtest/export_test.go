package dbtest

// ClearLeftovers exports clearLeftovers.
func ClearLeftovers() { clearLeftovers() }
