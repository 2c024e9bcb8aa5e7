package shipping

import "github.com/gorgon-commerce/gorgon/shop"

// Shipping keeps how a shop ships.
type Shipping struct{ shop *shop.Shop }

// New returns the shipping of a shop.
func New(s *shop.Shop) *Shipping { return &Shipping{s} }
