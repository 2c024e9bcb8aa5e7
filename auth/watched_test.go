package auth_test

import (
	"context"
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/module"
)

// What logins write is seen by those who watch the store, like everything else.
func TestWhatLoginsWriteIsSeen(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		var seen []string
		s.store.Watch(module.Watcher{See: func(_ context.Context, _ *module.Store, c module.Change) error {
			seen = append(seen, map[module.Op]string{module.Created: "created ", module.Removed: "removed "}[c.Op]+c.Model.Name)
			return nil
		}})
		s.registered(t, "ada@example.com")
		if !slices.Contains(seen, "created auth_signing_key") {
			t.Errorf("the first token is signed with a new key, and what is seen is %q", seen)
		}
		token := s.asked(t, "ada@example.com")
		seen = nil
		if err := s.Update(t.Context(), "emailpass", token, "battery staple"); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(seen, "removed auth_password_reset_token") {
			t.Errorf("a token is used up, and what is seen is %q", seen)
		}
	})
}
