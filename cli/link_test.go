package cli_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/cart"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/schema"
)

func TestLinksPrintsTheMap(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: "sqlite:/nowhere/at/all.db"}) // it needs none
	g, err := app.Graph()
	if err != nil {
		t.Fatal(err)
	}
	var got []link.Direction
	if err := json.Unmarshal([]byte(ok(t, app, "links", "--json")), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(link.Map(g), got); diff != "" {
		t.Error(diff)
	}
	text := ok(t, app, "links")
	for _, want := range [][]string{
		{"order", "customer", "customer", "one", "read-only", "column", "customer_id"},
		{"customer", "orders", "order", "many", "read-only", "column", "customer_id"},
		{"order_claim", "payment_collections", "payment_collection", "many", "stored", "table", "order_claim_payment_collection"},
	} {
		found := false
		for line := range strings.SplitSeq(text, "\n") {
			found = found || cmp.Equal(strings.Fields(line), want)
		}
		if !found {
			t.Errorf("no line %v in\n%s", want, text)
		}
	}
	lines := strings.Split(text, "\n")
	if at := strings.Index(lines[0], "KIND"); at < 0 || !strings.HasPrefix(lines[1][at:], "read-only") || len(got) != len(lines)-2 {
		t.Errorf("not aligned, or not a line each:\n%s", text)
	}
}

func TestLinkCreateDismissList(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		got := ok(t, app, "link", "create", "order=order_2", "promotion=promo_2")
		if !strings.HasPrefix(got, "linked order order_2 and promotion promo_2 (order_promotion orderpromo_") {
			t.Errorf("create: %s", got)
		}
		if again := ok(t, app, "link", "create", "promotions=promo_2", "orders=order_2"); again != got {
			t.Errorf("create again, ends the other way: %s, want %s", again, got)
		}
		list := ok(t, app, "link", "list", "order=order_2", "promotion")
		if lines := strings.Split(list, "\n"); len(lines) != 3 || !strings.Contains(lines[1], "order_2   promo_2") {
			t.Errorf("list:\n%s", list)
		}
		if same := ok(t, app, "link", "list", "order=", "promotion=promo_2"); same != list {
			t.Errorf("list from the other end:\n%s", same)
		}
		if got := ok(t, app, "link", "dismiss", "order=order_2", "promotion=promo_2"); !strings.HasPrefix(got, "dismissed order order_2 and promotion promo_2 (") {
			t.Errorf("dismiss: %s", got)
		}
		if got := ok(t, app, "link", "dismiss", "order=order_2", "promotion=promo_2"); got != "they were not linked\n" {
			t.Errorf("dismiss again: %s", got)
		}
		if got := whole(t, app, "link", "list", "order=order_2", "promotion=promo_2"); got != "no links\n" {
			t.Errorf("list what is dismissed: %s", got)
		}
	})
}

func TestLinkInJSON(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	rows := func(args ...string) (out []link.Row) {
		if err := json.Unmarshal([]byte(ok(t, app, append([]string{"link", "--json"}, args...)...)), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	made := rows("create", "order=order_2", "cart=cart_2")
	if len(made) != 1 || made[0].Link != "order_cart" || !cmp.Equal(made[0].Keys, map[string]string{"order_id": "order_2", "cart_id": "cart_2"}) {
		t.Errorf("create: %+v", made)
	}
	if listed := rows("list", "order=order_2", "cart="); !cmp.Equal(listed, made) {
		t.Errorf("list: %+v, want %+v", listed, made)
	}
	if gone := rows("dismiss", "order=order_2", "cart=cart_2"); len(gone) != 1 || gone[0].DeletedAt == nil {
		t.Errorf("dismiss: %+v", gone)
	}
	if got := ok(t, app, "link", "list", "order=order_2", "cart=", "--json"); got != "[]\n" {
		t.Errorf("list of none: %s", got)
	}
}

func TestLinksThatCannotBe(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		for _, test := range []struct {
			line string
			of   fault.Type
			says []string
		}{
			{"order=order_9 cart=cart_2", fault.NotFound, []string{"order", `"order_9"`}},
			{"order=order_2 cart=cart_9", fault.NotFound, []string{"cart", `"cart_9"`}},
			{"order=order_2 cart=cart_1", fault.Conflict, []string{"cart_1", "order_1"}},
			{"order=order_1 customer=cus_1", fault.InvalidData, []string{"customer_id", "can be linked to"}},
			{"order=order_1 cat=cat_1", fault.InvalidData, []string{`no entity "cat"`, "did you mean cart"}},
			{"order=order_1 cart=\xff", fault.InvalidData, []string{"UTF-8"}},
			{"order=order_1 cart=cart_1 --data note=x", fault.InvalidData, []string{"no extra columns", "note"}},
		} {
			refused(t, app, append([]string{"link", "create"}, strings.Fields(test.line)...), test.of, test.says...)
		}
		for _, line := range []string{"dismiss order=order_9 cart=cart_2", "list order=order_9 cart", "list cart= order=order_9", "list order=order_9 cart=cart_2"} {
			refused(t, app, append([]string{"link"}, strings.Fields(line)...), fault.NotFound, `there is no order with the id "order_9"`)
		}
		refused(t, app, []string{"link", "dismiss", "order=order_2", "cart=cart_9"}, fault.NotFound, `there is no cart with the id "cart_9"`)
		refused(t, app, []string{"link", "list", "order=order_1", "customer"}, fault.InvalidData, "linked by the column customer_id")
		if got := whole(t, app, "query", "order_cart", "--fields", "order_id,cart_id"); got != "order_id  cart_id\norder_1   cart_1\n1 of 1\n" {
			t.Errorf("something was written: %s", got)
		}
	})
}

// mark is a model that is linked to orders with extra columns of several kinds.
type mark struct{ model.Base }

func marked(t *testing.T, database string) *gorgon.App {
	t.Helper()
	marks := model.Define[mark]("mark")
	app := gorgon.New(gorgon.Config{Database: database})
	app.Module("mark", marks)
	app.Link(link.Between(link.Many(order.Orders), link.Many(marks)).Columns(
		link.Column{Name: "note"}, link.Column{Name: "rank", Kind: model.Int, Default: "7"}, link.Column{Name: "share", Kind: model.Decimal},
		link.Column{Name: "loud", Kind: model.Bool}, link.Column{Name: "words", Kind: model.TextList}, link.Column{Name: "more", Kind: model.JSON}))
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Migrate(t.Context(), schema.Options{}); err != nil {
		t.Fatal(err)
	}
	create(t, app, marks, &mark{base("mark_1")})
	create(t, app, order.Orders, &order.Order{Base: base("order_1"), CurrencyCode: "eur"})
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	return app
}

// Two links between the same models: the flag --link tells them apart.
func TestMoreThanOneLink(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: file(t)})
	app.Link(link.Between(link.One(order.Orders).As("gift_order").Rows("gift_order_link"), link.One(cart.Carts).As("gift_cart").Rows("gift_cart_link")).
		Table("gift").Entities("gift", "gifts").Columns(link.Column{Name: "rank", Kind: model.Int}))
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Migrate(t.Context(), schema.Options{}); err != nil {
		t.Fatal(err)
	}
	create(t, app, order.Orders, &order.Order{Base: base("order_1"), CurrencyCode: "eur"})
	create(t, app, cart.Carts, &cart.Cart{Base: base("cart_1"), CurrencyCode: "eur"})
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	if got := run(t, app, "link", "create", "order=order_1", "cart=cart_1"); got.status != 2 || !strings.Contains(got.stderr, "order_cart, gift; choose one with --link") {
		t.Errorf("%+v", got)
	}
	ok(t, app, "link", "create", "order=order_1", "cart=cart_1", "--link", "gifts", "--data", "rank=3")
	if got := ok(t, app, "link", "list", "order=order_1", "cart", "--link", "gift"); !strings.Contains(got, "cart_1        order_1") {
		t.Errorf("gifts:\n%s", got)
	}
	if got := whole(t, app, "link", "list", "order=order_1", "cart", "--link", "order_cart"); got != "no links\n" {
		t.Errorf("carts:\n%s", got)
	}
	refused(t, app, []string{"link", "list", "order=order_1", "cart", "--link", "gist"}, fault.InvalidData, "gist")
}

// A virtual link leads out of the database; `gorgon link` passes it over.
func TestVirtualLink(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: file(t)})
	app.Link(link.Virtual(order.Orders, "email", "contact", func(context.Context, []string) (map[string]model.RawJSON, error) { return nil, nil }))
	found := false
	for line := range strings.SplitSeq(ok(t, app, "links"), "\n") {
		found = found || cmp.Equal(strings.Fields(line), []string{"order", "contact", "(outside", "the", "database)", "one", "read-only", "column", "email"})
	}
	if !found {
		t.Errorf("links does not print it:\n%s", ok(t, app, "links"))
	}
	ok(t, app, "migrate")
	refused(t, app, []string{"link", "list", "order=order_1", "cart", "--link", "order_cart"}, fault.NotFound, `no order with the id "order_1"`)
	refused(t, app, []string{"link", "create", "order=order_1", "cart=cart_1", "--link", "order_cart", "--data", "note=x"}, fault.InvalidData, "no extra columns")
}

func TestLinkData(t *testing.T) {
	t.Parallel()
	for name, database := range map[string]func(t *testing.T) string{
		"sqlite": file, "postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := marked(t, database(t))
			pair := []string{"link", "create", "order=order_1", "mark=mark_1"}
			ok(t, app, append(pair, "--data", "note=a=b", "--data", "share=1.50", "--data", "loud=true", "--data", "words=x, y", "--data", `more={"a": [1]}`)...)
			row := func() string {
				table := ok(t, app, "query", "order_mark", "--fields", "note,rank,share,loud,words,more")
				return strings.Join(strings.Fields(strings.Split(table, "\n")[1]), " ")
			}
			if got, want := row(), "a=b 7 1.5 true x, y 1"; got != want {
				t.Errorf("%s, want %s", got, want)
			}
			ok(t, app, append(pair, "--data", "rank=-2", "--data", "note=null")...)
			if got, want := row(), "- -2 1.5 true x, y 1"; got != want {
				t.Errorf("%s, want %s", got, want)
			}
			if got := ok(t, app, "link", "list", "order=order_1", "mark"); !strings.Contains(got, "loud  more  note  rank  share  words") || !strings.Contains(got, "true  1     -     -2    1.5    x, y") {
				t.Errorf("list:\n%s", got)
			}
			for given, says := range map[string]string{
				"rank=two": "rank", "share=x": "is not a decimal number", "loud=yes": "loud", "more={": "not valid JSON", "nope=1": `no extra column "nope"`,
			} {
				refused(t, app, append(pair, "--data", given), fault.InvalidData, says)
			}
		})
	}
}
