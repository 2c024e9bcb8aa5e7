package flows

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// DeleteCustomer soft-deletes customers with their links; nobody can log in as
// them any more.
func (f *Flows) DeleteCustomer(ctx context.Context, ids ...string) error {
	return f.do(ctx, func(ctx context.Context) error {
		if err := remove(ctx, f, f.Customers.Customers, ids...); err != nil {
			return err
		}
		return f.detach(ctx, "customer", ids)
	})
}

// DeleteUser soft-deletes users; nobody can log in as them any more.
func (f *Flows) DeleteUser(ctx context.Context, ids ...string) error {
	return f.do(ctx, func(ctx context.Context) error {
		if err := remove(ctx, f, f.users, ids...); err != nil {
			return err
		}
		return f.detach(ctx, "user", ids)
	})
}

func (f *Flows) detach(ctx context.Context, actor string, ids []string) error {
	for _, id := range ids {
		if err := f.Auth.Detach(ctx, actor, id); err != nil {
			return err
		}
	}
	return nil
}

// DeleteSalesChannel soft-deletes sales channels with their links. The default
// channel of a store stays: carts without a channel would have none.
func (f *Flows) DeleteSalesChannel(ctx context.Context, ids ...string) error {
	return f.do(ctx, func(ctx context.Context) error {
		stores, err := f.Shops.Stores.List(ctx, nil, module.Page{})
		if err != nil {
			return err
		}
		for _, s := range stores {
			if s.DefaultSalesChannelID != nil && slices.Contains(ids, *s.DefaultSalesChannelID) {
				return fault.New(fault.NotAllowed, "sales channel %q is the default of store %q; give the store another one first", *s.DefaultSalesChannelID, s.Name)
			}
		}
		return remove(ctx, f, f.SalesChannels.SalesChannels, ids...)
	})
}
