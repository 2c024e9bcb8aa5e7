package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/product"
)

var assignments = body.For[product.Assignment]()

// variantImages say which images of a product show which of its variants.
func (r *routes) variantImages() []api.Route {
	return []api.Route{
		r.assignment("/admin/products/{id}/variants/{variant_id}/images/batch", "Assign images of a product to a variant",
			func(ctx context.Context, c *api.Call, in *product.Assignment) error {
				return r.Product.AssignImages(ctx, c.Param("id"), c.Param("variant_id"), *in)
			}),
		r.assignment("/admin/products/{id}/images/{image_id}/variants/batch", "Assign an image of a product to variants",
			func(ctx context.Context, c *api.Call, in *product.Assignment) error {
				return r.Product.AssignVariants(ctx, c.Param("id"), c.Param("image_id"), *in)
			}),
	}
}

func (r *routes) assignment(path, summary string, assign func(ctx context.Context, c *api.Call, in *product.Assignment) error) api.Route {
	return api.Route{
		Method: http.MethodPost, Path: path, Access: api.Admin, Summary: summary, Body: assignments.Object(),
		Answer: api.Answer{Body: body.Object{body.Required("added", body.List(body.Text)), body.Required("removed", body.List(body.Text))}},
		Do: func(c *api.Call) error {
			in, err := api.Decode(c, assignments)
			if err != nil {
				return err
			}
			if err := assign(c.Context(), c, in); err != nil {
				return err
			}
			return c.JSON(struct {
				Added   []string `json:"added"`
				Removed []string `json:"removed"`
			}{append([]string{}, in.Add...), append([]string{}, in.Remove...)})
		},
	}
}
