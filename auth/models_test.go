package auth_test

import (
	"context"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/auth"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// The package of the module auth has the same name as the package under test, so
// what the tests need of it is in this file.

// logins are the modules that a login needs.
var logins = []*module.Module{auth.Module, apikey.Module, user.Module, saleschannel.Module}

// give writes an identity with a login, as an import would.
func (s *shop) give(t *testing.T, email string, app, provider model.RawJSON) (identityID string) {
	t.Helper()
	i := &auth.Identity{AppMetadata: app, ProviderIdentities: []*auth.ProviderIdentity{{EntityID: email, Provider: "emailpass", ProviderMetadata: provider}}}
	if err := module.For[auth.Identity](s.store, auth.Identities).Create(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	return i.ID
}

// giveFactor adds a second factor to an identity.
func (s *shop) giveFactor(t *testing.T, identityID, status string) {
	t.Helper()
	f := &auth.MFAFactor{Provider: "totp-" + status, Status: status, AuthIdentityID: identityID}
	if err := module.For[auth.MFAFactor](s.store, auth.MFAFactors).Create(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// appMetadata returns the app_metadata of an identity.
func (s *shop) appMetadata(t *testing.T, identityID string) string {
	t.Helper()
	i, err := module.For[auth.Identity](s.store, auth.Identities).Retrieve(t.Context(), identityID)
	if err != nil {
		t.Fatal(err)
	}
	return string(i.AppMetadata)
}

func (s *shop) dropIdentity(ctx context.Context, id string) error {
	return module.For[auth.Identity](s.store, auth.Identities).SoftDelete(ctx, id)
}

// resetRows returns the hashes of the tokens to reset a password.
func (s *shop) resetRows(t *testing.T) []string {
	t.Helper()
	rows, err := db.Collect[string](t.Context(), s.store.DB, "SELECT token_hash FROM "+auth.PasswordResetTokens.Table)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
