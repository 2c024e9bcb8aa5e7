package demo_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/region"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/verify"
)

const few = 60 // orders: enough for every fate

func TestCounts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		res := s.seed(t, few)
		got := map[string]int64{}
		for _, c := range res.Counts {
			got[c.Entity] = c.N
		}
		want := map[string]int64{"orders": few, "carts": few, "customers": 10, "products": 20, "regions": 2, "sales_channels": 3}
		for entity, n := range want {
			if got[entity] != n {
				t.Errorf("%d %s, want %d", got[entity], entity, n)
			}
		}
		for _, entity := range []string{"returns", "order_claims", "order_exchanges", "payment_collections", "fulfillments", "promotions", "product_variants"} {
			if got[entity] == 0 {
				t.Errorf("there are no %s", entity)
			}
		}
		if n := one[int64](t, s, "SELECT count(*) FROM region_country"); n != 250 {
			t.Errorf("%d countries, want 250", n)
		}
		if n := one[int64](t, s, "SELECT count(*) FROM currency"); n != int64(len(currency.World)) {
			t.Errorf("%d currencies, want %d", n, len(currency.World))
		}
		if res.Already || res.Seed != 1 || res.Orders != few {
			t.Errorf("the result is %+v", res)
		}
		wantSound(t, s)
		everyLinkHasRows(t, s)
	})
}

// wantSound has verify look at the whole database.
func wantSound(t *testing.T, s *emptyShop) {
	t.Helper()
	report, err := verify.Run(t.Context(), s.Store, verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range report.Problems {
		t.Error(p)
	}
}

func TestASecondRunChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		first := s.seed(t, few)
		before := digests(t, s)
		again, err := demo.Seed(t.Context(), s.Shop, demo.Options{Seed: 7, Orders: 9})
		if err != nil {
			t.Fatal(err)
		}
		if !again.Already {
			t.Error("the second run says that it made the demo")
		}
		again.Already = false
		if diff := cmp.Diff(first, again); diff != "" {
			t.Errorf("the second run tells another demo: first -, second +\n%s", diff)
		}
		if diff := cmp.Diff(before, digests(t, s)); diff != "" {
			t.Errorf("the second run changed rows: before -, after +\n%s", diff)
		}
	})
}

func TestAShopOfTheUsersOwnIsRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		o := &order.Order{CurrencyCode: "eur"}
		if err := module.For[order.Order](s.Store, order.Orders).Create(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		wantRefused(t, s, "1 orders", "--database")
		if err := module.For[order.Order](s.Store, order.Orders).SoftDelete(t.Context(), o.ID); err != nil {
			t.Fatal(err)
		}
		wantRefused(t, s, "1 orders")
		if err := module.For[order.Order](s.Store, order.Orders).Delete(t.Context(), o.ID); err != nil {
			t.Fatal(err)
		}
		if err := module.For[product.Product](s.Store, product.Products).Create(t.Context(), &product.Product{Title: "Mug", Handle: "mug"}); err != nil {
			t.Fatal(err)
		}
		wantRefused(t, s, "1 products")
		if n := one[int64](t, s, "SELECT count(*) FROM sales_channel"); n != 0 {
			t.Errorf("%d sales channels were written", n)
		}
	})
}

func wantRefused(t *testing.T, s *emptyShop, says ...string) {
	t.Helper()
	_, err := demo.Seed(t.Context(), s.Shop, demo.Options{Orders: few})
	var f *fault.Error
	if !errors.As(err, &f) || f.Type != fault.NotAllowed {
		t.Fatalf("error %v, want one of type not_allowed", err)
	}
	for _, text := range says {
		if !strings.Contains(f.Message, text) {
			t.Errorf("message %q does not say %q", f.Message, text)
		}
	}
}

// A channel whose metadata is the shop's own is no mark of a demo.
func TestMetadataOfAShopIsNoMark(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	channel := &saleschannel.SalesChannel{Name: "Web"}
	channel.Metadata = []byte(`["gorgon_demo"]`)
	if err := module.For[saleschannel.SalesChannel](s.Store, saleschannel.SalesChannels).Create(t.Context(), channel); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, s, "1 sales_channels")
}

// What the configuration has made before is taken as it is.
func TestCountriesAndProvidersMayBeThere(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		if _, err := region.New(s.Store).AddWorld(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"payment_provider", "fulfillment_provider"} {
			id := map[string]string{"payment_provider": "pp_system_default", "fulfillment_provider": "manual_manual"}[table]
			if _, err := d.Exec(t.Context(), "INSERT INTO "+table+" (id, created_at, updated_at) VALUES ('"+id+"', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')"); err != nil {
				t.Fatal(err)
			}
		}
		s.seed(t, 10)
		if n := one[int64](t, s, "SELECT count(*) FROM payment_provider"); n != 3 {
			t.Errorf("%d payment providers, want 3", n)
		}
		wantSound(t, s)
	})
}

func TestACanceledRunLeavesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		ctx, cancel := context.WithCancel(t.Context())
		_, err := demo.Seed(ctx, s.Shop, demo.Options{Orders: 260, Progress: func(done, _ int) {
			if done > 0 {
				cancel()
			}
		}})
		if err == nil {
			t.Fatal("the run went on")
		}
		for _, m := range s.Store.Graph.Models() {
			if n := one[int64](t, s, "SELECT count(*) FROM "+d.Dialect().Quote(m.Table)); n != 0 {
				t.Errorf("%d rows of %s were left", n, m.Table)
			}
		}
		s.seed(t, 10) // and the next one has its place
	})
}

func TestProgress(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	var told [][2]int
	_, err := demo.Seed(t.Context(), s.Shop, demo.Options{Orders: 260, Progress: func(done, total int) { told = append(told, [2]int{done, total}) }})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][2]int{{0, 260}, {250, 260}, {260, 260}}, told); diff != "" {
		t.Errorf("progress: want -, got +\n%s", diff)
	}
}

func TestOptionsOutOfBounds(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	for _, orders := range []int{-1, demo.MaxOrders + 1} {
		_, err := demo.Seed(t.Context(), s.Shop, demo.Options{Orders: orders})
		if fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("%d orders: error %v, want invalid_data", orders, err)
		}
	}
}

// Whatever the seed, the shop holds together.
func TestManySeeds(t *testing.T) {
	t.Parallel()
	for _, seed := range []int64{-1 << 63, 2, 1<<63 - 1} {
		s := seeded(t, dbtest.SQLite(t), demo.Options{Seed: seed, Orders: few})
		wantSound(t, s)
		totalsAddUp(t, s)
		paymentsAddUp(t, s)
		parcelsHoldWhatLinesSay(t, s)
		storiesAreConsistent(t, s)
	}
}

// The smallest demo is the order to look at, with all that it is linked to.
func TestOneOrder(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	res := s.seed(t, 1)
	if id := one[string](t, s, `SELECT id FROM "order"`); id != res.OrderID {
		t.Errorf("the order is %s, the one to look at %s", id, res.OrderID)
	}
	wantSound(t, s)
}

// Queries on the demo are planned by what it holds.
func TestTheDemoHasStatistics(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := seeded(t, d, demo.Options{Orders: 20})
		sql := "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'order'"
		if d.Dialect().Name() == "postgres" {
			sql = "SELECT count(*) FROM pg_stats WHERE tablename = 'order' AND schemaname = current_schema()"
		}
		if n := one[int64](t, s, sql); n == 0 {
			t.Error("there are no statistics of the table of orders")
		}
	})
}
