package main

import (
	"net/http"
	"net/url"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/shop"
)

// productPage is a route that redirects: a short address for printed matter.
func productPage(s *shop.Shop, storefront string) api.Route {
	return api.Route{
		Method: http.MethodGet, Path: "/p/{handle}", Access: api.Public,
		Summary: "Redirect to the page of a product", Status: http.StatusSeeOther,
		Do: func(c *api.Call) error {
			handle := c.Param("handle")
			n, err := s.Product.Products.Count(c.Context(), module.Where{"handle": handle, "status": product.StatusPublished})
			if err != nil {
				return err
			}
			if n == 0 {
				return fault.New(fault.NotFound, "product %q was not found", fault.Clip(handle))
			}
			return c.Redirect(storefront+"/products/"+url.PathEscape(handle), http.StatusSeeOther)
		},
	}
}
