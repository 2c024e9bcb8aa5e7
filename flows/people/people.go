package people

import "github.com/gorgon-commerce/gorgon/shop"

// People keeps who works for a shop and who buys from it, with their logins.
type People struct{ shop *shop.Shop }

// New returns the people of a shop.
func New(s *shop.Shop) *People { return &People{s} }
