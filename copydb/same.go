package copydb

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
)

// Same reports whether two connections are to one database, however its URLs are
// written.
func Same(ctx context.Context, a, b db.DB) (bool, error) {
	if a.Dialect().Name() != b.Dialect().Name() {
		return false, nil
	}
	e, err := engineOf(a)
	if err != nil {
		return false, err
	}
	first, _, err := db.One[string](ctx, a, e.identity())
	if err != nil {
		return false, err
	}
	second, _, err := db.One[string](ctx, b, e.identity())
	return first == second && first != "", err
}
