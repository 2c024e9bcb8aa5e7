package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/module"
)

// settle computes the totals of all orders; see module.Module.
func settle(ctx context.Context, store *module.Store, dry bool, found func(module.Wrong)) error {
	return New(store).totals().Settle(ctx, dry, found)
}
