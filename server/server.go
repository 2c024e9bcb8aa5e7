package server

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Server is the HTTP API of an open shop, and its counters. New makes it.
type Server struct {
	shop         *shop.Shop
	config       Config
	api, metrics http.Handler // metrics is nil without them
	readiness    readiness
	later        *api.Later
	after        func(time.Duration) <-chan time.Time // of the delay at the end
	minute       func(time.Duration) <-chan time.Time // of Reconcile
}

// New returns the server of an open shop, with routes of the shop's own.
func New(s *shop.Shop, c Config, own []Routes) *Server {
	out := &Server{shop: s, config: c.orDefaults(), after: time.After, minute: time.After}
	c = out.config
	out.later = api.NewLater(c.Log)
	o := api.Options{Log: c.Log, MaxBody: c.MaxBody, Timeout: c.Timeout, Origins: c.Origins, TrustedProxies: c.TrustedProxies, Coming: coming()}
	if !c.NoMetrics {
		m := newMetrics()
		o.Observer, out.metrics = m, m.handler()
	}
	out.api = out.closing(api.New(s, routes(s, c, own, &out.readiness, out.later), o))
	return out
}

// Handler returns the HTTP API.
func (s *Server) Handler() http.Handler { return s.api }

// Metrics returns what serves GET /metrics, or nil if the Config says that
// there are none. It does not belong on a public address.
func (s *Server) Metrics() http.Handler { return s.metrics }

// Wait waits for what responses did not wait for, such as mails. A program with a
// server of its own calls it after http.Server.Shutdown.
func (s *Server) Wait() { s.later.Wait() }

// Drain makes GET /ready say no and each response end its connection. A program
// with a server of its own calls it before http.Server.Shutdown.
func (s *Server) Drain() { s.readiness.draining.Store(true) }

// closing ends the connections of clients that keep them, once the server
// drains: their next request goes to another server.
func (s *Server) closing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.readiness.draining.Load() {
			w.Header().Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// Addresses are where a server listens.
type Addresses struct {
	API     string
	Metrics string // "" without metrics
}

// ListenAndServe serves the API, and the counters at an address of their own,
// until ctx ends. Then GET /ready says no; after Config.ShutdownDelay no
// connection is accepted, and those of requests in flight end with their
// responses. ListenAndServe calls ready, which may be nil, once it listens, and
// Reconcile.
func (s *Server) ListenAndServe(ctx context.Context, ready func(Addresses)) error {
	if err := s.config.Check(); err != nil {
		return err
	}
	l, err := s.listen(ctx)
	if err != nil {
		return err
	}
	defer l.metrics.Close() //nolint:errcheck // no counter is lost
	if ready != nil {
		ready(l.addresses)
	}
	defer s.reconciling(ctx)()
	ended := make(chan error, 2)
	for server, listener := range l.listeners {
		go func() { ended <- server.Serve(listener) }()
	}
	select {
	case err := <-ended:
		return errors.Join(err, l.api.Close())
	case <-ctx.Done():
	}
	s.Drain()
	if s.config.ShutdownDelay > 0 {
		select {
		case err := <-ended:
			return errors.Join(err, l.api.Close())
		case <-s.after(s.config.ShutdownDelay):
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.config.longest())
	defer cancel()
	err = l.api.Shutdown(last)
	s.later.End()
	return err
}

// ListenAndServe serves an open shop, as Server.ListenAndServe does. It calls
// ready with the address of the API; ready may be nil.
func ListenAndServe(ctx context.Context, s *shop.Shop, c Config, own []Routes, ready func(address string)) error {
	return New(s, c, own).ListenAndServe(ctx, func(at Addresses) {
		if ready != nil {
			ready(at.API)
		}
	})
}

// listeners are the servers that share the work, and where they listen.
type listeners struct {
	api, metrics *http.Server
	listeners    map[*http.Server]net.Listener
	addresses    Addresses
}
