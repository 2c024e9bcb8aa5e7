package module_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// A purchase is as wide and as nested as an order with its lines, addresses
// and shipping.

type purchase struct {
	model.Base
	Number   int64   `json:"number" model:"serial"`
	Version  int64   `json:"version" model:"default=1"`
	Status   string  `json:"status" model:"default=pending,enum=pending|done"`
	Draft    bool    `json:"draft" model:"default=false"`
	Email    *string `json:"email"`
	Currency string  `json:"currency"`
	Region   *string `json:"region"`
	Channel  *string `json:"channel"`
	Locale   *string `json:"locale"`
	ToID     *string `json:"to_id"`
	FromID   *string `json:"from_id"`

	To    *place  `json:"to,omitzero" model:"belongs"`
	From  *place  `json:"from,omitzero" model:"belongs"`
	Lines []*line `json:"lines,omitzero" model:"many=purchase_id"`
	Ships []*ship `json:"ships,omitzero" model:"many=purchase_id"`
}

type place struct {
	model.Base
	Name     *string `json:"name"`
	Street   *string `json:"street"`
	City     *string `json:"city"`
	Code     *string `json:"code"`
	Country  *string `json:"country"`
	Phone    *string `json:"phone"`
	Province *string `json:"province"`
}

type line struct {
	model.Base
	PurchaseID string       `json:"purchase_id"`
	ArticleID  string       `json:"article_id"`
	Version    int64        `json:"version" model:"default=1"`
	Quantity   money.Amount `json:"quantity"`
	Sent       money.Amount `json:"sent" model:"default=0"`
	Received   money.Amount `json:"received" model:"default=0"`
	Returned   money.Amount `json:"returned" model:"default=0"`
	Article    *article     `json:"article,omitzero" model:"belongs"`
}

type article struct {
	model.Base
	Title       string       `json:"title"`
	Subtitle    *string      `json:"subtitle"`
	Picture     *string      `json:"picture"`
	ProductID   *string      `json:"product_id"`
	VariantID   *string      `json:"variant_id"`
	SKU         *string      `json:"sku"`
	Handle      *string      `json:"handle"`
	Gift        bool         `json:"gift" model:"default=false"`
	Discount    *bool        `json:"discount" model:"notnull,default=true"`
	TaxIncluded bool         `json:"tax_included" model:"default=false"`
	Price       money.Amount `json:"price"`
}

type ship struct {
	model.Record
	PurchaseID string       `json:"purchase_id"`
	Name       string       `json:"name"`
	Amount     money.Amount `json:"amount"`
	Version    int64        `json:"version" model:"default=1"`
}

func openPurchases(t testing.TB, d db.DB) module.Records[purchase] {
	t.Helper()
	m := model.Define[purchase]("purchase")
	g, err := model.NewGraph(m, model.Define[place]("place"), model.Define[line]("line"), model.Define[article]("article"), model.Define[ship]("ship"))
	if err != nil {
		t.Fatal(err)
	}
	createTables(t, d, g)
	return module.For[purchase](module.NewStore(d, g), m)
}

func purchases(n int) []*purchase {
	out := make([]*purchase, n)
	for i := range out {
		address := func() *place {
			return &place{Name: new("Ann"), Street: new("Main Street 1"), City: new("Ghent"), Code: new("9000"), Country: new("be")}
		}
		out[i] = &purchase{
			Email: new("ann@shop.example"), Currency: "eur", Region: new("reg_1"), Channel: new("sc_1"), To: address(), From: address(),
			Ships: []*ship{{Name: "Standard", Amount: money.MustParse("4.99")}},
		}
		for j := range 3 {
			out[i].Lines = append(out[i].Lines, &line{Quantity: money.Int(int64(j + 1)), Article: &article{
				Title: "Shirt", Subtitle: new("M / Black"), ProductID: new("prod_1"), VariantID: new("variant_1"), SKU: new("SHIRT-M-BLACK"), Price: money.MustParse("19.99"),
			}})
		}
	}
	return out
}

// BenchmarkCreate writes batches of 100 purchases, once with the service and
// once with hand-written inserts of the same values.
func BenchmarkCreate(b *testing.B) {
	b.Run("sqlite/service", func(b *testing.B) { createByService(b, dbtest.SQLite(b)) })
	b.Run("sqlite/by-hand", func(b *testing.B) { createByHand(b, dbtest.SQLite(b)) })
	b.Run("postgres/service", func(b *testing.B) { createByService(b, dbtest.Postgres(b)) })
	b.Run("postgres/by-hand", func(b *testing.B) { createByHand(b, dbtest.Postgres(b)) })
}

func createByService(b *testing.B, d db.DB) {
	records := openPurchases(b, d)
	b.ReportAllocs()
	for b.Loop() {
		if err := records.Create(b.Context(), purchases(100)...); err != nil {
			b.Fatal(err)
		}
	}
}

func createByHand(b *testing.B, d db.DB) {
	openPurchases(b, d)
	b.ReportAllocs()
	for b.Loop() {
		all := purchases(100)
		err := db.Do(b.Context(), d, func(ctx context.Context) error { return insertByHand(ctx, d, all) })
		if err != nil {
			b.Fatal(err)
		}
	}
}

// insertByHand is what one would write for just these tables, with only the
// columns that have values.
func insertByHand(ctx context.Context, d db.DB, all []*purchase) error {
	now := time.Now()
	var heads, places, articles, lines, ships []any
	numbers, err := d.Dialect().Numbers(ctx, db.Use(ctx, d), "purchase", "number", len(all))
	if err != nil {
		return err
	}
	for i, p := range all {
		p.ID, p.To.ID, p.From.ID = model.NewID("purchase"), model.NewID("place"), model.NewID("place")
		heads = append(heads, p.ID, numbers[i], 1, "pending", false, *p.Email, p.Currency, *p.Region, *p.Channel, p.To.ID, p.From.ID, now, now)
		for _, a := range []*place{p.To, p.From} {
			places = append(places, a.ID, *a.Name, *a.Street, *a.City, *a.Code, *a.Country, now, now)
		}
		for _, l := range p.Lines {
			a := l.Article
			a.ID, l.ID = model.NewID("article"), model.NewID("line")
			articles = append(articles, a.ID, a.Title, *a.Subtitle, *a.ProductID, *a.VariantID, *a.SKU, a.Gift, true, a.TaxIncluded, a.Price, now, now)
			lines = append(lines, l.ID, p.ID, a.ID, 1, l.Quantity, l.Sent, l.Received, l.Returned, now, now)
		}
		for _, s := range p.Ships {
			ships = append(ships, model.NewID("ship"), p.ID, s.Name, s.Amount, 1, now, now)
		}
	}
	for _, table := range []struct {
		columns string
		args    []any
	}{
		{"place (id, name, street, city, code, country, created_at, updated_at)", places},
		{"purchase (id, number, version, status, draft, email, currency, region, channel, to_id, from_id, created_at, updated_at)", heads},
		{"article (id, title, subtitle, product_id, variant_id, sku, gift, discount, tax_included, price, created_at, updated_at)", articles},
		{"line (id, purchase_id, article_id, version, quantity, sent, received, returned, created_at, updated_at)", lines},
		{"ship (id, purchase_id, name, amount, version, created_at, updated_at)", ships},
	} {
		if _, err := db.Use(ctx, d).Exec(ctx, insertText(d, table.columns, len(table.args)), table.args...); err != nil {
			return fmt.Errorf("%s: %w", table.columns, err)
		}
	}
	return nil
}

func insertText(d db.DB, columns string, args int) string {
	width := strings.Count(columns, ",") + 1
	var b strings.Builder
	b.WriteString("INSERT INTO " + columns + " VALUES ")
	for n := 1; n <= args; n++ {
		switch {
		case n == 1:
			b.WriteString("(")
		case (n-1)%width == 0:
			b.WriteString("),(")
		default:
			b.WriteString(",")
		}
		b.WriteString(d.Dialect().InOrder(n))
	}
	return b.String() + ")"
}
