package e2e_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/server"
)

// The naive evaluator of visibility is a second shop: a copy from which all that
// a storefront may not see is deleted, as plain Go decides. If a response of the
// first shop differs in one byte, something hidden shows.

// hidden returns the ids of the records of a list that are hidden.
func hidden[T any](t testing.TB, records module.Records[T], decide func(*T) (id string, hidden bool)) []string {
	t.Helper()
	all, err := records.List(t.Context(), nil, module.Page{WithDeleted: true})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range all {
		if id, yes := decide(r); yes {
			out = append(out, id)
		}
	}
	if len(out) == 0 {
		t.Fatalf("%T: nothing is hidden", *new(T))
	}
	return out
}

// expurgate deletes what neither strangers nor the customer cus may see.
func expurgate(t testing.TB, app *gorgon.App) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	inChannel := []string{"prod"} // the products that serve links with the channel of the key and publishes
	must(app.Product.Products.Delete(ctx, hidden(t, app.Product.Products, func(p *product.Product) (string, bool) {
		return p.ID, p.Status != "published" || p.DeletedAt != nil || !slices.Contains(inChannel, p.ID)
	})...))
	must(app.Product.Categories.Delete(ctx, "cat_below"))
	must(app.Product.Categories.Delete(ctx, hidden(t, app.Product.Categories, func(c *product.Category) (string, bool) {
		return c.ID, !c.IsActive || c.IsInternal || c.DeletedAt != nil
	})...))
	must(app.Product.Tags.Delete(ctx, hidden(t, app.Product.Tags, func(x *product.Tag) (string, bool) { return x.ID, x.DeletedAt != nil })...))
	must(app.Order.Orders.Delete(ctx, hidden(t, app.Order.Orders, func(o *order.Order) (string, bool) {
		return o.ID, o.IsDraftOrder || o.DeletedAt != nil || o.CustomerID == nil || *o.CustomerID != "cus"
	})...))
	must(app.Customer.Addresses.Delete(ctx, hidden(t, app.Customer.Addresses, func(a *customer.Address) (string, bool) {
		return a.ID, a.CustomerID != "cus" || a.DeletedAt != nil
	})...))
	must(app.Customer.Customers.Delete(ctx, hidden(t, app.Customer.Customers, func(c *customer.Customer) (string, bool) { return c.ID, c.ID != "cus" })...))
	must(app.Customer.Groups.Delete(ctx, hidden(t, app.Customer.Groups, func(g *customer.Group) (string, bool) { return g.ID, true })...))
	must(app.Pricing.Prices.Delete(ctx, "price_"+hiddenWord, "price_"+hiddenWord+"2"))
	must(app.Pricing.PriceLists.Delete(ctx, "plist"))
	must(app.SalesChannel.SalesChannels.Delete(ctx, "sc_other"))
}

// buried adds records that are deleted softly.
func buried(t testing.TB, app *gorgon.App) {
	t.Helper()
	ctx := t.Context()
	keep(t, app, product.Tags, &product.Tag{Base: withID("tag_gone"), Value: "gone " + hiddenWord})
	keep(t, app, customer.Addresses, &customer.Address{Base: withID("addr_gone"), CustomerID: "cus", City: ref(hiddenWord)})
	keep(t, app, order.Orders, &order.Order{Base: withID("o_gone"), CurrencyCode: "eur", CustomerID: ref("cus"), Email: ref(hiddenWord)})
	for _, err := range []error{
		app.Product.Products.Relate(ctx, "prod", "tags", "tag_gone"), app.Product.Tags.SoftDelete(ctx, "tag_gone"),
		app.Customer.Addresses.SoftDelete(ctx, "addr_gone"), app.Order.Orders.SoftDelete(ctx, "o_gone"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// twins returns a shop and its expurgated copy, with the same keys and tokens.
func twins(t testing.TB) (whole, bare *served) {
	t.Helper()
	dir := t.TempDir()
	app := open(t, "sqlite:"+dir+"/whole.db")
	whole = serve(t, app, server.Config{})
	whole.want(t, 200, "admin", "POST /admin/stores/store_default", `{"supported_locales": [{"locale_code": "de-DE"}]}`)
	hide(t, app)
	buried(t, app)
	if _, err := app.DB().Exec(t.Context(), "VACUUM INTO '"+dir+"/bare.db'"); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir + "/bare.db"); err != nil {
		t.Fatal(err)
	}
	copied := *whole
	copied.app = open(t, "sqlite:"+dir+"/bare.db")
	expurgate(t, copied.app)
	copied.handler = server.Handler(copied.app.Shop, server.Config{}, nil)
	return whole, &copied
}

// An asker makes up the parameters of requests.
type asker struct {
	*rand.Rand
	graph *model.Graph
	shown []string // paths that the route has shown
}

func pick[T any](a *asker, list []T) T { return list[a.IntN(len(list))] }

var (
	askedValues = []string{
		"", "Mug", "prod", "variant", "cat", "cups", "o1", "cus", "eur", "20", "0", "1", "true", "false", "null", "published", "draft", "2020-01-01", "2999-01-01T00:00:00Z", "%", "%e%", "a_",
		draftWord, internalWord, foreignWord, hiddenWord, "DRAFT", "prod_draft", "prod_other", "cat_internal", "cat_below", "o_eve", "o_draft", "o_gone", "cus_eve", "tag_gone", "price_" + hiddenWord, "Saucers", "Elsinore",
	}
	askedOperators = []string{"", "", "", "[]", "[$eq]", "[$ne]", "[$gt]", "[$gte]", "[$lt]", "[$lte]", "[$in][]", "[$nin][]", "[$like]", "[$ilike]", "[$re]", "[$not][$like]", "[$exists]", "[$contains][]", "[$overlap][]", "[$fulltext]"}
	askedAround    = []string{"%s", "%s", "%s", "$not[%s]", "$or[0][%s]", "$and[0][%s]", "$or[1][$not][%s]"}
	aggregates     = []string{"$count", "$sum.amount", "$min.created_at", "$max.id", "$max.quantity", "$min.title", "$max.rank"}
)

// path returns a path from a model over up to three relations, which now and then
// ends in a name that is not quite one.
func (a *asker) path(m *model.Model) string {
	if a.IntN(5) > 0 {
		return pick(a, a.shown)
	}
	var parts []string
	for range a.IntN(4) {
		var edges []*model.Edge
		for _, e := range a.graph.Edges(m) {
			if e.To != nil {
				edges = append(edges, e)
			}
		}
		if len(edges) == 0 {
			break
		}
		e := pick(a, edges)
		parts, m = append(parts, e.Name), e.To
	}
	name := pick(a, m.Fields).Name
	switch a.IntN(12) {
	case 0:
		name = pick(a, aggregates)
	case 1:
		name = "*"
	case 2:
		i := a.IntN(len(name))
		name = name[:i] + name[i+1:]
	case 3:
		name = ""
	}
	return strings.TrimSuffix(strings.Join(append(parts, name), "."), ".")
}

// learn finds the paths that a route shows, of records that it leads to by up to
// three relations.
func (a *asker) learn(t testing.TB, s *served, at surface, m *model.Model) {
	t.Helper()
	fields := make([][]string, 4) // by depth: a path that is too deep refuses its request
	fields[0] = []string{"*"}
	pathsFrom(a.graph, m, 3, func(path string, _ *model.Model) {
		depth := strings.Count(path, ".") + 1
		fields[depth] = append(fields[depth], path+".*")
	})
	var paths []string
	region := ""
	if strings.HasPrefix(at.url, "/store/product") && (at.entity == "product" || at.entity == "variant") {
		region = "region_id=reg&" // prices are asked for
	}
	for _, of := range fields {
		for part := range slices.Chunk(of, 300) {
			got := s.call("ada", "GET "+at.url+region+"fields="+strings.Join(part, ","), "")
			var shown map[string]any
			if err := json.Unmarshal([]byte(got.body), &shown); err != nil || got.status > 400 {
				t.Fatalf("%s: %d %.300s", at.url, got.status, got.body)
			}
			for _, v := range shown {
				if got.status == http.StatusOK {
					paths = pathsIn(v, "", paths)
				}
			}
		}
	}
	slices.Sort(paths)
	if a.shown = slices.Compact(paths); len(a.shown) < 5 && at.entity != "payment_provider" && (at.entity != "locale" || len(a.shown) < 2) {
		t.Fatalf("%s shows only %v", at.url, a.shown)
	}
}

// pathsIn adds the paths of the names in JSON.
func pathsIn(v any, prefix string, paths []string) []string {
	switch v := v.(type) {
	case []any:
		for _, each := range v {
			paths = pathsIn(each, prefix, paths)
		}
	case map[string]any:
		for name, each := range v {
			paths = pathsIn(each, prefix+name+".", append(paths, prefix+name))
		}
	}
	return paths
}

// bracketed writes a path as a[b][c] or a[b.c].
func bracketed(path string, dotted bool) string {
	first, rest, nested := strings.Cut(path, ".")
	if !nested {
		return path
	}
	if dotted {
		return first + "[" + rest + "]"
	}
	return first + "[" + strings.ReplaceAll(rest, ".", "][") + "]"
}

func (a *asker) filter(m *model.Model) string {
	path := a.path(m)
	switch a.IntN(4) {
	case 0:
		path = bracketed(path, false)
	case 1:
		path = bracketed(path, true)
	case 2:
		if relation, column, ok := strings.Cut(path, "."); ok {
			path = relation + "[" + pick(a, []string{"$some", "$every", "$none"}) + "][" + column + "]"
		}
	}
	around := pick(a, askedAround)
	if around != "%s" { // $not[a[b]] is $not[a][b]
		first, rest, _ := strings.Cut(path, "[")
		if path = first; rest != "" {
			path += "][" + strings.TrimSuffix(rest, "]")
		}
	}
	return fmt.Sprintf(around, path) + pick(a, askedOperators) + "=" + url.QueryEscape(pick(a, askedValues))
}

// query returns the part of a URL after the question mark.
func (a *asker) query(m *model.Model, list bool) string {
	var out []string
	if a.IntN(4) > 0 {
		var fields []string
		for range 1 + a.IntN(4) {
			fields = append(fields, pick(a, []string{"", "", "", "+", "-", "*"})+a.path(m))
		}
		out = append(out, "fields="+url.QueryEscape(strings.Join(fields, ",")))
	}
	if list || a.IntN(10) == 0 {
		for range a.IntN(3) {
			out = append(out, a.filter(m))
		}
		if a.IntN(3) == 0 {
			out = append(out, "order="+pick(a, []string{"", "-"})+url.QueryEscape(a.path(m)))
		}
		if a.IntN(4) == 0 {
			out = append(out, pick(a, []string{"limit=1", "limit=2&offset=1", "limit=0", "offset=1", "with_deleted=true", "q=" + url.QueryEscape(pick(a, askedValues))}))
		}
	}
	if a.IntN(8) == 0 {
		out = append(out, pick(a, []string{
			"region_id=reg", "cart_id=cart", "version=1", "sales_channel_id[]=sc", "sales_channel_id[]=sc_other", "category_id[]=cat_internal", "after=x",
			"count=exact", "include_descendants_tree=true", "include_ancestors_tree=true", "country_code=de",
		}))
	}
	return strings.Join(out, "&")
}

// FuzzStorefront compares what a shop tells storefronts with what a shop tells
// that has nothing to hide.
func FuzzStorefront(f *testing.F) {
	whole, bare := twins(f)
	graph := whole.app.Query.Models()
	all := surfaces(f, whole)
	a := &asker{Rand: rand.New(rand.NewPCG(8, 1)), graph: graph}
	for i, at := range all {
		m, err := graph.Model(at.entity)
		if err != nil {
			f.Fatal(err)
		}
		a.learn(f, whole, at, m)
		for n := range sampled(250, 5000) {
			f.Add(uint8(i), n%3 > 0, a.query(m, at.list))
		}
	}
	found := make(map[int]int)
	f.Cleanup(func() {
		f.Logf("%s: %d routes, answers by status %v, the same without what is hidden", f.Name(), len(all), found)
	})
	f.Fuzz(func(t *testing.T, route uint8, loggedIn bool, query string) {
		at := all[int(route)%len(all)]
		who := "store"
		if loggedIn {
			who = "ada"
		}
		ask := func(s *served) reply {
			r := httptest.NewRequest(http.MethodGet, at.url, http.NoBody)
			r.URL.RawQuery += query
			got := s.send(s.as(who, r))
			for _, name := range []string{"X-Request-Id", "Date"} {
				got.header.Del(name)
			}
			return got
		}
		got, want := ask(whole), ask(bare)
		if got.status != want.status || got.body != want.body || fmt.Sprint(got.header) != fmt.Sprint(want.header) {
			t.Errorf("%s%s as %s shows what is hidden:\n%d %v %.2000s\nwithout it:\n%d %v %.2000s",
				at.url, query, who, got.status, got.header, got.body, want.status, want.header, want.body)
		}
		found[got.status]++
	})
}
