package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorgon-commerce/gorgon/modules/apikey"
)

// An API key shows its token once, keeps its title, and answers no longer once
// it is deleted.
func TestAPIKeys(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/api-keys", `{"title": "ERP 2", "type": "secret"}`)
		contains(t, "created", made["api_key"], `{"title": "ERP 2", "type": "secret", "created_by": "`+s.userID+`"}`)
		token, one := at(made, "api_key", "token").(string), "/admin/api-keys/"+at(made, "api_key", "id").(string)
		contains(t, "renamed", s.want(t, 200, "admin", "POST "+one, `{"title": "ERP"}`)["api_key"], `{"title": "ERP"}`)
		shown := s.want(t, 200, "admin", "GET "+one, "")
		contains(t, "shown", shown["api_key"], `{"title": "ERP", "type": "secret"}`)
		if got := at(shown, "api_key", "token"); got == token {
			t.Errorf("the token of a secret key is shown again: %v", got)
		}
		s.secret = &apikey.APIKey{Token: token}
		s.want(t, 200, "secret", "GET /admin/orders", "")
		s.want(t, 400, "admin", "DELETE "+one, "") // not before it is revoked
		s.want(t, 200, "admin", "POST "+one+"/revoke", `{}`)
		contains(t, "deleted", s.want(t, 200, "admin", "DELETE "+one, ""), `{"object": "api_key", "deleted": true}`)
		s.want(t, 401, "secret", "GET /admin/orders", "")
		s.want(t, 404, "admin", "GET "+one, "")
	})
}

// An invite becomes a user once, who is then listed, changed and deleted.
func TestAPIInvitesBecomeUsers(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/invites", `{"email": "new@example.com"}`)
		contains(t, "invite", made["invite"], `{"email": "new@example.com", "accepted": false}`)
		invite := "/admin/invites/" + at(made, "invite", "id").(string)
		contains(t, "read", s.want(t, 200, "admin", "GET "+invite, "")["invite"], `{"email": "new@example.com"}`)
		token := at(s.want(t, 200, "nobody", "POST /auth/user/emailpass/register", `{"email": "new@example.com", "password": "`+password+`"}`), "token").(string)
		accept := func() reply {
			r := httptest.NewRequest(http.MethodPost, "/admin/invites/accept?token="+at(made, "invite", "token").(string), http.NoBody)
			r.Header.Set("Authorization", "Bearer "+token)
			return s.send(r)
		}
		if got := accept(); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if again := accept(); again.status == 200 {
			t.Errorf("an invite is accepted twice: %s", again.body)
		}
		id := at(s.want(t, 200, "admin", "GET /admin/users?email=new@example.com", ""), "users", 0, "id").(string)
		one := "/admin/users/" + id
		contains(t, "named", s.want(t, 200, "admin", "POST "+one, `{"first_name": "Ada"}`)["user"], `{"first_name": "Ada", "email": "new@example.com"}`)
		contains(t, "read", s.want(t, 200, "admin", "GET "+one, "")["user"], `{"first_name": "Ada"}`)
		contains(t, "deleted", s.want(t, 200, "admin", "DELETE "+one, ""), `{"object": "user", "deleted": true}`)
		s.want(t, 404, "admin", "GET "+one, "")
		contains(t, "deleted", s.want(t, 200, "admin", "DELETE "+invite, ""), `{"object": "invite", "deleted": true}`)
		s.want(t, 404, "admin", "GET "+invite, "")
	})
}
