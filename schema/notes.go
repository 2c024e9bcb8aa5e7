package schema

import (
	"context"
	"fmt"
)

type notesKey struct{}

// Note adds a line to the Notes of the data migration that ctx belongs to: what
// it left for a person to decide. Elsewhere it does nothing.
func Note(ctx context.Context, format string, args ...any) {
	if c, ok := ctx.Value(notesKey{}).(*Change); ok {
		c.Notes = append(c.Notes, fmt.Sprintf(format, args...))
	}
}
