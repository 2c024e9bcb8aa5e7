package catalog

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// Ref is a record named by its id.
type Ref struct {
	ID string `json:"id" body:"required"`
}

func ids(refs []Ref) []string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = r.ID
	}
	return out
}

// NewProduct is a product to be created, with all that belongs to it.
type NewProduct struct {
	product.Product
	_                 struct{}       `body:"ignored=additional_data"`
	Status            product.Status `json:"status" body:"null,enum=draft|proposed|published|rejected"` // "" is draft
	Options           []NewOption    `json:"options"`
	Variants          []NewVariant   `json:"variants"`
	Categories        []Ref          `json:"categories"`
	Tags              []Ref          `json:"tags"`
	Images            []NewImage     `json:"images"`
	SalesChannels     []Ref          `json:"sales_channels"`
	ShippingProfileID string         `json:"shipping_profile_id"`
}

// NewImage is an image of a product to be created.
type NewImage struct {
	URL string `json:"url" body:"required"`
}

// NewOption is an option of a product to be created: one of its own, with a
// title and values, or one that is there, with some of its values or all. In a
// body, the id of the latter alone will do.
type NewOption struct {
	product.Option
	ID          string           `json:"id" body:"bare"`
	IsExclusive *bool            `json:"is_exclusive"` // an option of its own is, unless it says otherwise
	Values      []string         `json:"values"`
	Ranks       map[string]int64 `json:"ranks"` // of values; their order without
	ValueIDs    []string         `json:"value_ids"`
}

// CreateProduct creates a product with its options, variants, prices, and links
// to sales channels and a shipping profile. It returns the product's id.
func (c *Catalog) CreateProduct(ctx context.Context, in *NewProduct) (string, error) {
	p := &in.Product
	p.Status = in.Status
	for _, of := range in.Categories {
		p.Categories = append(p.Categories, &product.Category{Base: base(of.ID)})
	}
	for _, of := range in.Tags {
		p.Tags = append(p.Tags, &product.Tag{Base: base(of.ID)})
	}
	for _, of := range in.Images {
		p.Images = append(p.Images, &product.Image{URL: of.URL})
	}
	err := c.shop.Do(ctx, func(ctx context.Context) error {
		choices, err := c.takeOptions(ctx, p, in.Options)
		if err != nil {
			return err
		}
		for i := range in.Variants {
			v := &in.Variants[i]
			if v.Variant.Options, err = choices.choose(v.Title, v.Options); err != nil {
				return err
			}
			p.Variants = append(p.Variants, &v.Variant)
		}
		if err := c.shop.Product.Products.Create(ctx, p); err != nil {
			return err
		}
		if err := c.price(ctx, in.Variants); err != nil {
			return err
		}
		if err := c.stock(ctx, in.Variants); err != nil {
			return err
		}
		return c.place(ctx, p.ID, in)
	})
	return p.ID, err
}

// place links a new product to its sales channels and shipping profile.
func (c *Catalog) place(ctx context.Context, id string, in *NewProduct) error {
	var pairs []link.Pair
	for _, channel := range in.SalesChannels {
		pairs = append(pairs, link.Pair{product.Products: id, saleschannel.SalesChannels: channel.ID})
	}
	if in.ShippingProfileID != "" {
		pairs = append(pairs, link.Pair{product.Products: id, fulfillment.ShippingProfiles: in.ShippingProfileID})
	}
	if len(pairs) == 0 {
		return nil
	}
	_, err := c.shop.Links.Create(ctx, pairs...)
	return err
}

// takeOptions gives a new product its options: its own are nested in it,
// existing ones are referred to. It returns what variants can choose from.
func (c *Catalog) takeOptions(ctx context.Context, p *product.Product, options []NewOption) (choices, error) {
	out := choices{}
	for i := range options {
		o := &options[i]
		if o.ID == "" {
			if err := ownOption(o); err != nil {
				return nil, err
			}
			p.Options = append(p.Options, &o.Option)
			out.add(o.Title, o.Option.Values)
			continue
		}
		option, values, err := c.optionOf(ctx, o.ID, o.ValueIDs)
		if err != nil {
			return nil, err
		}
		p.ProductOptions = append(p.ProductOptions, &product.ProductOption{ProductOptionID: o.ID, Values: values})
		out.add(option.Title, values)
	}
	return out, nil
}

// ownOption completes an option of the product's own.
func ownOption(o *NewOption) error {
	if o.Title == "" || o.Values == nil {
		return fault.New(fault.InvalidData, "an option needs a title and values, or the id of an existing option")
	}
	o.Option.IsExclusive = o.IsExclusive == nil || *o.IsExclusive
	o.Option.Values = product.RankedValues(o.Values, o.Ranks)
	return nil
}

// optionOf returns an option and some of its values, or all.
func (c *Catalog) optionOf(ctx context.Context, id string, only []string) (*product.Option, []*product.OptionValue, error) {
	option, err := c.shop.Product.Options.Retrieve(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	where := module.Where{"option_id": id}
	if len(only) > 0 {
		where["id"] = only
	}
	values, err := c.shop.Product.OptionValues.List(ctx, where, module.Page{Order: []string{"rank"}})
	if err == nil && len(only) > 0 && len(values) < len(only) {
		err = fault.New(fault.InvalidData, "option %q does not have all of the values %v", option.Title, only)
	}
	return option, values, err
}

// base returns the base of a record that refers to an existing one.
func base(id string) model.Base { return model.Base{Record: model.Record{ID: id}} }

// choices are the values of options, by the option's title and their text.
type choices map[string]map[string]*product.OptionValue

func (c choices) add(title string, values []*product.OptionValue) {
	c[title] = map[string]*product.OptionValue{}
	for _, v := range values {
		c[title][v.Value] = v
	}
}

// choose returns the values that a variant has: {"Size": "M"}.
func (c choices) choose(variant string, wanted map[string]string) ([]*product.OptionValue, error) {
	var out []*product.OptionValue
	for title, text := range wanted {
		v := c[title][text]
		switch {
		case c[title] == nil:
			return nil, fault.New(fault.InvalidData, "variant %q has the option %q, which its product does not have", variant, title)
		case v == nil:
			return nil, fault.New(fault.InvalidData, "variant %q: option %q has no value %q", variant, title, text)
		}
		out = append(out, v)
	}
	return out, nil
}
