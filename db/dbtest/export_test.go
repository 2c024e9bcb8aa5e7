package dbtest

// ClearLeftovers is clearLeftovers.
func ClearLeftovers() { clearLeftovers() }
