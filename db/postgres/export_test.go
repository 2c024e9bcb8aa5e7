package postgres

// Bind is bind.
func Bind(args []any) ([]any, error) { return bind(args) }

// Key is key.
func Key(detail string) (columns, values []string) { return key(detail) }
