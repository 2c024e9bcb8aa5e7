package modules_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// openStore returns a store on d with the tables of all modules.
func openStore(t *testing.T, d db.DB) *module.Store {
	t.Helper()
	g := graph(t)
	if _, err := schema.New(g.Models()).Migrate(t.Context(), d, schema.Options{}); err != nil {
		t.Fatal(err)
	}
	return module.NewStore(d, g, shop.Modules...)
}

// create writes a record and everything nested in it.
func create[T any](t *testing.T, records module.Records[T], record *T) *T {
	t.Helper()
	if err := records.Create(t.Context(), record); err != nil {
		t.Fatalf("create %s: %v", records.Model(), err)
	}
	return record
}

// live returns the number of live records.
func live[T any](t *testing.T, records module.Records[T]) int64 {
	t.Helper()
	n, err := records.Count(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTablesAreMadeOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openStore(t, d)
		plan, err := schema.New(s.Graph.Models()).Plan(t.Context(), d)
		if err != nil || !plan.Empty() {
			t.Errorf("a second migration has something to do: %v\n%v", err, plan)
		}
	})
}

// An order is created with everything in it, in the form of the tables.
func TestOrderIsWrittenWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openStore(t, d)
		o := create(t, module.For[order.Order](s, order.Orders), &order.Order{
			CurrencyCode:    "eur",
			Email:           new("ada@example.com"),
			ShippingAddress: &order.Address{City: new("Paris")},
			Summary:         []*order.Summary{{Totals: []byte(`{"current_order_total":28.99}`)}},
			Items: []*order.Item{{Quantity: money.Int(2), Item: &order.LineItem{
				Title: "Mug", UnitPrice: money.Int(12), RequiresShipping: new(false),
				TaxLines: []*order.LineItemTaxLine{{Code: "vat", Rate: money.Int(20)}},
			}}},
			ShippingMethods: []*order.Shipping{{ShippingMethod: &order.ShippingMethod{Name: "Post", Amount: money.MustParse("4.99")}}},
			Transactions:    []*order.Transaction{{Amount: money.MustParse("28.99"), CurrencyCode: "eur"}},
		})
		lines := module.For[order.LineItem](s, order.LineItems)
		line, err := lines.Retrieve(t.Context(), o.Items[0].ItemID)
		if err != nil {
			t.Fatal(err)
		}
		want := []any{"Mug", "12", false, true, "ordli"}
		got := []any{line.Title, line.UnitPrice.String(), *line.RequiresShipping, *line.IsDiscountable, line.ID[:5]}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("line item: want -, got +\n%s", diff)
		}
		if o.DisplayID != 1 || o.Version != 1 || o.Status != order.StatusPending || o.Items[0].Version != 1 {
			t.Errorf("a new order has number %d, version %d, status %s, items of version %d", o.DisplayID, o.Version, o.Status, o.Items[0].Version)
		}
		if n := live(t, module.For[order.LineItemTaxLine](s, order.LineItemTaxLines)); n != 1 {
			t.Errorf("%d tax lines were written", n)
		}
	})
}

// Soft-deleting a record deletes its children, and restoring it restores them.
func TestDeletingReachesTheChildren(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openStore(t, d)
		promotions := module.For[promotion.Promotion](s, promotion.Promotions)
		methods := module.For[promotion.ApplicationMethod](s, promotion.ApplicationMethods)
		p := create(t, promotions, &promotion.Promotion{Code: "TEN", Type: promotion.TypeStandard, ApplicationMethod: &promotion.ApplicationMethod{
			Type: promotion.MethodPercentage, TargetType: promotion.TargetOrder, Value: new(money.Int(10)),
		}})
		deleteAndRestore(t, promotions, p.ID, func() int64 { return live(t, methods) }, 1)

		campaigns := module.For[promotion.Campaign](s, promotion.Campaigns)
		budgets := module.For[promotion.CampaignBudget](s, promotion.CampaignBudgets)
		c := create(t, campaigns, &promotion.Campaign{Name: "Summer", CampaignIdentifier: "summer", Budget: &promotion.CampaignBudget{Type: promotion.BudgetUsage}})
		deleteAndRestore(t, campaigns, c.ID, func() int64 { return live(t, budgets) }, 1)

		claims := module.For[order.Claim](s, order.Claims)
		items := module.For[order.ClaimItem](s, order.ClaimItems)
		mug := &order.LineItem{Title: "Mug"}
		claim := create(t, claims, &order.Claim{
			Order: &order.Order{CurrencyCode: "eur"}, Type: order.ClaimReplace, OrderVersion: 1,
			ClaimItems:      []*order.ClaimItem{{Quantity: money.Int(1), Item: mug, Reason: new(order.ReasonWrongItem)}},
			AdditionalItems: []*order.ClaimItem{{Quantity: money.Int(1), Item: mug}},
		})
		if claim.ClaimItems[0].IsAdditionalItem || !claim.AdditionalItems[0].IsAdditionalItem {
			t.Error("the items of a claim were written into the wrong list")
		}
		deleteAndRestore(t, claims, claim.ID, func() int64 { return live(t, items) }, 2)

		lists := module.For[pricing.PriceList](s, pricing.PriceLists)
		prices := module.For[pricing.Price](s, pricing.Prices)
		l := create(t, lists, &pricing.PriceList{Title: "Sale", Prices: []*pricing.Price{{CurrencyCode: "eur", PriceSet: &pricing.PriceSet{}}, {CurrencyCode: "usd", PriceSet: &pricing.PriceSet{}}}})
		deleteAndRestore(t, lists, l.ID, func() int64 { return live(t, prices) }, 2)
	})
}

// deleteAndRestore deletes the only record that has children, and restores it.
func deleteAndRestore[T any](t *testing.T, records module.Records[T], id string, children func() int64, want int64) {
	t.Helper()
	if err := records.SoftDelete(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if n := children(); n != 0 {
		t.Errorf("%d children of a deleted %s are live", n, records.Model())
	}
	if err := records.Restore(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if n := children(); n != want {
		t.Errorf("%d children of a restored %s are live, want %d", n, records.Model(), want)
	}
}

// The defaults of a new record that are not the zero value.
func TestDefaults(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := openStore(t, d)
		g := create(t, module.For[region.Region](s, region.Regions), &region.Region{Name: "Europe", CurrencyCode: "eur"})
		p := create(t, module.For[product.Product](s, product.Products), &product.Product{
			Title: "Mug", Handle: "mug", Variants: []*product.Variant{{Title: "Blue"}, {Title: "Red", ManageInventory: new(false)}},
		})
		f := create(t, module.For[fulfillment.Fulfillment](s, fulfillment.Fulfillments), &fulfillment.Fulfillment{LocationID: "sloc_1"})
		c := create(t, module.For[payment.Collection](s, payment.Collections), &payment.Collection{
			CurrencyCode: "eur", Amount: money.Int(10), PaymentSessions: []*payment.Session{{CurrencyCode: "eur", ProviderID: "pp_system_default"}},
		})
		want := []any{true, true, product.StatusDraft, true, false, int64(0), true, payment.CollectionNotPaid, payment.SessionPending, "{}"}
		got := []any{
			*g.AutomaticTaxes, *p.Discountable, p.Status, *p.Variants[0].ManageInventory, *p.Variants[1].ManageInventory, *p.Variants[0].VariantRank,
			*f.RequiresShipping, c.Status, c.PaymentSessions[0].Status, string(c.PaymentSessions[0].Data),
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("want -, got +\n%s", diff)
		}
	})
}
