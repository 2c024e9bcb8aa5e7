package product

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// MoveToCollection adds products to a collection, removing them from any other, and
// removes other products from it.
func (s *Service) MoveToCollection(ctx context.Context, collection string, add, remove []string) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if err := s.Collections.Exist(ctx, collection); err != nil {
			return err
		}
		if err := s.Products.Exist(ctx, add...); err != nil {
			return err
		}
		inside, err := s.Products.List(ctx, module.Where{"id": remove, "collection_id": collection}, module.Page{})
		if err != nil {
			return err
		}
		var out []string
		for _, p := range inside {
			out = append(out, p.ID)
		}
		if _, err := s.Products.Update(ctx, out, module.Patch{"collection_id": nil}); err != nil {
			return err
		}
		_, err = s.Products.Update(ctx, add, module.Patch{"collection_id": collection})
		return err
	})
}

// SetValues replaces the values of an option. Values that the option already has are
// kept, and get the new rank.
func (s *Service) SetValues(ctx context.Context, option string, values []*OptionValue) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if found, err := s.Options.Lock(ctx, option); err != nil || len(found) == 0 {
			return err // the caller then reads the option, and gets not_found
		}
		there, err := s.OptionValues.List(ctx, module.Where{"option_id": option}, module.Page{})
		if err != nil {
			return err
		}
		for _, v := range there {
			i := slices.IndexFunc(values, func(w *OptionValue) bool { return w.Value == v.Value })
			if i < 0 {
				err = s.OptionValues.SoftDelete(ctx, v.ID)
			} else {
				_, err = s.OptionValues.Update(ctx, []string{v.ID}, module.Patch{"rank": values[i].Rank})
				values = slices.Delete(values, i, i+1)
			}
			if err != nil {
				return err
			}
		}
		for _, v := range values {
			v.OptionID = &option
		}
		return s.OptionValues.Create(ctx, values...)
	})
}

// HasValue returns a not_found error if a value is not one of the option's.
func (s *Service) HasValue(ctx context.Context, option, value string) error {
	n, err := s.OptionValues.Count(ctx, module.Where{"id": value, "option_id": option})
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "product_option %q has no value with id %q", option, value)
	}
	return err
}

// HasVariant returns a not_found error if a variant is not one of the product's.
func (s *Service) HasVariant(ctx context.Context, product, variant string) error {
	n, err := s.Variants.Count(ctx, module.Where{"id": variant, "product_id": product})
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "product %q has no variant with id %q", product, variant)
	}
	return err
}
