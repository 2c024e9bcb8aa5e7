package markets

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// DeleteSalesChannel soft-deletes sales channels. The default channel of a store
// cannot be deleted: carts without a channel would have none.
func (m *Markets) DeleteSalesChannel(ctx context.Context, ids ...string) error {
	return m.shop.Do(ctx, func(ctx context.Context) error {
		stores, err := m.shop.Stores.Stores.List(ctx, nil, module.Page{})
		if err != nil {
			return err
		}
		for _, s := range stores {
			if s.DefaultSalesChannelID != nil && slices.Contains(ids, *s.DefaultSalesChannelID) {
				return fault.New(fault.NotAllowed, "sales channel %q is the default of store %q; give the store another one first", *s.DefaultSalesChannelID, s.Name)
			}
		}
		return m.shop.SalesChannel.SalesChannels.SoftDelete(ctx, ids...)
	})
}
