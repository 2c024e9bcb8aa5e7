package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
)

// A page of another site cannot change anything with the session of the browser
// that shows it.
func TestSecurityCookiesOfOtherSites(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		before, tried := s.content(t), &tally{}
		for _, r := range s.routes() {
			if r.Method == http.MethodGet || r.Access != api.Admin && r.Access != api.AnyToken {
				continue
			}
			for _, header := range []http.Header{
				{"Origin": {"https://evil.example.com"}}, {"Origin": {"null"}}, {"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}, "Origin": {"https://evil.example.com"}},
				{"Origin": {"http://localhost:1.evil.com"}, "Sec-Fetch-Site": {"cross-site"}},
			} {
				header.Set("Cookie", api.SessionCookie+"="+s.user)
				got := (&thief{served: s}).ask(&r, credential{header: header}, "", "")
				tried.add(got.status)
				if got.status != http.StatusUnauthorized && got.status != http.StatusForbidden && (got.status != http.StatusBadRequest || !strings.Contains(got.body, `"not_allowed"`)) {
					t.Errorf("%s %s with %v: %d %.300s", r.Method, r.Path, header, got.status, got.body)
				}
			}
		}
		s.unchanged(t, "a page of another site", before)
		for what, header := range map[string]http.Header{
			"a page of ours":          {"Sec-Fetch-Site": {"same-origin"}, "Origin": {"http://example.com"}},
			"a dashboard's own port":  {"Sec-Fetch-Site": {"same-site"}, "Origin": {"http://localhost:7001"}},
			"no browser":              {},
			"another site as program": {"Sec-Fetch-Site": {"cross-site"}, "Origin": {"https://evil.example.com"}, "Authorization": {"Bearer " + s.user}},
		} {
			r := httptest.NewRequest(http.MethodPost, "/admin/customers/cus", strings.NewReader(`{"first_name": "Ada"}`))
			r.Header = header
			r.Header.Set("Cookie", api.SessionCookie+"="+s.user)
			if got := s.send(r); got.status != http.StatusOK {
				t.Errorf("%s: %d %s", what, got.status, got.body)
			}
		}
		if !t.Failed() {
			t.Logf("%s: a session's cookie from other sites: %s; 0 got in", t.Name(), tried)
		}
	})
}
