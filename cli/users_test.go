package cli_test

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
)

func logsIn(t *testing.T, app *gorgon.App, email, password string) bool {
	t.Helper()
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = app.Close() }()
	token, err := app.Auth.Login(t.Context(), "user", "emailpass", email, password)
	if err != nil {
		return false
	}
	claims, err := app.Auth.Parse(t.Context(), token)
	return err == nil && claims.ActorID != ""
}

func TestUserPassword(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "correct horse")
		got := runWith(t, app, "battery staple\n", "user", "password", "--email", "Ada@example.com", "--password-stdin")
		if got.status != 0 || got.stdout != "set the password of ada@example.com\n" || got.stderr != "" {
			t.Fatalf("%+v", got)
		}
		if logsIn(t, app, "ada@example.com", "correct horse") || !logsIn(t, app, "ada@example.com", "battery staple") {
			t.Error("the password is the old one")
		}
		refused(t, app, []string{"user", "password", "--email", "bob@example.com", "--password", "correct horse"}, fault.NotFound, "bob@example.com")
		if text := refused(t, app, []string{"user", "password", "--email", "ada@example.com", "--password", "hunter2"}, fault.InvalidData, "at least 8"); strings.Contains(text, "hunter2") {
			t.Errorf("the password is repeated: %s", text)
		}
		ok(t, app, "user", "create", "--email", "bob@example.com", "--password", "correct horse")
		ok(t, app, "user", "delete", "--email", "ada@example.com")
		ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "correct horse")
		if !logsIn(t, app, "ada@example.com", "correct horse") {
			t.Error("a user who was deleted cannot be made again")
		}
	})
}

// A user whose login was lost gets a new one with the password.
func TestUserPasswordMakesALogin(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "correct horse")
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := app.DB().Exec(t.Context(), "DELETE FROM auth_identity"); err != nil {
			t.Fatal(err)
		}
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
		if got := ok(t, app, "user", "list", "--json"); !strings.Contains(got, `"can_log_in":false`) && !strings.Contains(got, `"can_log_in": false`) {
			t.Error(got)
		}
		ok(t, app, "user", "password", "--email", "ada@example.com", "--password", "battery staple")
		if !logsIn(t, app, "ada@example.com", "battery staple") {
			t.Error("ada cannot log in")
		}
	})
}

func TestUserListAndDelete(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if got := whole(t, app, "user", "list"); !strings.HasPrefix(got, "no users") {
			t.Error(got)
		}
		for _, email := range []string{"bob@example.com", "ada@example.com"} {
			ok(t, app, "user", "create", "--email", email, "--password", "correct horse")
		}
		var all []struct {
			ID, Email string
			CanLogIn  bool `json:"can_log_in"`
		}
		text := ok(t, app, "user", "list", "--json")
		if err := json.Unmarshal([]byte(text), &all); err != nil || len(all) != 2 || all[0].Email != "ada@example.com" || !all[1].CanLogIn {
			t.Errorf("%s (%v)", text, err)
		}
		if text := ok(t, app, "user", "list"); strings.Count(text, "\n") < 3 || !strings.Contains(text, "bob@example.com") {
			t.Error(text)
		}
		lines := strings.Split(run(t, app, "__completeNoDesc", "user", "delete", "--email", "").stdout, "\n")
		if !slices.Contains(lines, "ada@example.com") {
			t.Errorf("completion offers %q", lines)
		}
		if got := ok(t, app, "user", "delete", "--email", "ada@example.com"); !strings.HasPrefix(got, "deleted user ada@example.com (user_") {
			t.Error(got)
		}
		if logsIn(t, app, "ada@example.com", "correct horse") {
			t.Error("a deleted user logs in")
		}
		refused(t, app, []string{"user", "delete", "--email", "ada@example.com"}, fault.NotFound, "ada@example.com")
		if got := run(t, app, "user", "delete", "--email", "bob@example.com"); got.status != 0 || !strings.Contains(got.stderr, "last user") || !strings.Contains(got.stderr, "gorgon user create") {
			t.Errorf("%+v", got)
		}
	})
}

func TestUserInvite(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		if got := ok(t, app, "user", "invite", "--email", "ada@example.com"); !strings.HasPrefix(got, "invited ada@example.com until ") {
			t.Error(got)
		}
		var made struct{ Email, Token string }
		text := ok(t, app, "user", "invite", "--email", "bob@example.com", "--json")
		if err := json.Unmarshal([]byte(text), &made); err != nil || made.Email != "bob@example.com" || !strings.Contains(claimsOf(t, made.Token), `"email":"bob@example.com"`) {
			t.Errorf("%s (%v)", text, err)
		}
		refused(t, app, []string{"user", "invite", "--email", "bob"}, fault.InvalidData, `"bob"`)
		for _, command := range []string{"invite", "delete", "password"} {
			if got := run(t, app, "user", command); got.status != 2 || !strings.Contains(got.stderr, "needs --email") {
				t.Errorf("%s: %+v", command, got)
			}
		}
	})
}

// claimsOf returns what a token says, which whoever has it can read.
func claimsOf(t *testing.T, token string) string {
	t.Helper()
	_, rest, _ := strings.Cut(token, ".")
	claims, _, _ := strings.Cut(rest, ".")
	text, err := base64.RawURLEncoding.DecodeString(claims)
	if err != nil {
		t.Errorf("token %s: %v", token, err)
	}
	return string(text)
}
