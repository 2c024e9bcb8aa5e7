package e2e_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/server"
)

// bombs are requests whose results have 300 times 300 times 300 records.
var bombs = []string{
	"GET /admin/product-tags/tag?fields=products.tags.products.tags.products.id",
	"GET /admin/product-options/opt?fields=products.options.products.options.products.id",
	"GET /admin/products?limit=300&fields=id,tags.products.options.products.id",
}

// Requests that multiply their records are stopped by a bound, and neither they
// nor many of them at once keep others waiting.
func TestSecurityBombs(t *testing.T) {
	t.Parallel()
	limited := func(c gorgon.Config) *gorgon.App {
		c.Limits = query.Limits{Timeout: 2 * time.Second, Wait: time.Minute}
		return gorgon.New(c)
	}
	gorgontest.Each(t, limited, func(t *testing.T, app *gorgon.App) {
		s := serve(t, app, server.Config{Timeout: 2 * time.Minute})
		products := make([]*product.Product, 300)
		for i := range products {
			products[i] = &product.Product{Title: "Copy", Handle: fmt.Sprintf("copy-%d", i), Status: "published"}
		}
		if err := app.Product.Products.Create(t.Context(), products...); err != nil {
			t.Fatal(err)
		}
		for _, p := range products {
			for relation, id := range map[string]string{"tags": "tag", "options": "opt"} {
				if err := app.Product.Products.Relate(t.Context(), p.ID, relation, id); err != nil {
					t.Fatal(err)
				}
			}
		}
		var wg sync.WaitGroup
		stopped := map[string]int{}
		var mu sync.Mutex
		for _, line := range bombs {
			for range 4 {
				wg.Go(func() {
					got := s.call("admin", line, "")
					var body struct{ Type, Message string }
					_ = json.Unmarshal([]byte(got.body), &body) // a wrong body has no type
					if got.status != 400 || body.Type != "invalid_data" || got.header.Get("Retry-After") != "" {
						t.Errorf("%s: %d %.200s", line, got.status, got.body)
					}
					mu.Lock()
					defer mu.Unlock()
					stopped[strings.Split(body.Message, ":")[0]]++
				})
			}
		}
		for range 20 { // while the bombs run
			for line, who := range map[string]string{"GET /health": "nobody", "GET /store/products?limit=1": "store"} {
				if got := s.call(who, line, ""); got.status != 200 {
					t.Errorf("%s: %d %.200s", line, got.status, got.body)
				}
			}
		}
		wg.Wait()
		t.Logf("%s: stopped: %v", t.Name(), stopped)
		for _, line := range []string{
			"GET /store/product-options/opt?fields=id,products.options.products.options.products.id", "GET /store/product-tags/tag?fields=id,products.options.products.id",
		} {
			if got := s.call("store", line, ""); got.status != 200 || len(got.body) > 100 {
				t.Errorf("%s: %d %.200s", line, got.status, got.body)
			}
		}
	})
}
