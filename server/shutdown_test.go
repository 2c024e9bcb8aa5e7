package server_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// running is a server whose delay at the end lasts until the test ends it, with
// a route that responds when it is told to.
type running struct {
	at             server.Addresses
	stop           context.CancelFunc
	over           chan time.Time
	entered, leave chan struct{} // the slow route
	ended          chan error
	delay          chan time.Duration
}

func start(t *testing.T, app *gorgon.App) *running {
	t.Helper()
	r := &running{
		over: make(chan time.Time), entered: make(chan struct{}), leave: make(chan struct{}), ended: make(chan error, 1), delay: make(chan time.Duration, 1),
	}
	slow := func(*shop.Shop) []api.Route {
		return []api.Route{{Method: http.MethodGet, Path: "/slow", Do: func(c *api.Call) error {
			r.entered <- struct{}{}
			<-r.leave
			return c.Data("text/plain", []byte("whole"))
		}}}
	}
	s := server.New(app.Shop, server.Config{Address: "127.0.0.1:0", MetricsAddress: "127.0.0.1:0", ShutdownDelay: 7 * time.Second}, []server.Routes{slow})
	s.SetAfter(func(d time.Duration) <-chan time.Time { r.delay <- d; return r.over })
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	ready := make(chan server.Addresses, 1)
	go func() { r.ended <- s.ListenAndServe(ctx, func(at server.Addresses) { ready <- at }) }()
	select {
	case r.at = <-ready:
	case err := <-r.ended:
		t.Fatal(err)
	}
	return r
}

// client is a connection that is kept.
type client struct {
	net.Conn
	*bufio.Reader
}

func (r *running) dial(t *testing.T) client {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", r.at.API)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return client{conn, bufio.NewReader(conn)}
}

func (c client) ask(t *testing.T, path string) {
	t.Helper()
	if _, err := io.WriteString(c.Conn, "GET "+path+" HTTP/1.1\r\nHost: shop\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
}

// hear reads a response, and checks whether it is the last of its connection.
func (c client) hear(t *testing.T, status int, body string, last bool) {
	t.Helper()
	res, err := http.ReadResponse(c.Reader, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // it is read
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != status || !strings.Contains(string(b), body) || res.Close != last {
		t.Errorf("%d %s (%v), last %t; want %d %s, last %t", res.StatusCode, b, err, res.Close, status, body, last)
	}
	if !last {
		return
	}
	if _, err := c.ReadByte(); err != io.EOF { //nolint:errorlint // as net.Conn returns it
		t.Errorf("after the last response: %v", err)
	}
}

// A server that is told to end says so first, goes on for the delay, and cuts
// no request that it has accepted.
func TestShutdown(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, gorgon.New, func(t *testing.T, app *gorgon.App) {
		r := start(t, app)
		kept, slow, idle := r.dial(t), r.dial(t), r.dial(t)
		for _, c := range []client{kept, idle} {
			c.ask(t, "/ready")
			c.hear(t, http.StatusOK, "OK", false)
		}
		slow.ask(t, "/slow")
		<-r.entered
		r.stop()
		if d := <-r.delay; d != 7*time.Second {
			t.Errorf("the delay is %s", d)
		}
		kept.ask(t, "/ready")
		kept.hear(t, http.StatusServiceUnavailable, `"the server is shutting down"`, true)
		for path, status := range map[string]int{"/health": http.StatusOK, "/admin/orders": http.StatusUnauthorized} {
			late := r.dial(t)
			late.ask(t, path)
			late.hear(t, status, "", true)
		}
		if status, body := get(t, "http://"+r.at.Metrics+"/metrics"); status != http.StatusOK || !strings.Contains(body, "gorgon_http_requests_in_flight 1") {
			t.Errorf("metrics while it drains: %d %.200s", status, body)
		}
		r.over <- time.Time{}
		if _, err := idle.ReadByte(); err != io.EOF { //nolint:errorlint // as net.Conn returns it
			t.Errorf("an idle connection: %v", err)
		}
		if _, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", r.at.API); err == nil {
			t.Error("connections are still accepted")
		}
		close(r.leave)
		slow.hear(t, http.StatusOK, "whole", true)
		if err := <-r.ended; err != nil {
			t.Error(err)
		}
	})
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // it is read
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}
