package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/module"
)

// Differences returns the stored totals of an order that are not those that follow from
// its rows.
func (s *Service) Differences(ctx context.Context, orderID string) (all []module.Wrong, err error) {
	err = s.totals().Run(ctx, []string{orderID}, func(w module.Wrong) { all = append(all, w) })
	return all, err
}

// Recount compares the versions of an order with the changes that made them.
func Recount(ctx context.Context, s *Service, id string, found func(module.Wrong)) error {
	return s.recount(ctx, []string{id}, found)
}
