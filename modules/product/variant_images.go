package product

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Assignment says which records of one kind are assigned to a record of another, and
// which no longer are.
type Assignment struct {
	Add    []string `json:"add"`
	Remove []string `json:"remove"`
}

// AssignImages assigns images of a product to one of its variants. Images that are
// assigned already stay so, and those that are not can be removed.
func (s *Service) AssignImages(ctx context.Context, product, variant string, a Assignment) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.HasVariant(ctx, product, variant); err != nil {
			return err
		}
		if err := ownedBy(ctx, s.Images, product, slices.Concat(a.Add, a.Remove)); err != nil {
			return err
		}
		return assign(ctx, s.Variants, variant, "images", a)
	})
}

// AssignVariants assigns an image of a product to some of its variants, as AssignImages does.
func (s *Service) AssignVariants(ctx context.Context, product, image string, a Assignment) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := ownedBy(ctx, s.Images, product, []string{image}); err != nil {
			return err
		}
		if err := ownedBy(ctx, s.Variants, product, slices.Concat(a.Add, a.Remove)); err != nil {
			return err
		}
		return assign(ctx, s.Images, image, "variants", a)
	})
}

func assign[T any](ctx context.Context, records module.Records[T], id, relation string, a Assignment) error {
	if err := records.Unrelate(ctx, id, relation, a.Remove...); err != nil {
		return err
	}
	return records.Relate(ctx, id, relation, a.Add...)
}

// ownedBy returns a not_found error if one of the records is not of the product.
func ownedBy[T any](ctx context.Context, records module.Records[T], product string, ids []string) error {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	n, err := records.Count(ctx, module.Where{"id": ids, "product_id": product})
	if err != nil || n == int64(len(ids)) {
		return err
	}
	for _, id := range ids {
		n, err := records.Count(ctx, module.Where{"id": id, "product_id": product})
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "product %q has no %s with id %q", product, records.Model(), id)
		}
	}
	return nil
}
