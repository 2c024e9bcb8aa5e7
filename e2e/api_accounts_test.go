package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// withToken sends a request with a bearer token and the storefront's key.
func (s *served) withToken(token, line, body string) reply {
	method, target, _ := strings.Cut(line, " ")
	r := s.as("store", httptest.NewRequest(method, target, strings.NewReader(body)))
	r.Header.Set("Authorization", "Bearer "+token)
	return s.send(r)
}

// newcomer registers an email and returns the token.
func (s *served) newcomer(t *testing.T, actor, email string) string {
	t.Helper()
	made := s.want(t, 200, "nobody", "POST /auth/"+actor+"/emailpass/register", `{"email": "`+email+`", "password": "`+password+`"}`)
	return at(made, "token").(string)
}

// A login becomes the customer of its own email only.
func TestAPICustomersHaveTheirOwnEmail(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		token := s.newcomer(t, "customer", "new@example.com")
		for _, body := range []string{`{"email": "victim@example.com"}`, `{"email": "new@example.com.evil"}`} {
			if got := s.withToken(token, "POST /store/customers", body); got.status != http.StatusBadRequest || !strings.Contains(got.body, "invalid_data") {
				t.Errorf("%s: %d %s", body, got.status, got.body)
			}
		}
		s.want(t, 200, "admin", "POST /admin/customers", `{"email": "new@example.com"}`) // a guest
		if got := s.withToken(token, "POST /store/customers", `{"first_name": "New"}`); got.status != http.StatusOK || !strings.Contains(got.body, `"new@example.com"`) {
			t.Errorf("without an email: %d %s", got.status, got.body)
		}
		other := s.newcomer(t, "customer", "other@example.com")
		if got := s.withToken(other, "POST /store/customers", `{"email": "Other@Example.com"}`); got.status != http.StatusOK || !strings.Contains(got.body, `"other@example.com"`) {
			t.Errorf("its own email: %d %s", got.status, got.body)
		}
		s.want(t, 401, "nobody", "POST /auth/customer/emailpass/register", `{"email": "other@example.com", "password": "`+password+`"}`)
	})
}

// Only a login with the email of an invite accepts it.
func TestAPIInvitesAreForOneEmail(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		squatter := s.newcomer(t, "user", "new@example.com")
		made := s.want(t, 200, "admin", "POST /admin/invites", `{"email": "new@example.com"}`)
		accept := "POST /admin/invites/accept?token=" + at(made, "invite", "token").(string)
		if got := s.withToken(squatter, accept, "{}"); got.status != http.StatusUnauthorized {
			t.Errorf("a login from before the invite: %d %s", got.status, got.body)
		}
		thief := s.newcomer(t, "user", "thief@example.com")
		if got := s.withToken(thief, accept, `{"email": "new@example.com"}`); got.status != http.StatusBadRequest || !strings.Contains(got.body, "not_allowed") {
			t.Errorf("another login: %d %s", got.status, got.body)
		}
		token := s.newcomer(t, "user", "new@example.com")
		if got := s.withToken(token, accept, `{"email": "boss2@example.com"}`); got.status != http.StatusBadRequest {
			t.Errorf("another email: %d %s", got.status, got.body)
		}
		if got := s.withToken(token, accept, `{"first_name": "New"}`); got.status != http.StatusOK || !strings.Contains(got.body, `"new@example.com"`) {
			t.Errorf("%d %s", got.status, got.body)
		}
	})
}
