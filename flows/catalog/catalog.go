package catalog

import "github.com/gorgon-commerce/gorgon/shop"

// Catalog keeps what a shop sells: products with their variants, prices and
// places of sale.
type Catalog struct{ shop *shop.Shop }

// New returns the catalog of a shop.
func New(s *shop.Shop) *Catalog { return &Catalog{s} }
