package server

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/shop"
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

// ListenAndServe serves the API of an open shop until ctx ends, and then
// finishes the requests in flight, for as long as one may take. It calls ready
// with the address once it listens; ready may be nil. Settings that are not valid
// are an error.
func ListenAndServe(ctx context.Context, s *shop.Shop, c Config, own []Routes, ready func(address string)) error {
	if err := c.Check(); err != nil {
		return err
	}
	c = c.orDefaults()
	server := &http.Server{
		Handler: Handler(s, c, own), ReadHeaderTimeout: headerTimeout, ReadTimeout: transferTimeout,
		WriteTimeout: c.Timeout + transferTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: headerBytes,
		ErrorLog: slog.NewLogLogger(c.Log.Handler(), slog.LevelWarn),
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.Address)
	if err != nil {
		return fault.Wrap(err, fault.UnexpectedState, "cannot listen on %s: %v", c.Address, err)
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
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.Timeout)
	defer cancel()
	return server.Shutdown(last)
}
