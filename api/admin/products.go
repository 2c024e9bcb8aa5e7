package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
)

// productFilters are names of filters on products.
var productFilters = api.Aliases{
	"category_id": "categories.id", "tag_id": "tags.id", "sales_channel_id": "sales_channels.id", "option_id": "options.id",
	"option_value_id": "options.values.id", "price_list_id": "variants.prices.price_list_id",
}

const productFields = `id, title, subtitle, status, external_id, description, handle, is_giftcard, discountable, thumbnail, collection_id, type_id,
	weight, length, height, width, hs_code, origin_country, mid_code, material, created_at, updated_at, deleted_at, metadata,
	type.*, collection.*, options{*, values.*}, tags.*, images.*,
	variants{*, prices{*, price_rules{value, attribute}}, options.*, images.*}, sales_channels.*`

func (r *routes) productResource() api.Resource {
	return api.Resource{
		One: "product", Many: "products", Path: "/admin/products", Entity: "product", Access: api.Admin, Limit: 50,
		Fields: api.Fields(productFields), Filters: productFilters,
		Create: &api.Write{Body: productBody, Do: func(ctx context.Context, _ *api.Call, v api.Values) (string, error) {
			return r.createProduct(ctx, v)
		}},
		Update: &api.Write{Body: productChangeBody, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("id"), r.updateProduct(ctx, c.Param("id"), v)
		}},
		Delete: r.Flows.DeleteProduct,
	}
}

func (r *routes) products() []api.Route {
	products := r.productResource()
	return append(products.Routes(r.Shop), r.productBatch(), r.productOptions(), products.Action(r.Shop, "/options/batch",
		"Change the options of a product", api.Body{
			api.May("add", api.List(api.Text.Or(ownOption).Or(sharedOption))), api.May("remove", api.IDs),
		},
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("id"), r.changeOptions(ctx, c.Param("id"), v)
		}))
}

func (r *routes) createProduct(ctx context.Context, v api.Values) (string, error) {
	in := &flows.NewProduct{}
	v = v.Without("additional_data")
	if v["status"] == nil {
		delete(v, "status")
	}
	own(v.Objects("options"))
	if err := v.Into(in); err != nil {
		return "", err
	}
	return r.Flows.CreateProduct(ctx, in)
}

// own makes the options that a body spells out the product's own, unless it
// says otherwise.
func own(options []api.Values) {
	for _, o := range options {
		if !o.Has("is_exclusive") && !o.Has("id") {
			o["is_exclusive"] = true
		}
	}
}

func (r *routes) updateProduct(ctx context.Context, id string, v api.Values) error {
	var parts struct {
		Categories    *[]flows.Ref      `json:"categories"`
		Tags          *[]flows.Ref      `json:"tags"`
		SalesChannels *[]flows.Ref      `json:"sales_channels"`
		Images        *[]*product.Image `json:"images"`
		OptionIDs     *[]string         `json:"option_ids"`
	}
	if v.Has("options") {
		return fault.New(fault.InvalidData, "the options of a product are changed by option_ids, or by POST /admin/products/{id}/options/batch")
	}
	if err := v.Into(&parts); err != nil {
		return err
	}
	in := &flows.ProductChange{
		ID: id, Patch: v.Patch(productColumns...), Categories: parts.Categories, Tags: parts.Tags, SalesChannels: parts.SalesChannels,
		Images: parts.Images, OptionIDs: parts.OptionIDs,
	}
	if v.Has("shipping_profile_id") {
		in.ShippingProfileID = new(v.Text("shipping_profile_id"))
	}
	for _, o := range v.Objects("variants") {
		if !o.Has("id") {
			var fresh flows.NewVariant
			if err := o.Into(&fresh); err != nil {
				return err
			}
			in.NewVariants = append(in.NewVariants, fresh)
			continue
		}
		change, err := variantChange(o.Text("id"), o)
		if err != nil {
			return err
		}
		in.Variants = append(in.Variants, change)
	}
	return r.Flows.UpdateProduct(ctx, in)
}

// productBatch creates, changes and deletes products at once.
func (r *routes) productBatch() api.Route {
	return api.Route{
		Method: http.MethodPost, Path: "/admin/products/batch", Access: api.Admin, Summary: "Create, change and delete products",
		Body: api.Body{
			api.May("create", api.List(api.Object(productBody))),
			api.May("update", api.List(api.Object(productChangeBody.With(api.Must("id", api.Text))))),
			api.May("delete", api.IDs),
		},
		Answer: api.Answer{Body: batchAnswer},
		Do: func(c *api.Call) error {
			return r.batch(c, "product", api.Fields(productFields), func(ctx context.Context, v api.Values) (out batch, err error) {
				for _, o := range v.Objects("create") {
					id, err := r.createProduct(ctx, o)
					if err != nil {
						return out, err
					}
					out.created = append(out.created, id)
				}
				for _, o := range v.Objects("update") {
					if err := r.updateProduct(ctx, o.Text("id"), o); err != nil {
						return out, err
					}
					out.updated = append(out.updated, o.Text("id"))
				}
				out.deleted = v.Texts("delete")
				return out, r.Flows.DeleteProduct(ctx, out.deleted...)
			})
		},
	}
}

func (r *routes) productOptions() api.Route {
	options := api.Resource{
		One: "product_option", Many: "product_options", Path: "/admin/products/{id}/options", Entity: "product_option", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, title"),
		Scope:  func(c *api.Call) (query.Filters, error) { return query.Filters{"products.id": c.Param("id")}, nil },
	}
	return options.ListRoute(r.Shop)
}

// changeOptions adds options to a product, those that are there by their ids
// and new ones by what they are, and takes others away.
func (r *routes) changeOptions(ctx context.Context, id string, v api.Values) error {
	var add []flows.NewOption
	list, _ := v["add"].([]any)
	for _, e := range list {
		var o flows.NewOption
		switch e := e.(type) {
		case string:
			o.ID = e
		case api.Values:
			own([]api.Values{e})
			if err := e.Into(&o); err != nil {
				return err
			}
		}
		add = append(add, o)
	}
	return r.Flows.ChangeOptions(ctx, id, add, v.Texts("remove"))
}
