package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/modules/pricing"
	"github.com/gorgon-commerce/gorgon/query"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/server"
)

// Each name of a filter finds records: one whose path leads nowhere would find
// nothing, and not be an error.
func TestAPIEveryAliasFinds(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, gorgon.New, func(t *testing.T, app *gorgon.App) {
		if _, err := demo.Seed(t.Context(), app.Shop, demo.Options{Orders: 40}); err != nil {
			t.Fatal(err)
		}
		inPriceList(t, app)
		s := &served{app: app, handler: server.Handler(app.Shop, server.Config{}, nil)}
		s.userID, s.user = operator(t, app, "boss@example.com")
		tried := 0
		for _, r := range s.routes() {
			for _, p := range r.Params {
				path, alias := strings.CutPrefix(p.Description, "a condition on ")
				if !alias || !strings.HasPrefix(r.Path, "/admin/") {
					continue
				}
				tried++
				value := s.valueOf(t, r.Answer.Entity, path)
				got := s.want(t, 200, "admin", "GET "+strings.ReplaceAll(r.Path, "{id}", "x")+"?fields=id&"+p.Name+"="+url.QueryEscape(value), "")
				if got["count"] == 0.0 {
					t.Errorf("%s?%s=%s finds nothing", r.Path, p.Name, value)
				}
			}
		}
		if tried < 6 {
			t.Errorf("only %d names", tried)
		}
	})
}

// inPriceList puts a price of a variant into a price list.
func inPriceList(t *testing.T, app *gorgon.App) {
	t.Helper()
	keep(t, app, pricing.PriceLists, &pricing.PriceList{Base: withID("plist_1"), Title: "Sale", Description: "d", Status: "active"})
	sets := app.Pricing.PriceSets
	var of struct {
		PriceSet struct{ ID string } `json:"price_set"`
	}
	res, err := app.Query.Graph(t.Context(), query.Request{Entity: "variant", Fields: []string{"price_set.id"}, Filters: query.Filters{"price_set.id": query.Filters{"$ne": nil}}, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	var found []json.RawMessage
	if err := json.Unmarshal(res.Data, &found); err != nil || len(found) != 1 || json.Unmarshal(found[0], &of) != nil {
		t.Fatalf("%s: %v", res.Data, err)
	}
	if _, err := sets.Retrieve(t.Context(), of.PriceSet.ID); err != nil {
		t.Fatal(err)
	}
	keep(t, app, pricing.Prices, &pricing.Price{CurrencyCode: "usd", PriceSetID: of.PriceSet.ID, PriceListID: ref("plist_1")})
}

// valueOf returns a value that some record has at the end of a path.
func (s *served) valueOf(t *testing.T, entity, path string) string {
	t.Helper()
	res, err := s.app.Query.Graph(t.Context(), query.Request{Entity: entity, Fields: []string{path}, Filters: query.Filters{path: query.Filters{"$ne": nil}}, Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	var found any
	if err := json.Unmarshal(res.Data, &found); err != nil || res.Rows == 0 {
		t.Fatalf("no %s has %s: add one to the test", entity, path)
	}
	return firstAt(found, strings.Split(path, "."))
}

// firstAt returns the first value at the end of a path through records and lists;
// "" if there is none.
func firstAt(v any, path []string) string {
	switch at := v.(type) {
	case []any:
		for _, each := range at {
			if found := firstAt(each, path); found != "" {
				return found
			}
		}
		return ""
	case map[string]any:
		if len(path) > 0 {
			return firstAt(at[path[0]], path[1:])
		}
	}
	if v == nil || len(path) > 0 {
		return ""
	}
	return fmt.Sprint(v)
}
