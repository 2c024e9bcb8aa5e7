package auth_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// asked returns a token to reset the password of an email.
func (s *shop) asked(t *testing.T, email string) string {
	t.Helper()
	reset, err := s.ResetToken(t.Context(), "customer", "emailpass", email)
	if err != nil {
		t.Fatal(err)
	}
	if reset == nil {
		return ""
	}
	if !auth.SameEmail(reset.Email, email) {
		t.Errorf("the token for %s goes to %s", email, reset.Email)
	}
	return reset.Token
}

// logsIn reports whether an email and a password are right.
func (s *shop) logsIn(t *testing.T, email, password string) bool {
	t.Helper()
	_, err := s.Login(t.Context(), "customer", "emailpass", email, password)
	if err != nil && fault.TypeOf(err) != fault.Unauthorized {
		t.Fatal(err)
	}
	return err == nil
}

func TestPasswordReset(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		s.registered(t, "ada@example.com")
		s.registered(t, "bob@example.com")
		if token := s.asked(t, "nobody@example.com"); token != "" || len(s.resetRows(t)) != 0 {
			t.Errorf("an unknown email has the token %q", token)
		}
		bobs, first, token := s.asked(t, "bob@example.com"), s.asked(t, "ada@example.com"), s.asked(t, "Ada@example.com")
		if rows := s.resetRows(t); strings.Count(token, ".") != 2 || len(rows) != 2 || slices.Contains(rows, token) {
			t.Errorf("the token is %q, what is kept of all %q", token, rows)
		}
		if _, err := s.Parse(ctx, token); fault.TypeOf(err) != fault.Unauthorized {
			t.Errorf("a reset token is accepted as a login: %v", err)
		}
		wantFault(t, s.Update(ctx, "emailpass", first, "battery staple"), fault.Unauthorized) // replaced
		wantFault(t, s.Update(ctx, "emailpass", token, "short"), fault.InvalidData, "at least 8")
		wantFault(t, s.Update(ctx, "github", token, "battery staple"), fault.InvalidData, "github")
		for _, wrong := range []string{"", token[1:], token + "0", "x", "\xff", "a\x00b", s.resetRows(t)[0]} {
			wantFault(t, s.Update(ctx, "emailpass", wrong, "battery staple"), fault.Unauthorized, "not valid")
		}
		if !s.logsIn(t, "ada@example.com", password) {
			t.Error("the old password is gone before there is a new one")
		}
		if err := s.Update(ctx, "emailpass", token, "battery staple"); err != nil {
			t.Fatal(err)
		}
		if s.logsIn(t, "ada@example.com", password) || !s.logsIn(t, "ada@example.com", "battery staple") {
			t.Error("the password is the old one")
		}
		wantFault(t, s.Update(ctx, "emailpass", token, "another staple"), fault.Unauthorized)
		if err := s.Update(ctx, "emailpass", bobs, "bobs staple"); err != nil {
			t.Errorf("another's token is gone, too: %v", err)
		}
		if rows := s.resetRows(t); len(rows) != 0 {
			t.Errorf("%d tokens are left", len(rows))
		}
	})
}

func TestResetTokensExpire(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		s.registered(t, "ada@example.com")
		token := s.asked(t, "ada@example.com")
		s.wait(15 * time.Minute)
		wantFault(t, s.Update(t.Context(), "emailpass", token, "battery staple"), fault.Unauthorized, "expired")
		token = s.asked(t, "ada@example.com")
		s.wait(15*time.Minute - time.Second)
		if err := s.Update(t.Context(), "emailpass", token, "battery staple"); err != nil {
			t.Error(err)
		}
	})
}

// Other provider_metadata of a login is kept.
func TestResetKeepsMetadata(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		s.give(t, "Ada@Example.com", nil, model.RawJSON(`{"password":"c2Ny","hint":"horse"}`))
		if err := s.Update(t.Context(), "emailpass", s.asked(t, "Ada@Example.com"), "battery staple"); err != nil {
			t.Fatal(err)
		}
		if !s.logsIn(t, "Ada@Example.com", "battery staple") {
			t.Error("the new password is wrong")
		}
		hint, _, err := db.One[string](t.Context(), d, "SELECT provider_metadata ->> 'hint' FROM provider_identity")
		if err != nil || hint != "horse" {
			t.Errorf("the hint is %q, %v", hint, err)
		}
	})
}

// Of several concurrent calls with the same token, one sets the password.
func TestResetRace(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		s.registered(t, "ada@example.com")
		token := s.asked(t, "ada@example.com")
		var wg sync.WaitGroup
		errs := make([]error, 20)
		for i := range errs {
			wg.Go(func() { errs[i] = s.Update(t.Context(), "emailpass", token, "new password "+string(rune('a'+i))) })
		}
		wg.Wait()
		won := 0
		for i, err := range errs {
			if err != nil {
				wantFault(t, err, fault.Unauthorized)
				continue
			}
			won++
			if !s.logsIn(t, "ada@example.com", "new password "+string(rune('a'+i))) {
				t.Error("the winner's password is wrong")
			}
		}
		if won != 1 {
			t.Errorf("%d have set the password", won)
		}
	})
}
