package markets

import "github.com/gorgon-commerce/gorgon/shop"

// Markets keeps where a shop sells and ships from: stores, regions, sales channels,
// stock locations, and taxes.
type Markets struct{ shop *shop.Shop }

// New returns the markets of a shop.
func New(s *shop.Shop) *Markets { return &Markets{s} }
