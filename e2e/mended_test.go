package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/server"
)

// A database that fails is the server's fault, whatever the route looks for: a
// record that cannot be looked for is not one that is not there.
func TestAFailingDatabaseIsNotNotFound(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for table, line := range map[string]string{
			"product_tags":             `POST /admin/products/prod {"tags": [{"id": "tag"}]}`,
			"product_category_product": `POST /admin/product-categories/cat/products {"add": ["prod_other"]}`,
			"customer_group_customer":  `POST /admin/customers/cus/customer-groups {"add": ["group"]}`,
			"product_sales_channel":    `POST /admin/sales-channels/sc/products {"add": ["prod_other"]}`,
			"promotion_promotion_rule": `POST /admin/promotions/promo1/rules/batch {"create": [{"attribute": "a", "operator": "eq", "values": ["b"]}]}`,
		} {
			words := strings.SplitN(line, " ", 3)
			want := func(when string, status int) {
				t.Helper()
				if got := s.call("admin", words[0]+" "+words[1], words[2]); got.status != status || status == 500 && strings.Contains(got.body, table) {
					t.Errorf("%s, %s: %d %.300s", line, when, got.status, got.body)
				}
			}
			want("before", 200)
			rename(t, s.app, table, table+"_gone")
			want("without "+table, 500)
			rename(t, s.app, table+"_gone", table)
			want("afterwards", 200)
		}
		rename(t, s.app, "product_tags", "product_tags_gone")
		for name, err := range map[string]error{
			"Relate":     s.app.Product.Products.Relate(t.Context(), "prod", "tags", "tag"),
			"Unrelate":   s.app.Product.Products.Unrelate(t.Context(), "prod", "tags", "tag"),
			"SetRelated": s.app.Product.Products.SetRelated(t.Context(), "prod", "tags"),
		} {
			if fault.TypeOf(err) != fault.Internal {
				t.Errorf("%s: %v (%s)", name, err, fault.TypeOf(err))
			}
		}
		if err := s.app.Product.Products.Relate(t.Context(), "nothing", "tags", "tag"); fault.TypeOf(err) != fault.NotFound {
			t.Errorf("a product that is not there: %v", err)
		}
	})
}

func rename(t *testing.T, app *gorgon.App, table, to string) {
	t.Helper()
	if _, err := app.DB().Exec(t.Context(), "ALTER TABLE "+table+" RENAME TO "+to); err != nil {
		t.Fatal(err)
	}
}

// Someone who is deleted is out at once, whoever deleted them: their token
// opens nothing, and who logs in is no one.
func TestSomeoneWhoIsDeletedIsOut(t *testing.T) {
	t.Parallel()
	type deletion = func(ctx context.Context, s *served, id string) error
	byRoute := func(path string) deletion {
		return func(_ context.Context, s *served, id string) error {
			if got := s.call("secret", "DELETE "+path+"/"+id, ""); got.status != 200 {
				return errors.New(got.body)
			}
			return nil
		}
	}
	for _, actor := range []struct {
		who, name string // of whom it is in served, and the actor's type
		line      string // a route that is theirs
		deletions map[string]deletion
	}{
		{"admin", "user", "GET /admin/orders", map[string]deletion{
			"route":             byRoute("/admin/users"),
			"service":           func(ctx context.Context, s *served, id string) error { return s.app.User.Users.SoftDelete(ctx, id) },
			"service, for good": func(ctx context.Context, s *served, id string) error { return s.app.User.Users.Delete(ctx, id) },
		}},
		{"ada", "customer", "GET /store/customers/me", map[string]deletion{
			"route": byRoute("/admin/customers"),
			"service": func(ctx context.Context, s *served, id string) error {
				return s.app.Customer.Customers.SoftDelete(ctx, id)
			},
			"service, for good": func(ctx context.Context, s *served, id string) error { return s.app.Customer.Customers.Delete(ctx, id) },
		}},
	} {
		eachServed(t, func(t *testing.T, s *served) {
			k := &maker{Shop: s.app.Shop}
			for _, way := range slices.Sorted(maps.Keys(actor.deletions)) {
				del := actor.deletions[way]
				model := s.app.Store.Graph.Named(actor.name)
				id, email := k.record(t, model, nil), strings.NewReplacer(" ", "", ",", "").Replace(way)+"@example.com"
				token := loggedIn(t, s.app, actor.name, id, email)
				s.user, s.ada = token, token
				s.want(t, 200, actor.who, actor.line, "")

				undone := errors.New("undone")
				if err := s.app.Do(t.Context(), func(ctx context.Context) error {
					if way == "route" {
						return undone
					}
					return errors.Join(del(ctx, s, id), undone)
				}); !errors.Is(err, undone) {
					t.Fatal(err)
				}
				s.want(t, 200, actor.who, actor.line, "") // it did not happen

				if err := del(t.Context(), s, id); err != nil {
					t.Fatalf("%s: %v", way, err)
				}
				s.want(t, 401, actor.who, actor.line, "")
				s.want(t, 401, actor.who, "POST /auth/token/refresh", "")
				if claims, err := s.app.Auth.Parse(t.Context(), token); err == nil && s.app.Auth.Confirm(t.Context(), claims) == nil {
					t.Errorf("%s: the token of the %s is confirmed", way, actor.name)
				}
				again, err := s.app.Auth.Login(t.Context(), actor.name, auth.EmailPass, email, password)
				if err == nil {
					s.user, s.ada = again, again
					s.want(t, 401, actor.who, actor.line, "")
				}
				if claims, err := s.app.Auth.Parse(t.Context(), again); err == nil && claims.ActorID != "" {
					t.Errorf("%s: the %s logs in as %+v", way, actor.name, claims)
				}
			}
		})
	}
}

// POST /admin/links takes as few statements as Links.Create, for one link and
// for many.
func TestLinkingByRouteTakesNoMoreStatements(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, app *gorgon.App) {
		d, count := dbtest.Counting(app.DB())
		shop := app.Blueprint.On(d)
		k := &maker{Shop: app.Shop}
		s := &served{app: app, handler: server.Handler(shop, server.Config{}, nil), user: gorgontest.Token(t, app)}
		s.want(t, 200, "admin", "GET /admin/links", "") // from now on the token is trusted
		for _, n := range []int{1, 20} {
			fresh := func() (pairs []link.Pair, body string) {
				var all []string
				for range n {
					p := link.Pair{order.Orders: k.record(t, order.Orders, nil), promotion.Promotions: k.record(t, promotion.Promotions, nil)}
					pairs = append(pairs, p)
					all = append(all, fmt.Sprintf(`{"order": %q, "promotion": %q}`, p[order.Orders], p[promotion.Promotions]))
				}
				return pairs, `{"links": [` + strings.Join(all, ", ") + `]}`
			}
			pairs, _ := fresh()
			service := count.Of(func() {
				if _, err := shop.Links.Create(t.Context(), pairs...); err != nil {
					t.Fatal(err)
				}
			})
			_, body := fresh()
			route := count.Of(func() {
				if got := s.want(t, 200, "admin", "POST /admin/links", body); got["count"] != float64(n) {
					t.Errorf("%v", got)
				}
			})
			if service != 1 || route != service {
				t.Errorf("%d links: %d statements by the route, %d by the service", n, route, service)
			}
		}
	})
}
