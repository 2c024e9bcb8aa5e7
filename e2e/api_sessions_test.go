package e2e_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/login"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/mail"
	"github.com/gorgon-commerce/gorgon/server"
)

// logIn tries to log in as a customer from an address, and returns the response
// and the token.
func (s *served) logIn(from, email, password string) (reply, string) {
	r := httptest.NewRequest(http.MethodPost, "/auth/customer/emailpass", strings.NewReader(fmt.Sprintf(`{"email": %q, "password": %q}`, email, password)))
	r.RemoteAddr = from
	got := s.send(r)
	_, token, _ := strings.Cut(got.body, `{"token":"`)
	return got, strings.TrimSuffix(strings.TrimSpace(token), `"}`)
}

// with sends a request without a body and with one header.
func (s *served) with(line, header, value string) reply {
	method, target, _ := strings.Cut(line, " ")
	r := httptest.NewRequest(method, target, http.NoBody)
	r.Header.Set(header, value)
	return s.send(r)
}

func (s *served) registered(t *testing.T, email string) {
	t.Helper()
	s.want(t, 200, "nobody", "POST /auth/customer/emailpass/register", fmt.Sprintf(`{"email": %q, "password": %q}`, email, password))
}

// A logout, by bearer token or cookie, and a new password end tokens for every
// route that takes one.
func TestAPISessionsEnd(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		mails := make(postbox, 1)
		s.handler = server.Handler(s.app.Shop, server.Config{Mail: mail.Config{Sender: mails}}, nil)
		s.registered(t, "grace@example.com")
		good := func(token string) bool {
			t.Helper()
			statuses := map[int]bool{}
			for _, line := range []string{"POST /auth/session", "POST /auth/token/refresh", "POST /admin/invites/accept?token=none"} {
				statuses[s.with(line, "Authorization", "Bearer "+token).status] = true
				statuses[s.with(line, "Cookie", api.SessionCookie+"="+token).status] = true
			}
			return !statuses[401] || len(statuses) > 1
		}
		token := func(password string) string {
			t.Helper()
			got, token := s.logIn("203.0.113.1:1", "grace@example.com", password)
			if got.status != 200 || !good(token) {
				t.Fatalf("%d %s", got.status, got.body)
			}
			return token
		}
		one, two, three := token(password), token(password), token(password)
		for range 2 { // the second time, it has ended already
			if got := s.with("DELETE /auth/session", "Authorization", "Bearer "+one); got.status != 200 || !strings.Contains(got.body, `"success":true`) {
				t.Errorf("logout: %d %s", got.status, got.body)
			}
		}
		s.with("DELETE /auth/session", "Cookie", api.SessionCookie+"="+two)
		if good(one) || good(two) || !good(three) {
			t.Error("a logout has ended the wrong session")
		}
		s.call("nobody", "POST /auth/customer/emailpass/reset-password", `{"identifier": "grace@example.com"}`)
		r := httptest.NewRequest(http.MethodPost, "/auth/customer/emailpass/update", strings.NewReader(`{"password": "battery staple"}`))
		r.Header.Set("Authorization", "Bearer "+mails.token())
		if got := s.send(r); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if good(three) {
			t.Error("a token is good after its password was reset")
		}
		token("battery staple")
	})
}

// Wrong tries from one address lock out that address, and not the owner.
func TestAPITriesOfOneAddress(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.handler = server.Handler(s.app.Shop, server.Config{Auth: login.Config{Tries: auth.Limits{Every: time.Hour}}}, nil)
		s.registered(t, "grace@example.com")
		for i := range 150 {
			got, _ := s.logIn("[2001:db8::"+strconv.Itoa(i%9+1)+"]:1", "grace@example.com", "wrong horse")
			switch seconds, _ := strconv.Atoi(got.header.Get("Retry-After")); {
			case i < 10 && got.status != 401:
				t.Errorf("try %d: %d %s", i, got.status, got.body)
			case i >= 10 && (got.status != 429 || seconds < 1):
				t.Errorf("try %d: %d, retry after %d s", i, got.status, seconds)
			}
		}
		if got, _ := s.logIn("[2001:db8:0:1::1]:1", "Grace@example.com", password); got.status != 200 {
			t.Errorf("the owner: %d %s", got.status, got.body)
		}
		if got, _ := s.logIn("[2001:db8::1]:1", "eve@example.com", "wrong horse"); got.status != 401 {
			t.Errorf("another email from there: %d %s", got.status, got.body)
		}
		if got := s.call("nobody", "POST /auth/customer/emailpass/reset-password", `{"identifier": "grace@example.com"}`); got.status != 201 {
			t.Errorf("a reset: %d %s", got.status, got.body)
		}
	})
}

// Many addresses together guess no more than an email allows, on any replica; a
// success gives back one try and not all.
func TestAPITriesOfAnEmail(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.registered(t, "grace@example.com")
		limits := login.Config{TriesOfEmail: auth.Limits{Burst: 12, Every: time.Hour}}
		replicas := []http.Handler{server.Handler(s.app.Shop, server.Config{Auth: limits}, nil), server.Handler(s.app.Shop, server.Config{Auth: limits}, nil)}
		try := func(i int, password string) int {
			s.handler = replicas[i%2]
			got, _ := s.logIn(fmt.Sprintf("203.0.113.%d:1", i+1), "grace@example.com", password)
			return got.status
		}
		for i := range 11 {
			if status := try(i, "wrong horse"); status != 401 {
				t.Fatalf("try %d: %d", i, status)
			}
		}
		for i := range 3 {
			if status := try(i, password); status != 200 {
				t.Errorf("the owner: %d", status)
			}
		}
		statuses := map[int]int{}
		for i := range 20 {
			statuses[try(20+i, "wrong horse")]++
		}
		if statuses[401] != 1 || statuses[429] != 19 {
			t.Errorf("after a success: %v", statuses)
		}
	})
}

// 190 logins at once from one address do not shut out another, and none is an
// internal error.
func TestAPIAFloodOfLogins(t *testing.T) {
	t.Parallel()
	eachServed(t, aFloodOfLogins)
}

func aFloodOfLogins(t *testing.T, s *served) {
	s.registered(t, "grace@example.com")
	var wg sync.WaitGroup
	statuses := make([]int, 190)
	flooded, ended := make(chan struct{}, len(statuses)), make(chan struct{})
	for i := range statuses {
		wg.Go(func() {
			got, _ := s.logIn("203.0.113.1:1", fmt.Sprintf("%d@example.com", i), "wrong horse")
			statuses[i] = got.status
			if got.status == 503 && got.header.Get("Retry-After") != "" {
				flooded <- struct{}{}
			}
		})
	}
	go func() { wg.Wait(); close(ended) }()
	select {
	case <-flooded: // the queue is full
	case <-ended:
		t.Error("190 logins at once have all waited")
	}
	if got, _ := s.logIn("203.0.113.2:1", "grace@example.com", password); got.status != 200 {
		t.Errorf("someone else: %d %s", got.status, got.body)
	}
	<-ended
	for i, status := range statuses {
		if status != 401 && status != 503 {
			t.Errorf("login %d: %d", i, status)
		}
	}
}
