package e2e_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/mail"
	"github.com/gorgon-commerce/gorgon/server"
)

// holding sends a request with a bearer token and the key of the storefront.
func (s *served) holding(token, line, body string) reply {
	method, target, _ := strings.Cut(line, " ")
	r := s.as("store", httptest.NewRequest(method, target, strings.NewReader(body)))
	r.Header.Set("Authorization", "Bearer "+token)
	return s.send(r)
}

// together runs functions at the same time, each from the start, and waits for
// all.
func together(all ...func()) {
	var wg sync.WaitGroup
	start := make(chan struct{})
	for _, do := range all {
		wg.Go(func() {
			<-start
			do()
		})
	}
	close(start)
	wg.Wait()
}

// tokenIn returns the token of a response, or "".
func tokenIn(got reply) string {
	_, token, _ := strings.Cut(got.body, `"token":"`)
	token, _, _ = strings.Cut(token, `"`)
	return token
}

func credentialsOf(email, password string) string {
	return fmt.Sprintf(`{"email": %q, "password": %q}`, email, password)
}

// Whoever registers an email at the same time, in whatever spelling, one login
// is left, and one token.
func TestSecurityRaceOfRegistrations(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		spellings := []string{"grace@example.com", "Grace@example.com", "GRACE@EXAMPLE.COM", "grace@Example.com", "grace@example.com"}
		replies, all := make([]reply, len(spellings)), []func(){}
		for i, email := range spellings {
			all = append(all, func() {
				replies[i] = s.call("nobody", "POST /auth/customer/emailpass/register", credentialsOf(email, password))
			})
		}
		together(all...)
		good := 0
		for i, got := range replies {
			if got.status != http.StatusOK && got.status != http.StatusUnauthorized {
				t.Errorf("registration %d: %d %s", i, got.status, got.body)
			}
			if got.status == http.StatusOK && s.holding(tokenIn(got), "POST /auth/token/refresh", "{}").status == http.StatusOK {
				good++
			}
		}
		logins, _, err := db.One[int64](t.Context(), s.app.DB(), "SELECT count(*) FROM provider_identity WHERE lower(entity_id) = 'grace@example.com' AND deleted_at IS NULL")
		if good != 1 || logins != 1 || err != nil {
			t.Errorf("%d good tokens, %d logins (%v)", good, logins, err)
		}
	})
}

// Of new passwords that are set at the same time with the token of one reset,
// one is set.
func TestSecurityRaceOfResets(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		reset, err := s.app.Auth.ResetToken(t.Context(), "customer", auth.EmailPass, "cus@login.example.com")
		if err != nil {
			t.Fatal(err)
		}
		statuses, all := make([]int, 5), []func(){}
		for i := range statuses {
			all = append(all, func() {
				got := s.holding(reset.Token, "POST /auth/customer/emailpass/update", fmt.Sprintf(`{"password": "new password %d"}`, i))
				statuses[i] = got.status
			})
		}
		together(all...)
		won := 0
		for i, status := range statuses {
			if status != http.StatusOK && status != http.StatusUnauthorized {
				t.Errorf("reset %d: %d", i, status)
			}
			in := s.call("nobody", "POST /auth/customer/emailpass", credentialsOf("cus@login.example.com", fmt.Sprintf("new password %d", i)))
			if (in.status == http.StatusOK) != (status == http.StatusOK) {
				t.Errorf("reset %d was answered %d, its password logs in with %d", i, status, in.status)
			}
			if status == http.StatusOK {
				won++
			}
		}
		if won != 1 {
			t.Errorf("%d resets won: %v", won, statuses)
		}
	})
}

// A refresh beside a logout brings no token that outlives it.
func TestSecurityRaceOfLogoutAndRefresh(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for round := range sampled(10, 200) {
			token, err := s.app.Auth.TokenFor(t.Context(), "customer", "cus@login.example.com")
			if err != nil {
				t.Fatal(err)
			}
			refreshed := make([]reply, 3)
			together(
				func() { refreshed[0] = s.holding(token, "POST /auth/token/refresh", "{}") },
				func() { s.holding(token, "DELETE /auth/session", "") },
				func() { refreshed[1] = s.holding(token, "POST /auth/token/refresh", "{}") },
				func() { refreshed[2] = s.holding(token, "POST /auth/token/refresh", "{}") },
			)
			for _, got := range append(refreshed, reply{status: http.StatusOK, body: `{"token":"` + token + `"}`}) {
				switch got.status {
				case http.StatusUnauthorized:
				case http.StatusOK:
					if after := s.holding(tokenIn(got), "GET /store/customers/me", ""); after.status != http.StatusUnauthorized {
						t.Errorf("round %d: a token is good after the logout: %d", round, after.status)
					}
				default:
					t.Errorf("round %d: %d %s", round, got.status, got.body)
				}
			}
		}
		s.want(t, 200, "ada", "GET /store/customers/me", "") // another session
	})
}

// A login beside the deletion of its customer gets in as nobody.
func TestSecurityRaceOfDeletionAndLogin(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		s.want(t, 200, "eve", "GET /store/customers/me", "")
		var in, out reply
		together(
			func() {
				in = s.call("nobody", "POST /auth/customer/emailpass", credentialsOf("cus_eve@login.example.com", password))
			},
			func() { out = s.call("admin", "DELETE /admin/customers/cus_eve", "") },
			func() { s.call("eve", "POST /auth/token/refresh", "{}") },
		)
		if out.status != http.StatusOK || in.status != http.StatusOK && in.status != http.StatusUnauthorized {
			t.Errorf("deletion %d, login %d %s", out.status, in.status, in.body)
		}
		after := s.call("nobody", "POST /auth/customer/emailpass", credentialsOf("cus_eve@login.example.com", password))
		for _, token := range []string{tokenIn(in), tokenIn(after), s.eve} {
			for _, line := range []string{"GET /store/customers/me", "GET /store/orders"} {
				if got := s.holding(token, line, ""); got.status != http.StatusUnauthorized {
					t.Errorf("%s after the deletion: %d %s", line, got.status, got.body)
				}
			}
		}
	})
}

// A login with the old password beside a new one brings no token that outlives
// it.
func TestSecurityRaceOfResetAndLogin(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		mails := make(postbox, 1)
		s.handler = server.Handler(s.app.Shop, server.Config{Mail: mail.Config{Sender: mails}}, nil)
		s.call("nobody", "POST /auth/customer/emailpass/reset-password", `{"identifier": "cus@login.example.com"}`)
		reset := mails.token()
		logins := make([]reply, 3)
		all := []func(){func() {
			if got := s.holding(reset, "POST /auth/customer/emailpass/update", `{"password": "another password"}`); got.status != http.StatusOK {
				t.Errorf("the new password: %d %s", got.status, got.body)
			}
		}}
		for i := range logins {
			all = append(all, func() {
				logins[i] = s.call("nobody", "POST /auth/customer/emailpass", credentialsOf("cus@login.example.com", password))
			})
		}
		together(all...)
		for _, got := range logins {
			if got.status != http.StatusOK && got.status != http.StatusUnauthorized {
				t.Errorf("login: %d %s", got.status, got.body)
			}
			if got.status != http.StatusOK {
				continue
			}
			if after := s.holding(tokenIn(got), "GET /store/customers/me", ""); after.status != http.StatusUnauthorized {
				t.Errorf("a login with the old password is good after the new one: %d", after.status)
			}
		}
		if got := s.holding(s.ada, "GET /store/customers/me", ""); got.status != http.StatusUnauthorized {
			t.Errorf("a token from before the new password: %d", got.status)
		}
	})
}
