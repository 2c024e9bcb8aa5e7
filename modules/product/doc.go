// Package product holds what a shop sells.
//
// A Product has options, such as color and size, and variants: one for each
// combination of values that can be bought. Prices and stock are linked to variants.
//
//	Product{Title: "T-shirt"}
//	├── Option{Title: "Size"} ── OptionValue{Value: "S"}, OptionValue{Value: "M"}
//	└── Variant{Title: "M", SKU: "SHIRT-M"} ── options: OptionValue{Value: "M"}
//
// An option can be shared by many products, unless it is exclusive. So options and
// products are many to many: ProductOption gives a product an option, and
// ProductOptionValue selects the values that the product comes in.
//
// A product has any number of categories, which form a tree, and of tags, and at most
// one collection and one type. An Image belongs to a product and can be shown for
// some of its variants only (VariantImage).
//
// Among live records, the handles of products, categories and collections are unique,
// and so are the SKU, EAN, UPC and barcode of variants.
package product
