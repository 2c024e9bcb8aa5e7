package flows

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// ProductChange is a change of a product; nil leaves a part as it is.
type ProductChange struct {
	ID                string
	Patch             module.Patch
	Categories        *[]Ref
	Tags              *[]Ref
	SalesChannels     *[]Ref
	ShippingProfileID *string           // "" takes it away
	Images            *[]*product.Image // all of them; one without an id is new
	OptionIDs         *[]string
	NewVariants       []NewVariant
	Variants          []VariantChange
}

// UpdateProduct changes a product and what belongs to it.
func (f *Flows) UpdateProduct(ctx context.Context, in *ProductChange) error {
	return f.do(ctx, func(ctx context.Context) error {
		if err := f.Products.Products.Exist(ctx, in.ID); err != nil {
			return err
		}
		for _, step := range []func(context.Context, *ProductChange) error{f.patchProduct, f.sortProduct, f.setImages, f.moveProduct} {
			if err := step(ctx, in); err != nil {
				return err
			}
		}
		for _, v := range in.Variants {
			if err := f.UpdateVariant(ctx, in.ID, v); err != nil {
				return err
			}
		}
		if len(in.NewVariants) == 0 {
			return nil
		}
		_, err := f.CreateVariants(ctx, in.ID, in.NewVariants...)
		return err
	})
}

func (f *Flows) patchProduct(ctx context.Context, in *ProductChange) error {
	if len(in.Patch) == 0 {
		return nil
	}
	_, err := f.Products.Products.Update(ctx, []string{in.ID}, in.Patch)
	return err
}

// sortProduct sets the categories, tags and options.
func (f *Flows) sortProduct(ctx context.Context, in *ProductChange) error {
	products := f.Products.Products
	if in.Categories != nil {
		if err := products.SetRelated(ctx, in.ID, "categories", ids(*in.Categories)...); err != nil {
			return err
		}
	}
	if in.Tags != nil {
		if err := products.SetRelated(ctx, in.ID, "tags", ids(*in.Tags)...); err != nil {
			return err
		}
	}
	if in.OptionIDs != nil {
		return products.SetRelated(ctx, in.ID, "options", *in.OptionIDs...)
	}
	return nil
}

// setImages keeps the images that are named, adds those without an id, and
// removes the others. They are ranked as they come.
func (f *Flows) setImages(ctx context.Context, in *ProductChange) error {
	if in.Images == nil {
		return nil
	}
	there, err := f.Products.Images.List(ctx, module.Where{"product_id": in.ID}, module.Page{})
	if err != nil {
		return err
	}
	var fresh []*product.Image
	for rank, i := range *in.Images {
		known := slices.ContainsFunc(there, func(old *product.Image) bool { return old.ID == i.ID })
		if !known {
			fresh = append(fresh, &product.Image{URL: i.URL, Rank: int64(rank), ProductID: in.ID})
			continue
		}
		if _, err := f.Products.Images.Update(ctx, []string{i.ID}, module.Patch{"url": i.URL, "rank": rank}); err != nil {
			return err
		}
	}
	for _, old := range there {
		if !slices.ContainsFunc(*in.Images, func(i *product.Image) bool { return i.ID == old.ID }) {
			if err := f.Products.Images.SoftDelete(ctx, old.ID); err != nil {
				return err
			}
		}
	}
	return f.Products.Images.Create(ctx, fresh...)
}

// moveProduct sets the sales channels and the shipping profile.
func (f *Flows) moveProduct(ctx context.Context, in *ProductChange) error {
	if in.SalesChannels != nil {
		if err := f.setLinks(ctx, link.Pair{product.Products: in.ID, saleschannel.SalesChannels: ""}, ids(*in.SalesChannels)); err != nil {
			return err
		}
	}
	if in.ShippingProfileID == nil {
		return nil
	}
	var profile []string
	if *in.ShippingProfileID != "" {
		profile = append(profile, *in.ShippingProfileID)
	}
	return f.setLinks(ctx, link.Pair{product.Products: in.ID, fulfillment.ShippingProfiles: ""}, profile)
}

// ChangeOptions gives a product more options, and takes others away with the
// values its variants have of them.
func (f *Flows) ChangeOptions(ctx context.Context, id string, add []NewOption, remove []string) error {
	return f.do(ctx, func(ctx context.Context) error {
		if err := f.Products.Products.Unrelate(ctx, id, "options", remove...); err != nil {
			return err
		}
		holder := &product.Product{}
		if _, err := f.takeOptions(ctx, holder, add); err != nil {
			return err
		}
		if err := f.Products.Options.Create(ctx, holder.Options...); err != nil {
			return err
		}
		for _, o := range holder.Options {
			holder.ProductOptions = append(holder.ProductOptions, &product.ProductOption{ProductOptionID: o.ID, Values: o.Values})
		}
		for _, po := range holder.ProductOptions {
			po.ProductID = id
		}
		return f.Products.ProductOptions.Create(ctx, holder.ProductOptions...)
	})
}
