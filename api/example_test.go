package api_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// withShop calls f with a shop on an SQLite file of its own.
func withShop(f func(ctx context.Context, s *shop.Shop) error) {
	if err := inFolder(f); err != nil {
		fmt.Println(err)
	}
}

func inFolder(f func(ctx context.Context, s *shop.Shop) error) error {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b, err := shop.Build(shop.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")})
	if err != nil {
		return err
	}
	s, err := b.Connect(ctx, "")
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Migrate(ctx, schema.Options{}); err != nil {
		return err
	}
	return f(ctx, s)
}

// A Resource has a list, a record, creation, change and deletion.
func ExampleResource() {
	withShop(func(ctx context.Context, s *shop.Shop) error {
		tags := s.Product.Tags
		columns := body.ColumnsOf(product.Tags, "value", "metadata")
		resource := api.Resource{
			One: "tag", Many: "tags", Path: "/tags", Entity: "product_tag", Access: api.Public, Limit: 20,
			Fields: api.Fields("value"),
			Create: api.Creates(tags, columns), Update: api.Updates(tags, columns), Delete: tags.SoftDelete,
		}
		handler := api.New(s, resource.Routes(s), api.Options{})

		for _, call := range []struct{ method, path, body string }{
			{http.MethodPost, "/tags", `{"value": "sale"}`},
			{http.MethodPost, "/tags", `{"value": "new", "color": "red"}`},
			{http.MethodGet, "/tags?value[$like]=s%25", ""},
			{http.MethodGet, "/tags/ptag_none", ""},
		} {
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, call.method, call.path, strings.NewReader(call.body)))
			fmt.Println(w.Code, w.Body)
		}
		return nil
	})
	// Output:
	// 200 {"tag":{"value":"sale"}}
	// 400 {"type":"invalid_data","message":"Invalid request: Unrecognized fields: 'color'"}
	// 200 {"tags":[{"value":"sale"}],"count":1,"offset":0,"limit":20}
	// 404 {"type":"not_found","message":"Tag with id: ptag_none was not found"}
}

// A Route is anything else: here, text that is written while it is sent.
func ExampleRoute() {
	withShop(func(ctx context.Context, s *shop.Shop) error {
		tags := api.Route{
			Method: http.MethodGet, Path: "/tags.txt", Access: api.Public,
			Do: func(c *api.Call) error {
				return c.Stream("text/plain; charset=utf-8", func(w io.Writer) error {
					_, err := fmt.Fprintf(w, "tags of %s\n", c.Query("shop"))
					return err
				})
			},
		}
		handler := api.New(s, []api.Route{tags}, api.Options{})

		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, "/tags.txt?shop=fjord", nil))
		fmt.Print(w.Code, " ", w.Body)
		return nil
	})
	// Output:
	// 200 tags of fjord
}

// A route may respond with no more than a status.
func ExampleCall_Status() {
	withShop(func(ctx context.Context, s *shop.Shop) error {
		hook := api.Route{
			Method: http.MethodPost, Path: "/hook", Access: api.Public,
			Do: func(c *api.Call) error {
				text, err := c.Text()
				if err != nil {
					return err
				}
				fmt.Printf("received %s\n", text)
				c.Status(http.StatusAccepted)
				return nil
			},
		}
		handler := api.New(s, []api.Route{hook}, api.Options{})

		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodPost, "/hook", strings.NewReader("ping")))
		fmt.Println(w.Code, w.Body.Len())
		return nil
	})
	// Output:
	// received ping
	// 202 0
}
