package postgres

// Bind exports bind.
func Bind(args []any) ([]any, error) { return bind(args) }

// Key exports key.
func Key(detail string) (columns, values []string) { return key(detail) }
