package e2e_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/auth"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// password is the password of every login.
const password = "correct horse battery"

// lightHash is a hash of password that costs little to verify, as a shop with
// weaker settings could have left it: N is 16. What hashing costs is not what
// most tests are about, and they make thousands of logins.
const lightHash = "c2NyeXB0AAQAAAAIAAAAAWEgc2FsdCBvZiB0aGUgdGVzdHMsIDMyIGJ5dGVzIG9r/pV7IJG7z/6VE0v2tpJurG5+oLEqoCrr6uJflTGqA531fxByJjV6xtR8nH6XA68w"

// loggedIn makes a login for an actor that exists, and returns a token of it.
func loggedIn(t testing.TB, app *gorgon.App, actor, id, email string) string {
	t.Helper()
	keep(t, app, auth.Identities, &auth.Identity{
		AppMetadata: model.ToJSON(map[string]string{actor + "_id": id}),
		ProviderIdentities: []*auth.ProviderIdentity{{
			EntityID: email, Provider: "emailpass", ProviderMetadata: model.ToJSON(map[string]string{"password": lightHash}),
		}},
	})
	token, err := app.Auth.TokenFor(t.Context(), actor, email)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// operator makes an administrator, and returns their id and a token.
func operator(t testing.TB, app *gorgon.App, email string) (id, token string) {
	t.Helper()
	u := &user.User{Email: email}
	keep(t, app, user.Users, u)
	return u.ID, loggedIn(t, app, "user", u.ID, email)
}
