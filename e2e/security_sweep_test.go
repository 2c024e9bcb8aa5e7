package e2e_test

import (
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/server"
)

// hiddenWord is in the columns of records that no storefront may see, wherever
// they are.
const hiddenWord = "Hidden"

// hide gives what nobody may see to records that may be seen: orders of others
// and drafts, prices for some customers, what providers keep, a group.
func hide(t testing.TB, app *gorgon.App) {
	t.Helper()
	for id, of := range map[string]string{"o_hidden": "cus_eve", "o_draft_hidden": "cus"} {
		keep(t, app, order.Orders, &order.Order{
			Base: withID(id), CurrencyCode: "eur", CustomerID: ref(of), IsDraftOrder: of == "cus", Email: ref(hiddenWord + "@example.com"),
			ShippingAddress: &order.Address{FirstName: ref(hiddenWord)},
			Items: []*order.Item{{Quantity: money.Int(1), Item: &order.LineItem{
				Title: hiddenWord, UnitPrice: money.Int(3), ProductID: ref("prod"), VariantID: ref("variant"),
			}}},
		})
	}
	keep(t, app, payment.Sessions, &payment.Session{
		Base: withID("session"), PaymentCollectionID: "p1", ProviderID: "pp", CurrencyCode: "eur", Amount: money.Int(1), Data: []byte(`{"` + hiddenWord + `": 1}`),
	})
	keep(t, app, pricing.PriceLists, &pricing.PriceList{Base: withID("plist"), Title: hiddenWord, Description: hiddenWord})
	keep(t, app, pricing.PriceSets, &pricing.PriceSet{Record: model.Record{ID: "pset"}, Prices: []*pricing.Price{
		{Record: model.Record{ID: "price"}, CurrencyCode: "eur", Amount: money.Int(20)},
		{Record: model.Record{ID: "price_" + hiddenWord}, CurrencyCode: "eur", Amount: money.Int(1), PriceListID: ref("plist")},
		{Record: model.Record{ID: "price_" + hiddenWord + "2"}, CurrencyCode: "eur", Amount: money.Int(2), PriceRules: []*pricing.PriceRule{
			{Attribute: pricing.AttributeGroups, Operator: "eq", Value: hiddenWord},
		}},
	}})
	keep(t, app, customer.Groups, &customer.Group{Base: withID("group_hidden"), Name: hiddenWord})
	if err := app.Customer.Customers.Relate(t.Context(), "cus", "groups", "group_hidden"); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Links.Create(t.Context(), link.Pair{product.Variants: "variant", pricing.PriceSets: "pset"}); err != nil {
		t.Fatal(err)
	}
}

// A surface is a route of storefronts that fields can be asked of.
type surface struct {
	url    string // up to where parameters can be added
	entity string
	list   bool
	public bool // also for those who have not logged in
}

// surfaces are all of them: a new route without a record here fails the test.
func surfaces(t testing.TB, s *served) []surface {
	t.Helper()
	of := map[string]string{
		"products": "prod", "product-variants": "variant", "product-categories": "cat", "product-options": "opt", "product-tags": "tag",
		"product-types": "type", "collections": "coll", "regions": "reg", "currencies": "eur", "return-reasons": "reason", "orders": "o1", "customers/me/addresses": "addr_ada",
	}
	var out []surface
	for _, r := range server.AllRoutes(s.app.Shop, server.Config{}, nil) {
		if r.Method != http.MethodGet || !strings.HasPrefix(r.Path, "/store/") {
			continue
		}
		path := r.Path
		if i := strings.IndexByte(path, '{'); i >= 0 {
			id := of[strings.Trim(path[len("/store/"):i], "/")]
			if id == "" {
				t.Fatalf("%s: give its record", path)
			}
			path = path[:i] + id
		}
		out = append(out, surface{path + "?" + needed[r.Path], r.Answer.Entity, r.Answer.List, r.Access != api.Customer})
	}
	return out
}

// needed are the parameters without which routes of storefronts are refused.
var needed = map[string]string{"/store/payment-providers": "region_id=reg&", "/store/shipping-options": "cart_id=c1&"}

// pathsFrom calls yield with each path of relations from a model, up to a depth,
// and the model at its end.
func pathsFrom(g *model.Graph, m *model.Model, depth int, yield func(path string, m *model.Model)) {
	var walk func(prefix string, m *model.Model, left int)
	walk = func(prefix string, m *model.Model, left int) {
		for _, e := range g.Edges(m) {
			if e.To == nil {
				continue
			}
			yield(prefix+e.Name, e.To)
			if left > 1 {
				walk(prefix+e.Name+".", e.To, left-1)
			}
		}
	}
	walk("", m, depth)
}

// columnsOf returns the columns that the sweep asks for: all of them, or three
// that differ from path to path.
func columnsOf(m *model.Model, n int, full bool) []string {
	var all []string
	for _, f := range m.Fields {
		all = append(all, f.Name)
	}
	if full || len(all) <= 3 {
		return all
	}
	return []string{all[n%len(all)], all[(n+len(all)/3)%len(all)], all[(n+2*len(all)/3)%len(all)]}
}

// sweep counts what was tried.
type sweep struct {
	s                                 *served
	full                              bool
	depth                             int // of paths
	fields, filters, sorts, open, hit int
}

// tells fails the test if an answer has a word that nobody may read.
func (w *sweep) tells(t *testing.T, who, line string) reply {
	t.Helper()
	got := w.s.call(who, line, "")
	if got.status != 200 && got.status != 400 {
		t.Errorf("%.200s: %d %.300s", line, got.status, got.body)
	}
	for _, word := range append(slices.Clone(forbidden), hiddenWord) {
		if got.status == 200 && strings.Contains(got.body, word) {
			w.hit++
			t.Errorf("%s tells %s: %.500s", line, word, got.body)
		}
	}
	return got
}

// askFields asks for many paths in one request.
func (w *sweep) askFields(t *testing.T, at surface, paths []string) {
	t.Helper()
	w.fields += len(paths)
	for _, who := range []string{"ada", "store"} {
		if who == "ada" || w.full && at.public {
			w.tells(t, who, "GET "+at.url+"fields=id,"+strings.Join(paths, ","))
		}
	}
}

// askFilters asks a list for many filters at once, and returns those that it does
// not refuse by their names.
func (w *sweep) askFilters(t *testing.T, at surface, paths []string) (open []string) {
	t.Helper()
	w.filters += len(paths)
	got := w.s.call("ada", "GET "+at.url+""+strings.Join(paths, "=1&")+"=1", "")
	_, names, refused := strings.Cut(got.body, "Unrecognized fields: '")
	names, _, _ = strings.Cut(names, "'")
	switch {
	case refused && strings.Count(names, ", ")+1 == len(paths):
		return nil
	case len(paths) == 1:
		return paths
	}
	half := len(paths) / 2
	return append(w.askFilters(t, at, paths[:half]), w.askFilters(t, at, paths[half:])...)
}

// TestSecuritySweep asks every route of storefronts for every path of the graph,
// up to six relations, as field, filter and sort. What is not refused by its name
// is asked for with data. But for the full size, paths on PostgreSQL have up to
// three relations, and with -short or the race detector on SQLite, too.
func TestSecuritySweep(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		w := &sweep{s: s, full: os.Getenv(securitySize) == "full", depth: 6}
		if !w.full && (raced || testing.Short() || strings.HasPrefix(s.database, "postgres")) {
			w.depth = 3
		}
		w.run(t)
	})
}

func (w *sweep) run(t *testing.T) {
	hide(t, w.s.app)
	g := w.s.app.Query.Models()
	for _, at := range surfaces(t, w.s) {
		m, err := g.Model(at.entity)
		if err != nil {
			t.Fatal(err)
		}
		var batches [7]struct{ fields, filters []string } // by depth: a path that is too deep refuses its request
		var open []string
		flush := func(depth int) {
			b := &batches[depth]
			w.askFields(t, at, b.fields)
			if at.list {
				open = append(open, w.askFilters(t, at, b.filters)...)
			}
			b.fields, b.filters = nil, nil
		}
		for _, f := range m.Fields {
			batches[0].fields, batches[0].filters = append(batches[0].fields, f.Name), append(batches[0].filters, f.Name)
		}
		n := 0
		pathsFrom(g, m, w.depth, func(path string, end *model.Model) {
			n++
			depth := strings.Count(path, ".") + 1
			b := &batches[depth]
			if w.full || depth < 5 {
				b.fields = append(b.fields, path+".*", path)
				for _, column := range columnsOf(end, n, w.full) {
					b.fields, b.filters = append(b.fields, path+"."+column), append(b.filters, path+"."+column)
				}
			} else { // one name for each of the many long paths
				name := path + "." + columnsOf(end, n, false)[0]
				b.fields, b.filters = append(b.fields, []string{path + ".*", name}[n%2]), append(b.filters, name)
			}
			if len(b.fields) > 500 {
				flush(depth)
			}
		})
		for depth, b := range batches {
			if len(b.fields) > 0 {
				flush(depth)
			}
		}
		w.useOpen(t, at, open)
		w.askSorts(t, g, m, at)
	}
	t.Logf("%s: %d fields, %d filters and %d sorts of %d routes asked for; %d filters are open; %d leaks",
		t.Name(), w.fields, w.filters, w.sorts, len(surfaces(t, w.s)), w.open, w.hit)
	if w.open < 100 {
		t.Errorf("only %d filters are open: the sweep does not reach what it should", w.open)
	}
}

// useOpen filters and sorts by what is not refused: nothing hidden is found.
func (w *sweep) useOpen(t *testing.T, at surface, open []string) {
	t.Helper()
	w.open += len(open)
	for _, path := range open {
		for _, word := range []string{hiddenWord, draftWord, internalWord, foreignWord, "DRAFT", "prod_draft", "o_eve", "o_draft", "cus_eve", "cat_internal", "price_Hidden"} {
			got := w.tells(t, "ada", "GET "+at.url+"fields=id&"+path+"="+url.QueryEscape(word))
			like := w.tells(t, "ada", "GET "+at.url+"fields=id&"+path+"[$like]="+url.QueryEscape("%"+word+"%"))
			for _, r := range []reply{got, like} {
				if r.status == 200 && !strings.Contains(r.body, `"count":0`) {
					t.Errorf("%s is found by %s=%s: %.300s", at.url, path, word, r.body)
				}
			}
		}
		w.tells(t, "ada", "GET "+at.url+"order="+path)
		w.tells(t, "ada", "GET "+at.url+"order=-"+path)
	}
}

// askSorts asks a list for each path to two relations as its order; with full,
// to six.
func (w *sweep) askSorts(t *testing.T, g *model.Graph, m *model.Model, at surface) {
	t.Helper()
	if !at.list {
		return
	}
	depth := 2
	if w.full {
		depth = 6
	}
	n := 0
	pathsFrom(g, m, depth, func(path string, end *model.Model) {
		n++
		for _, column := range columnsOf(end, n, w.full && depth < 5) {
			w.sorts++
			w.tells(t, "ada", "GET "+at.url+"fields=id&order="+path+"."+column)
		}
	})
}
