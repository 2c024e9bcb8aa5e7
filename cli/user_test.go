package cli_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/fault"
)

// identities are identities as a query returns them.
type identities struct {
	Data []struct {
		AppMetadata        map[string]string `json:"app_metadata"`
		ProviderIdentities []struct {
			EntityID string `json:"entity_id"`
			Provider string `json:"provider"`
		} `json:"provider_identities"`
	}
}

func TestUserCreate(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		got := runWith(t, app, "correct horse\r\nanother line\n", "user", "create", "--email", "ada@example.com", "--password-stdin")
		if got.status != 0 || !strings.HasPrefix(got.stdout, "created user ada@example.com (user_") || got.stderr != "" {
			t.Fatalf("%+v", got)
		}
		var made struct {
			ID, Email      string
			AuthIdentityID string `json:"auth_identity_id"`
		}
		text := ok(t, app, "user", "create", "--email", "bob@example.com", "--password", "battery staple", "--json")
		if err := json.Unmarshal([]byte(text), &made); err != nil || !strings.HasPrefix(made.ID, "user_") || made.Email != "bob@example.com" {
			t.Fatalf("%s: %v", text, err)
		}
		var all identities
		text = ok(t, app, "query", "auth_identity", "--json", "--fields", "app_metadata,provider_identities.*", "--filter", "id="+made.AuthIdentityID)
		if err := json.Unmarshal([]byte(text), &all); err != nil || len(all.Data) != 1 || len(all.Data[0].ProviderIdentities) != 1 {
			t.Fatalf("%s: %v", text, err)
		}
		way := all.Data[0].ProviderIdentities[0]
		if all.Data[0].AppMetadata["user_id"] != made.ID || way.Provider != "emailpass" || way.EntityID != "bob@example.com" {
			t.Errorf("%+v", all)
		}
		if strings.Contains(text, "provider_metadata") {
			t.Errorf("the password's hash is shown: %s", text)
		}
		if err := app.Open(t.Context()); err != nil {
			t.Fatal(err)
		}
		token, err := app.Auth.Login(t.Context(), "user", "emailpass", "bob@example.com", "battery staple")
		if err != nil {
			t.Fatal(err)
		}
		if claims, err := app.Auth.Parse(t.Context(), token); err != nil || claims.ActorID != made.ID {
			t.Errorf("the token is for %+v, %v", claims, err)
		}
		if err := app.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestUsersThatCannotBe(t *testing.T) {
	t.Parallel()
	eachStocked(t, func(t *testing.T, app *gorgon.App) {
		ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "correct horse")
		for _, test := range []struct {
			email, password string
			of              fault.Type
			says            string
		}{
			{"ada@example.com", "another one", fault.DuplicateError, "ada@example.com"},
			{"bob@example.com", "hunter2", fault.InvalidData, "at least 8"},
			{"bob@example.com", "", fault.InvalidData, "at least 8"},
			{"bob@example.com", "hunter22\xff", fault.InvalidData, "UTF-8"},
			{"bob", "correct horse", fault.InvalidData, `"bob"`},
			{"Bob <bob@example.com>", "correct horse", fault.InvalidData, "form"},
			{"bob@example.com\n", "correct horse", fault.InvalidData, "form"},
		} {
			got := refused(t, app, []string{"user", "create", "--email", test.email, "--password", test.password}, test.of, test.says)
			if test.password != "" && strings.Contains(got, test.password) {
				t.Errorf("the password is repeated: %s", got)
			}
		}
		if got := runWith(t, app, "", "user", "create", "--email", "bob@example.com", "--password-stdin"); got.status != 1 || !strings.Contains(got.stderr, "too short") {
			t.Errorf("no password at all: %+v", got)
		}
		for entity, want := range map[string]string{"user": "1 of 1", "auth_identity": "1 of 1", "provider_identity": "1 of 1"} {
			if got := whole(t, app, "query", entity, "--fields", "id"); !strings.Contains(got, want) {
				t.Errorf("something was written:\n%s", got)
			}
		}
	})
}

// When a login with the same email exists, nothing of the user is written.
func TestAUserIsMadeWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "correct horse")
	if err := app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.DB().Exec(t.Context(), `DELETE FROM "user"`); err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, app, []string{"user", "create", "--email", "ada@example.com", "--password", "correct horse"}, fault.DuplicateError, "ada@example.com")
	if got := whole(t, app, "query", "user", "--fields", "id"); got != "no records\n" {
		t.Errorf("half a user:\n%s", got)
	}
}
