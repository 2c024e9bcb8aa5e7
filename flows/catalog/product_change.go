package catalog

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// ProductChange is a change of a product; nil leaves a part as it is.
type ProductChange struct {
	_                 struct{}        `body:"ignored=additional_data"`
	Patch             module.Patch    `body:"columns=product"`
	Categories        *[]Ref          `json:"categories"`
	Tags              *[]Ref          `json:"tags"`
	SalesChannels     *[]Ref          `json:"sales_channels"`
	ShippingProfileID *string         `json:"shipping_profile_id" body:"null=zero"` // "" takes it away
	Images            *[]ImageChange  `json:"images"`                               // all of them
	OptionIDs         *[]string       `json:"option_ids"`
	Options           model.RawJSON   `json:"options"`  // refused: see UpdateProduct
	Variants          []VariantChange `json:"variants"` // one without an id is created
}

// ImageChange is an image that a product keeps, or a new one without an id.
type ImageChange struct {
	ID  string `json:"id"`
	URL string `json:"url" body:"required"`
}

// UpdateProduct changes a product and what belongs to it.
func (c *Catalog) UpdateProduct(ctx context.Context, id string, in *ProductChange) error {
	if in.Options != nil {
		return fault.New(fault.InvalidData, "the options of a product are changed by option_ids, or by POST /admin/products/{id}/options/batch")
	}
	return c.shop.Do(ctx, func(ctx context.Context) error {
		if err := c.shop.Product.Products.Exist(ctx, id); err != nil {
			return err
		}
		for _, step := range []func(context.Context, string, *ProductChange) error{c.patchProduct, c.sortProduct, c.setImages, c.moveProduct} {
			if err := step(ctx, id, in); err != nil {
				return err
			}
		}
		return c.changeVariants(ctx, id, in.Variants)
	})
}

// changeVariants changes variants, and creates those that have no id.
func (c *Catalog) changeVariants(ctx context.Context, id string, variants []VariantChange) error {
	var fresh []NewVariant
	for i := range variants {
		v := &variants[i]
		if v.ID != "" {
			if err := c.UpdateVariant(ctx, id, v.ID, v); err != nil {
				return err
			}
			continue
		}
		created, err := c.newVariant(v)
		if err != nil {
			return err
		}
		fresh = append(fresh, created)
	}
	if len(fresh) == 0 {
		return nil
	}
	_, err := c.CreateVariants(ctx, id, fresh...)
	return err
}

func (c *Catalog) patchProduct(ctx context.Context, id string, in *ProductChange) error {
	if len(in.Patch) == 0 {
		return nil
	}
	_, err := c.shop.Product.Products.Update(ctx, []string{id}, in.Patch)
	return err
}

// sortProduct sets the categories, tags and options.
func (c *Catalog) sortProduct(ctx context.Context, id string, in *ProductChange) error {
	products := c.shop.Product.Products
	if in.Categories != nil {
		if err := products.SetRelated(ctx, id, "categories", ids(*in.Categories)...); err != nil {
			return err
		}
	}
	if in.Tags != nil {
		if err := products.SetRelated(ctx, id, "tags", ids(*in.Tags)...); err != nil {
			return err
		}
	}
	if in.OptionIDs != nil {
		return products.SetRelated(ctx, id, "options", *in.OptionIDs...)
	}
	return nil
}

// setImages keeps the images that are named, adds those without an id, and
// removes the others. They are ranked in the given order.
func (c *Catalog) setImages(ctx context.Context, id string, in *ProductChange) error {
	if in.Images == nil {
		return nil
	}
	there, err := c.shop.Product.Images.List(ctx, module.Where{"product_id": id}, module.Page{})
	if err != nil {
		return err
	}
	var fresh []*product.Image
	for rank, i := range *in.Images {
		known := slices.ContainsFunc(there, func(old *product.Image) bool { return old.ID == i.ID })
		if !known {
			fresh = append(fresh, &product.Image{URL: i.URL, Rank: int64(rank), ProductID: id})
			continue
		}
		if _, err := c.shop.Product.Images.Update(ctx, []string{i.ID}, module.Patch{"url": i.URL, "rank": rank}); err != nil {
			return err
		}
	}
	for _, old := range there {
		if !slices.ContainsFunc(*in.Images, func(i ImageChange) bool { return i.ID == old.ID }) {
			if err := c.shop.Product.Images.SoftDelete(ctx, old.ID); err != nil {
				return err
			}
		}
	}
	return c.shop.Product.Images.Create(ctx, fresh...)
}

// moveProduct sets the sales channels and the shipping profile.
func (c *Catalog) moveProduct(ctx context.Context, id string, in *ProductChange) error {
	if in.SalesChannels != nil {
		if err := c.shop.Links.Set(ctx, link.Pair{product.Products: id, saleschannel.SalesChannels: ""}, ids(*in.SalesChannels)...); err != nil {
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
	return c.shop.Links.Set(ctx, link.Pair{product.Products: id, fulfillment.ShippingProfiles: ""}, profile...)
}

// OptionsChange is a change of the options of a product.
type OptionsChange struct {
	Add    []NewOption    `json:"add"`
	Remove []string       `json:"remove"` // with the values that the product's variants have of them
	Update []OptionChange `json:"update"`
}

// OptionChange changes which values of an option a product has.
type OptionChange struct {
	OptionID string           `json:"product_option_id" body:"required"`
	Add      []NewOptionValue `json:"add"`
	Remove   []string         `json:"remove"`
}

// NewOptionValue is a value of an option: an existing one by its id, or a new one. In
// a body, the id alone will do.
type NewOptionValue struct {
	ID    string `json:"id" body:"bare"`
	Value string `json:"value"`
}

// ChangeOptions adds options to a product, removes others, and changes the values
// of those that it has.
func (c *Catalog) ChangeOptions(ctx context.Context, id string, in *OptionsChange) error {
	return c.shop.Do(ctx, func(ctx context.Context) error {
		if err := c.shop.Product.Products.Unrelate(ctx, id, "options", in.Remove...); err != nil {
			return err
		}
		for i := range in.Update {
			if err := c.changeValues(ctx, id, &in.Update[i]); err != nil {
				return err
			}
		}
		holder := &product.Product{}
		if _, err := c.takeOptions(ctx, holder, in.Add); err != nil {
			return err
		}
		if err := c.shop.Product.Options.Create(ctx, holder.Options...); err != nil {
			return err
		}
		for _, o := range holder.Options {
			holder.ProductOptions = append(holder.ProductOptions, &product.ProductOption{ProductOptionID: o.ID, Values: o.Values})
		}
		for _, po := range holder.ProductOptions {
			po.ProductID = id
		}
		return c.shop.Product.ProductOptions.Create(ctx, holder.ProductOptions...)
	})
}
