package gorgon

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/admin"
	"github.com/gorgon-commerce/gorgon/api/store"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/flows"
)

// Server is how the HTTP API of an App is served. The zero value of each
// setting means its default; `gorgon start` has a flag for most of them.
type Server struct {
	Address string // where to listen; default :9000
	// Origins are the sites whose pages may call; by default those on localhost.
	Origins api.Origins
	// Auth are limits on logins, and how a password reset reaches its owner.
	Auth    api.AuthOptions
	MaxBody int64         // bytes of a request's body; default 1 MiB
	Timeout time.Duration // of a request; default 30 s
	// NoMetrics leaves GET /metrics out.
	NoMetrics bool
	Log       *slog.Logger // nil logs nothing
}

// The timeouts of connections: a client that dribbles does not hold one long.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	headerBytes   = 64 << 10
)

// DefaultAddress is where the API listens when nothing else is said.
const DefaultAddress = ":9000"

// Serve adds routes of the shop's own to the HTTP API: for resources of its
// modules, or any other. It must come before Handler.
func (a *App) Serve(routes func(s *api.Shop) []api.Route) {
	a.routes = append(a.routes, routes)
}

// Routes are all routes of the HTTP API, once the App is open.
func (a *App) Routes(o Server) []api.Route { return a.routesWith(a.shop(), o, nil) }

func (a *App) shop() *api.Shop {
	return &api.Shop{Query: a.Query, Links: a.Links, Store: a.Store, Auth: a.Auth}
}

func (a *App) routesWith(s *api.Shop, o Server, m *api.Metrics) []api.Route {
	f := flows.New(flows.Services{
		Store: a.Store, Links: a.Links, Auth: a.Auth, Customers: a.Customers, Products: a.Products, Prices: a.Pricing,
		Regions: a.Regions, SalesChannels: a.SalesChannels, Shops: a.Stores,
	})
	out := slices.Concat(
		api.SystemRoutes(s, m),
		api.AuthRoutes(s, o.Auth),
		admin.Routes(s, admin.Services{
			APIKeys: a.APIKeys, Customers: a.Customers, Orders: a.Orders, Payments: a.Payments, Products: a.Products,
			Promotions: a.Promotions, Regions: a.Regions, SalesChannels: a.SalesChannels, Flows: f,
		}),
		store.Routes(s, store.Services{Customers: a.Customers, Prices: a.Pricing, Flows: f}),
	)
	for _, more := range a.routes {
		out = append(out, more(s)...)
	}
	return append(out, api.DocumentRoutes(s, out, "Gorgon", version())...)
}

// Handler is the HTTP API of the App, which must be open.
func (a *App) Handler(o Server) http.Handler {
	if o.Origins.Admin == nil && o.Origins.Store == nil && o.Origins.Auth == nil {
		local := []string{"http://localhost:*", "http://127.0.0.1:*"}
		o.Origins = api.Origins{Admin: local, Store: local, Auth: local}
	}
	var m *api.Metrics
	if !o.NoMetrics {
		m = api.NewMetrics()
	}
	s := a.shop()
	return api.New(s, a.routesWith(s, o, m), api.Options{Log: o.Log, MaxBody: o.MaxBody, Timeout: o.Timeout, Metrics: m, Origins: o.Origins})
}

// ListenAndServe serves the API until ctx ends, and then finishes the requests
// that are in flight, for as long as one may take. ready is called with the
// address once it listens; nil is nobody.
func (a *App) ListenAndServe(ctx context.Context, o Server, ready func(address string)) error {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	timeout := o.Timeout
	if timeout <= 0 {
		timeout = readTimeout
	}
	server := &http.Server{
		Addr: o.Address, Handler: a.Handler(o), ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout,
		WriteTimeout: timeout + readTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn),
	}
	if server.Addr == "" {
		server.Addr = DefaultAddress
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", server.Addr)
	if err != nil {
		return fault.Wrap(err, fault.UnexpectedState, "cannot listen on %s: %v", server.Addr, err)
	}
	if ready != nil {
		ready(listener.Addr().String())
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	defer cancel()
	return server.Shutdown(last)
}
