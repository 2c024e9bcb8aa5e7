package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
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
		return nil, cannotListen(err, c.Address, "--address")
	}
	l.listeners[l.api], l.addresses.API = listener, listener.Addr().String()
	if s.metrics == nil {
		return l, nil
	}
	if listener, err = listen(ctx, c.MetricsAddress); err != nil {
		_ = l.listeners[l.api].Close() // err is what matters
		return nil, cannotListen(err, c.MetricsAddress, "--metrics-address")
	}
	l.listeners[l.metrics], l.addresses.Metrics = listener, listener.Addr().String()
	return l, nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", address)
}

// cannotListen says why the server cannot listen at the address of a flag, and
// what to write in its place.
func cannotListen(err error, address, flag string) error {
	of, other := "", ""
	if flag != "--address" {
		of, other = " for metrics", ", or --metrics=false"
	}
	host, port, _ := net.SplitHostPort(address) // Check has made sure that it has both
	why := fmt.Sprintf("%v; choose another %s%s", err, flag, other)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		why = fmt.Sprintf("another program uses port %s; stop it, or choose another port, such as %s %s%s", port, flag, net.JoinHostPort(host, next(port)), other)
	case errors.Is(err, fs.ErrPermission):
		why = fmt.Sprintf("no permission to use port %s; choose one from 1024 on, such as %s %s%s", port, flag, net.JoinHostPort(host, "9000"), other)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		why = fmt.Sprintf("this machine does not have the address %s; leave it out to listen on all: %s :%s%s", host, flag, port, other)
	}
	return fault.Wrap(err, fault.UnexpectedState, "cannot listen on %s%s: %s", address, of, why)
}

// next returns a port beside one that is taken.
func next(port string) string {
	n, err := strconv.Atoi(port)
	if err != nil || n >= 65535 {
		return "9001"
	}
	return strconv.Itoa(n + 1)
}

// checkAddress returns an error if an address, which is a setting, has no port.
// The error says how to write it.
func checkAddress(setting, address, port string) error {
	if address == "" {
		return nil
	}
	if _, text, err := net.SplitHostPort(address); err == nil {
		if n, err := strconv.Atoi(text); err == nil && (n < 0 || n > 65535) {
			return fault.New(fault.InvalidData, "%s is %q: a port is between 0 and 65535", setting, fault.Clip(address))
		}
		return nil
	}
	right := net.JoinHostPort(strings.Trim(address, "[]"), port)
	if _, err := strconv.Atoi(address); err == nil {
		right = ":" + address
	}
	return fault.New(fault.InvalidData, "%s is %q, which is no address with a port; write %s", setting, fault.Clip(address), right)
}
