package product

import "github.com/gorgon-commerce/gorgon/model"

// Option is a choice between variants, such as the size. An exclusive option
// belongs to one product; others are shared and have unique titles.
type Option struct {
	model.Base
	Title       string `json:"title" model:"searchable,index"`
	IsExclusive bool   `json:"is_exclusive" model:"default=false,index"`

	Products []*Product     `json:"products,omitzero" model:"through=product_product_option.product_option_id.product_id"`
	Values   []*OptionValue `json:"values,omitzero" model:"many=option_id"`
}

// Options is the model of Option: entity product_option, ids opt_….
var Options = model.Define[Option]("product_option").
	Listed().
	WithPrefix("opt").
	UniqueWhere("NOT is_exclusive", "title").
	Cascades("values")

// OptionValue is one of the values of an option, such as M.
type OptionValue struct {
	model.Base
	Value    string  `json:"value" model:"searchable,index"`
	Rank     *int64  `json:"rank"`
	OptionID *string `json:"option_id"`

	Option         *Option          `json:"option,omitzero" model:"belongs,cascade"`
	Variants       []*Variant       `json:"variants,omitzero" model:"through=product_variant_option.option_value_id.variant_id"`
	ProductOptions []*ProductOption `json:"product_options,omitzero" model:"through=product_product_option_value.product_option_value_id.product_product_option_id"`
}

// OptionValues is the model of OptionValue: entity product_option_value, ids
// optval_….
var OptionValues = model.Define[OptionValue]("product_option_value").
	Listed().
	WithPrefix("optval").
	Unique("option_id", "value")

// RankedValues returns new values of an option with their ranks. The default rank of
// a value is its position in the list.
func RankedValues(texts []string, ranks map[string]int64) []*OptionValue {
	out := make([]*OptionValue, len(texts))
	for i, text := range texts {
		rank, ok := ranks[text]
		if !ok {
			rank = int64(i)
		}
		out[i] = &OptionValue{Value: text, Rank: &rank}
	}
	return out
}

// ProductOption gives a product an option.
type ProductOption struct {
	model.Record
	ProductID       string `json:"product_id"`
	ProductOptionID string `json:"product_option_id"`

	Product       *Product       `json:"product,omitzero" model:"belongs"`
	ProductOption *Option        `json:"product_option,omitzero" model:"belongs"`
	Values        []*OptionValue `json:"values,omitzero" model:"through=product_product_option_value.product_product_option_id.product_option_value_id"`
}

// ProductOptions is the model of ProductOption: entity product_product_option,
// ids prodopt_….
var ProductOptions = model.Define[ProductOption]("product_product_option").WithPrefix("prodopt")

// ProductOptionValue selects a value of an option for a product.
type ProductOptionValue struct {
	model.Record
	ProductProductOptionID string `json:"product_product_option_id"`
	ProductOptionValueID   string `json:"product_option_value_id"`

	ProductProductOption *ProductOption `json:"product_product_option,omitzero" model:"belongs"`
	ProductOptionValue   *OptionValue   `json:"product_option_value,omitzero" model:"belongs"`
}

// ProductOptionValues is the model of ProductOptionValue: entity
// product_product_option_value, ids prodoptval_….
var ProductOptionValues = model.Define[ProductOptionValue]("product_product_option_value").
	WithPrefix("prodoptval")
