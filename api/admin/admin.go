package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/file"
	"github.com/gorgon-commerce/gorgon/flows/catalog"
	"github.com/gorgon-commerce/gorgon/flows/exports"
	"github.com/gorgon-commerce/gorgon/flows/markets"
	"github.com/gorgon-commerce/gorgon/flows/people"
	"github.com/gorgon-commerce/gorgon/flows/shipping"
	"github.com/gorgon-commerce/gorgon/flows/stock"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/mail"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/shop"
)

// routes builds the tables; its methods are the path segments, one file each.
type routes struct {
	*shop.Shop
	catalog  *catalog.Catalog
	exports  *exports.Exports
	markets  *markets.Markets
	people   *people.People
	shipping *shipping.Shipping
	stock    *stock.Stock
	mails    mail.Config
	files    file.Config
	later    *api.Later
}

// Routes returns all routes below /admin. Invites are mailed later, and exports written; files, which has
// its defaults, says where uploads are kept.
func Routes(s *shop.Shop, mails mail.Config, files file.Config, later *api.Later) []api.Route {
	r := &routes{s, catalog.New(s), exports.New(s, files.Provider), markets.New(s), people.New(s), shipping.New(s), stock.New(s), mails, files, later}
	var out []api.Route
	for _, segment := range []func() []api.Route{
		r.orders, r.returns, r.claims, r.exchanges, r.orderEdits, r.returnReasons, r.carts,
		r.paymentCollections, r.payments, r.refundReasons,
		r.customers, r.customerGroups,
		r.products, r.productVariants, r.productOptions, r.productTags, r.productTypes, r.collections, r.productCategories,
		r.inventoryItems, r.reservations,
		r.promotions, r.campaigns, r.priceLists, r.pricePreferences,
		r.regions, r.currencies, r.locales, r.stores, r.salesChannels, r.taxRegions, r.taxRates, r.taxProviders,
		r.stockLocations, r.fulfillmentProviders, r.fulfillmentSets, r.shippingOptions, r.shippingProfiles, r.shippingOptionTypes,
		r.apiKeys, r.users, r.invites, r.uploads, r.notifications, r.featureFlags, r.shell, r.models,
		r.query, r.links,
	} {
		out = append(out, segment()...)
	}
	return out
}

// resource returns the routes of a resource that administrators may call.
func (r *routes) resource(of api.Resource) []api.Route {
	of.Access = api.Admin
	return of.Routes(r.Shop)
}

// membership is the body of routes that change which records belong to one.
type membership struct {
	Add    []string `json:"add"`
	Remove []string `json:"remove"`
}

var memberships = body.For[membership]()

// members returns a write that changes which records belong to the one whose
// id is in the path.
func members(change func(ctx context.Context, id string, in *membership) error) *api.Write {
	return api.Writes(memberships, func(ctx context.Context, c *api.Call, in *membership) (string, error) {
		return c.Param("id"), change(ctx, c.Param("id"), in)
	})
}

// relink dismisses and creates links of one record: those that a body removes
// and adds.
func (r *routes) relink(ctx context.Context, of *model.Model, id string, to *model.Model, in *membership) error {
	pairs := func(others []string) []link.Pair {
		out := make([]link.Pair, len(others))
		for i, other := range others {
			out[i] = link.Pair{of: id, to: other}
		}
		return out
	}
	if len(in.Remove) > 0 {
		if _, err := r.Links.Dismiss(ctx, pairs(in.Remove)...); err != nil {
			return err
		}
	}
	if len(in.Add) == 0 {
		return nil
	}
	_, err := r.Links.Create(ctx, pairs(in.Add)...)
	return err
}
