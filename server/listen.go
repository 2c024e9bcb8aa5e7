package server

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
)

// The timeouts of connections: a client that sends or reads slowly does not
// hold one for long. Reading a request and writing its answer each come on top
// of Config.Timeout, which bounds the work between them.
const (
	headerTimeout   = 5 * time.Second
	transferTimeout = 30 * time.Second
	idleTimeout     = 2 * time.Minute
	headerBytes     = 64 << 10
)

// longest returns the time after which a request that was accepted has been
// answered or has failed.
func (c Config) longest() time.Duration { return headerTimeout + c.Timeout + transferTimeout }

// httpServer returns a server with the timeouts of connections.
func (c Config) httpServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: transferTimeout,
		WriteTimeout: c.Timeout + transferTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(c.Log.Handler(), slog.LevelWarn),
	}
}

// listen listens at the addresses of the API and of the counters.
func (s *Server) listen(ctx context.Context) (*listeners, error) {
	c := s.config
	l := &listeners{api: c.httpServer(s.api), metrics: c.httpServer(s.metrics), listeners: map[*http.Server]net.Listener{}}
	listener, err := listen(ctx, c.Address)
	if err != nil {
		return nil, fault.Wrap(err, fault.UnexpectedState, "cannot listen on %s: %v", c.Address, err)
	}
	l.listeners[l.api], l.addresses.API = listener, listener.Addr().String()
	if s.metrics == nil {
		return l, nil
	}
	if listener, err = listen(ctx, c.MetricsAddress); err != nil {
		_ = l.listeners[l.api].Close() // err is what matters
		return nil, fault.Wrap(err, fault.UnexpectedState,
			"cannot listen on %s for metrics: %v; choose another --metrics-address, or --metrics=false", c.MetricsAddress, err)
	}
	l.listeners[l.metrics], l.addresses.Metrics = listener, listener.Addr().String()
	return l, nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", address)
}
