package flows

import (
	"context"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

// Ref is a record named by its id.
type Ref struct {
	ID string `json:"id"`
}

func ids(refs []Ref) []string {
	out := make([]string, len(refs))
	for i, r := range refs {
		out[i] = r.ID
	}
	return out
}

// NewProduct is a product to be made, with all that belongs to it.
type NewProduct struct {
	product.Product
	Options           []NewOption  `json:"options"`
	Variants          []NewVariant `json:"variants"`
	SalesChannels     []Ref        `json:"sales_channels"`
	ShippingProfileID string       `json:"shipping_profile_id"`
}

// NewOption is an option of a product to be made: one of its own, with a title
// and values, or one that is there, with some of its values or all.
type NewOption struct {
	product.Option
	Values   []string         `json:"values"`
	Ranks    map[string]int64 `json:"ranks"` // of values; their order without
	ValueIDs []string         `json:"value_ids"`
}

// CreateProduct makes a product with its options, variants, prices, and links
// to sales channels and a shipping profile.
func (f *Flows) CreateProduct(ctx context.Context, in *NewProduct) (string, error) {
	p := &in.Product
	err := f.do(ctx, func(ctx context.Context) error {
		choices, err := f.takeOptions(ctx, p, in.Options)
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
		if err := f.Products.Products.Create(ctx, p); err != nil {
			return err
		}
		if err := f.price(ctx, in.Variants); err != nil {
			return err
		}
		return f.place(ctx, p.ID, in)
	})
	return p.ID, err
}

// place links a new product to where it is sold and how it is sent.
func (f *Flows) place(ctx context.Context, id string, in *NewProduct) error {
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
	_, err := f.Links.Create(ctx, pairs...)
	return err
}

// takeOptions gives a new product its options: its own are nested in it, those
// that are there are referred to. It answers what variants can choose.
func (f *Flows) takeOptions(ctx context.Context, p *product.Product, options []NewOption) (choices, error) {
	out := choices{}
	for i := range options {
		o := &options[i]
		if o.ID == "" {
			ownOption(o)
			p.Options = append(p.Options, &o.Option)
			out.add(o.Title, o.Option.Values)
			continue
		}
		option, values, err := f.optionOf(ctx, o.ID, o.ValueIDs)
		if err != nil {
			return nil, err
		}
		p.ProductOptions = append(p.ProductOptions, &product.ProductOption{ProductOptionID: o.ID, Values: values})
		out.add(option.Title, values)
	}
	return out, nil
}

// ownOption makes the records of an option's values. It is the product's own
// unless it says otherwise.
func ownOption(o *NewOption) {
	for i, text := range o.Values {
		rank, ok := o.Ranks[text]
		if !ok {
			rank = int64(i)
		}
		o.Option.Values = append(o.Option.Values, &product.OptionValue{Value: text, Rank: &rank})
	}
}

// optionOf reads an option and some of its values, or all.
func (f *Flows) optionOf(ctx context.Context, id string, only []string) (*product.Option, []*product.OptionValue, error) {
	option, err := f.Products.Options.Retrieve(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	where := module.Where{"option_id": id}
	if len(only) > 0 {
		where["id"] = only
	}
	values, err := f.Products.OptionValues.List(ctx, where, module.Page{Order: []string{"rank"}})
	if err == nil && len(only) > 0 && len(values) < len(only) {
		err = fault.New(fault.InvalidData, "option %q does not have all of the values %v", option.Title, only)
	}
	return option, values, err
}

// choices are the values of options, by the option's title and their text.
type choices map[string]map[string]*product.OptionValue

func (c choices) add(title string, values []*product.OptionValue) {
	c[title] = map[string]*product.OptionValue{}
	for _, v := range values {
		c[title][v.Value] = v
	}
}

// choose finds the values that a variant is: {"Size": "M"}.
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

// DeleteProduct soft-deletes products with their variants, prices and links.
func (f *Flows) DeleteProduct(ctx context.Context, ids ...string) error {
	return f.do(ctx, func(ctx context.Context) error {
		variants, err := f.Products.Variants.List(ctx, module.Where{"product_id": ids}, module.Page{})
		if err != nil {
			return err
		}
		of := make([]string, len(variants))
		for i, v := range variants {
			of[i] = v.ID
		}
		if err := remove(ctx, f, f.Products.Variants, of...); err != nil {
			return err
		}
		return remove(ctx, f, f.Products.Products, ids...)
	})
}
