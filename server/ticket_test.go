package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api/login"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/server"
)

// redeem sends a ticket's code from an address.
func redeem(t *testing.T, h http.Handler, code, from string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/auth/session/ticket", strings.NewReader(`{"ticket": "`+code+`"}`))
	r.RemoteAddr = from
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// A ticket starts one session, on this machine only, and a server has none unless
// it is given one.
func TestTicket(t *testing.T) {
	t.Parallel()
	const here = "127.0.0.1:5000"
	app := gorgontest.Open(t, gorgon.New, gorgontest.SQLite(t))
	if _, err := app.Auth.CreateUser(t.Context(), "ada@shop.example", "a good password"); err != nil {
		t.Fatal(err)
	}
	if w := redeem(t, server.New(app.Shop, server.Config{}, nil).Handler(), "", here); w.Code != http.StatusUnauthorized {
		t.Errorf("without a ticket: %d %s", w.Code, w.Body)
	}
	ticket, code := login.NewTicket("ada@shop.example")
	h := server.New(app.Shop, server.Config{Auth: login.Config{Ticket: ticket}}, nil).Handler()
	for name, w := range map[string]*httptest.ResponseRecorder{
		"another code": redeem(t, h, strings.Repeat("A", len(code)), here), "no code": redeem(t, h, "", here),
		"another machine": redeem(t, h, code, "192.0.2.7:5000"), "through a proxy": redeem(t, h, code, here, "X-Forwarded-For", "127.0.0.1"),
		"through another": redeem(t, h, code, here, "Forwarded", "for=127.0.0.1"),
	} {
		if w.Code != http.StatusUnauthorized || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
	}
	var sessions atomic.Int64
	var cookie atomic.Pointer[http.Cookie]
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if w := redeem(t, h, code, "[::1]:5000"); w.Code == http.StatusOK {
				sessions.Add(1)
				cookie.Store(w.Result().Cookies()[0])
			}
		})
	}
	all.Wait()
	if sessions.Load() != 1 {
		t.Fatalf("%d sessions", sessions.Load())
	}
	if c := cookie.Load(); !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
		t.Errorf("%v", c)
	}
	if w := ask(t, h, "/admin/users/me", "Cookie", cookie.Load().String()); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "ada@shop.example") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
