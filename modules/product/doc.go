// Package product holds what a shop sells.
//
// A Product has options, such as color and size, and variants: one for each
// choice of values that can be bought. Prices and stock are not here; they hang
// on the variant by links.
//
//	Product{Title: "T-shirt"}
//	├── Option{Title: "Size"} ── OptionValue{Value: "S"}, OptionValue{Value: "M"}
//	└── Variant{Title: "M", SKU: "SHIRT-M"} ── options: OptionValue{Value: "M"}
//
// An option may be shared by many products, unless it is exclusive. So options
// and products are many to many: ProductOption gives a product an option, and
// ProductOptionValue chooses those of its values that the product comes in.
//
// Products are sorted by a tree of categories, at most one collection, at most
// one type, and any number of tags. An Image belongs to a product and can be
// shown for some of its variants only (VariantImage).
//
// Handles of products, categories and collections are unique, and so are SKU,
// EAN, UPC and barcode of variants. Deleted records do not count.
package product
