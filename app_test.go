package gorgon_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// TestMain unsets the settings of the developer's shell, which come before a
// Config.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "GORGON_") && !strings.HasPrefix(name, "GORGON_TEST_") {
			_ = os.Unsetenv(name) // fails only for an invalid name
		}
	}
	os.Exit(m.Run())
}

// A gift is a record of a module with a rule and a service.
type gift struct {
	model.Base
	Text string `json:"text"`
}

type giftService struct{ Gifts module.Records[gift] }

func giftModule() (*module.Module, *model.Model) {
	gifts := model.Define[gift]("gift")
	return &module.Module{
		Name: "gift", Models: []*model.Model{gifts},
		Rules: func(*module.Store) []module.Rule {
			return []module.Rule{module.On(gifts, module.Rules[gift]{Each: func(g *gift) error { return module.Require(gifts, "text", g.Text) }})}
		},
		Service: module.Provide(func(s *module.Store) *giftService { return &giftService{module.For[gift](s, gifts)} }),
	}, gifts
}

// withGifts returns an App with everything that can be added before Open.
func withGifts(c gorgon.Config) *gorgon.App {
	own, gifts := giftModule()
	app := gorgon.New(c)
	app.Modules(own)
	app.Link(link.Between(link.One(order.Orders), link.Many(gifts)).Columns(link.Column{Name: "note"}))
	app.Routes(func(s *shop.Shop) []api.Route {
		return []api.Route{{Method: http.MethodGet, Path: "/gifts", Summary: "Count the gifts", Do: func(c *api.Call) error {
			n, err := shop.ServiceOf[*giftService](s).Gifts.Count(c.Context(), nil)
			if err != nil {
				return err
			}
			return c.JSON(map[string]int64{"gifts": n})
		}}}
	})
	return app
}

func TestOwnModule(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, withGifts, func(t *testing.T, app *gorgon.App) {
		gifts := shop.ServiceOf[*giftService](app.Shop).Gifts
		if err := gifts.Create(t.Context(), &gift{}); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("the rule of the module does not hold: %v", err)
		}
		g, o := &gift{Text: "For Ada"}, &order.Order{CurrencyCode: "eur"}
		if err := gifts.Create(t.Context(), g); err != nil {
			t.Fatal(err)
		}
		if err := app.Order.Orders.Create(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		pair := link.Pair{order.Orders: o.ID, app.Blueprint.Graph.Named("gift"): g.ID}
		if _, err := app.Links.CreateWith(t.Context(), link.Entry{Pair: pair, Data: link.Data{"note": "red"}}); err != nil {
			t.Fatal(err)
		}
		type row struct {
			Gifts []struct {
				Text string `json:"text"`
			} `json:"gifts"`
		}
		rows, _, err := query.List[row](t.Context(), app.Query, "order")
		if err != nil || len(rows) != 1 || len(rows[0].Gifts) != 1 || rows[0].Gifts[0].Text != "For Ada" {
			t.Errorf("%+v, %v", rows, err)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/gifts", http.NoBody)
		if w := gorgontest.Do(t, app, r); w.Code != http.StatusOK || w.Body.String() != `{"gifts":1}` {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
}

// What is added to one App is not in another, nor in the built-in map.
func TestAppsAreSeparate(t *testing.T) {
	t.Parallel()
	modules, links := len(shop.Modules), len(shop.Links)
	with, without := withGifts(gorgon.Config{}), gorgon.New(gorgon.Config{})
	for app, want := range map[*gorgon.App]bool{with: true, without: false} {
		g, err := app.Graph()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := g.Model("gift"); (err == nil) != want {
			t.Errorf("the graph has gifts: %v, want %t", err, want)
		}
	}
	if len(shop.Modules) != modules || len(shop.Links) != links {
		t.Errorf("%d modules and %d links, %d and %d before", len(shop.Modules), len(shop.Links), modules, links)
	}
}

func TestModuleAddsModels(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{})
	app.Module("note", model.Define[gift]("note"), model.Define[gift]("memo"))
	g, err := app.Graph()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"note", "memos"} {
		if m, err := g.Model(name); err != nil || m.Module != "note" {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
}

// Mistakes in modules and links are found without a database, and by
// everything that needs the graph.
func TestGraphFindsMistakes(t *testing.T) {
	t.Parallel()
	_, gifts := giftModule()
	for name, test := range map[string]struct {
		add  func(app *gorgon.App)
		says []string
	}{
		"a model whose name is taken": {
			func(app *gorgon.App) { app.Module("gift", model.Define[gift]("order")) }, []string{"order"},
		},
		"a model in two modules": {
			func(app *gorgon.App) { app.Module("gift", gifts); app.Module("present", gifts) }, []string{"gift"},
		},
		"a link to a model of no module": {
			func(app *gorgon.App) { app.Link(link.Between(link.One(order.Orders), link.One(gifts))) }, []string{"gift"},
		},
		"a link whose table is taken": {
			func(app *gorgon.App) {
				app.Module("gift", gifts)
				app.Link(link.Between(link.One(order.Orders), link.One(gifts)).Table("order_cart"))
			},
			[]string{"order_cart"},
		},
		"a read-only link without its column": {
			func(app *gorgon.App) {
				app.Module("gift", gifts)
				app.Link(link.ReadOnly(gifts, "order_id", order.Orders))
			},
			[]string{"gift", "order_id"},
		},
	} {
		app := gorgon.New(gorgon.Config{Database: gorgontest.SQLite(t)})
		test.add(app)
		_, err := app.Graph()
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, text := range test.says {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("%s: %q does not say %q", name, err, text)
			}
		}
		var stderr strings.Builder
		status := app.Run(t.Context(), []string{"links"}, io.Discard, &stderr, nil)
		if open, connect := app.Open(t.Context()), app.Connect(t.Context()); status != 1 || !strings.Contains(stderr.String(), err.Error()) ||
			open == nil || open.Error() != err.Error() || connect == nil || connect.Error() != err.Error() {
			t.Errorf("%s: Open %v, Connect %v, links %d %s; want %v", name, open, connect, status, stderr.String(), err)
		}
	}
}

func TestOpenNeedsTables(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: gorgontest.SQLite(t)})
	if err := app.Open(t.Context()); fault.TypeOf(err) != fault.UnexpectedState || !strings.Contains(err.Error(), "gorgon migrate") || app.Query != nil {
		t.Errorf("%v", err)
	}
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	if changes, err := app.Migrate(t.Context(), schema.Options{}); err != nil || len(changes) == 0 {
		t.Fatalf("%d changes, %v", len(changes), err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Order.Orders.Count(t.Context(), nil); err != nil {
		t.Error(err)
	}
	if err := app.Close(); err != nil {
		t.Error(err)
	}
}

// A query of a shop that is not open returns an error that says so.
func TestQueriesBeforeOpen(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: gorgontest.SQLite(t)})
	type row struct {
		ID string `json:"id"`
	}
	for when, prepare := range map[string]func() error{
		"before Open": func() error { return nil },
		"after Close": func() error { return errors.Join(app.Connect(t.Context()), app.Close()) },
	} {
		if err := prepare(); err != nil {
			t.Fatal(err)
		}
		_, _, list := query.List[row](t.Context(), app.Query, "order")
		_, get := query.Get[row](t.Context(), app.Query, "order", "order_1")
		_, graph := app.Query.Graph(t.Context(), query.Request{Entity: "order", Fields: []string{"id"}})
		_, explain := app.Query.Explain(query.Request{Entity: "order", Fields: []string{"id"}})
		each := app.Query.Each(t.Context(), query.Request{Entity: "order", Fields: []string{"id"}}, func([]byte) error { return nil })
		for name, err := range map[string]error{"List": list, "Get": get, "Graph": graph, "Explain": explain, "Each": each, "Check": query.Check[row](app.Query, "order")} {
			if fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), "the shop is not open") {
				t.Errorf("%s %s: %v", name, when, err)
			}
		}
	}
}

func TestCloseAgain(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: gorgontest.SQLite(t)})
	if err := app.Close(); err != nil {
		t.Errorf("before Open: %v", err)
	}
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := app.Close(); err != nil || app.Query != nil {
			t.Errorf("%v, %v", app.Query, err)
		}
	}
}

// An open App keeps its shop: opening it again would leave the first one open.
func TestOpenWhileOpen(t *testing.T) {
	t.Parallel()
	app := gorgontest.Open(t, gorgon.New, gorgontest.SQLite(t))
	open := app.Shop
	for name, again := range map[string]func(context.Context) error{"Open": app.Open, "Connect": app.Connect} {
		if err := again(t.Context()); fault.TypeOf(err) != fault.NotAllowed || app.Shop != open {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := app.Order.Orders.Count(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// What is added too late would be left out in silence.
func TestAddingAfterTheGraph(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{})
	if _, err := app.Graph(); err != nil {
		t.Fatal(err)
	}
	own, gifts := giftModule()
	for name, add := range map[string]func(){
		"Module":  func() { app.Module("gift", gifts) },
		"Modules": func() { app.Modules(own) },
		"Link":    func() { app.Link(link.Between(link.One(order.Orders), link.Many(gifts))) },
	} {
		func() {
			defer func() {
				if said, _ := recover().(string); !strings.Contains(said, "must be called before Graph") {
					t.Errorf("%s: %q", name, said)
				}
			}()
			add()
		}()
	}
}

// A command has a connection of its own: it does not close the open App.
func TestRunWhileOpen(t *testing.T) {
	t.Parallel()
	app := gorgontest.Open(t, gorgon.New, gorgontest.SQLite(t))
	for range 2 {
		var stdout, stderr strings.Builder
		if status := app.Run(t.Context(), []string{"query", "order", "--fields", "id"}, &stdout, &stderr, nil); status != 0 || stdout.String() != "" || stderr.String() != "no records\n" {
			t.Errorf("status %d, %s%s", status, stdout.String(), stderr.String())
		}
	}
	if _, err := app.Order.Orders.Count(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

func TestConfigMigrationsRunOnce(t *testing.T) {
	t.Parallel()
	ran := 0
	url := gorgontest.SQLite(t)
	assemble := func(c gorgon.Config) *gorgon.App {
		c.Migrations = []shop.Migration{{Name: "count", Run: func(context.Context, *shop.Shop) error { ran++; return nil }}}
		return gorgon.New(c)
	}
	for range 2 {
		if err := gorgontest.Open(t, assemble, url).Close(); err != nil {
			t.Fatal(err)
		}
	}
	if ran != 1 {
		t.Errorf("the migration ran %d times", ran)
	}
}

// A program that serves without the command line has the same settings.
func TestListenAndServeHonorsTheConfig(t *testing.T) {
	t.Parallel()
	app := gorgontest.Open(t, func(c gorgon.Config) *gorgon.App {
		c.Server = server.Config{Address: "127.0.0.1:0", NoMetrics: true, MaxBody: 10}
		c.Auth = auth.Config{Secret: []byte("a secret of thirty-two bytes ...")}
		return gorgon.New(c)
	}, gorgontest.SQLite(t))
	ctx, stop := context.WithCancel(t.Context())
	address, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- app.ListenAndServe(ctx, func(a string) { address <- a }) }()
	base := "http://" + <-address
	for path, want := range map[string]int{"/health": http.StatusOK, "/metrics": http.StatusNotFound, "/admin/orders": http.StatusUnauthorized} {
		if got := status(t, http.MethodGet, base+path, ""); got != want {
			t.Errorf("GET %s: %d, want %d", path, got, want)
		}
	}
	if got := status(t, http.MethodPost, base+"/auth/user/emailpass", `{"email": "ada@example.com"}`); got != http.StatusRequestEntityTooLarge {
		t.Errorf("a body of more than MaxBody: %d", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func status(t *testing.T, method, url, body string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // only the status matters
	return res.StatusCode
}

func TestListenAndServeOnATakenAddress(t *testing.T) {
	t.Parallel()
	var config net.ListenConfig
	taken, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close() //nolint:errcheck // the test is over
	app := gorgontest.Open(t, func(c gorgon.Config) *gorgon.App {
		c.Server.Address = taken.Addr().String()
		return gorgon.New(c)
	}, gorgontest.SQLite(t))
	if err := app.ListenAndServe(t.Context(), nil); fault.TypeOf(err) != fault.UnexpectedState || !strings.Contains(err.Error(), taken.Addr().String()) {
		t.Error(err)
	}
}
