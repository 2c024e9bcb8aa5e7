package auth_test

import (
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/scrypt"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

func (s *shop) newKey(t *testing.T, of apikey.Type) *apikey.APIKey {
	t.Helper()
	k, err := s.CreateKey(t.Context(), "A "+string(of)+" key", of, "user_1")
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (s *shop) stored(t *testing.T, id string) *apikey.APIKey {
	t.Helper()
	k, err := module.For[apikey.APIKey](s.store, apikey.APIKeys).Retrieve(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestCreateKey(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d, auth.Config{})
		secret, public := s.newKey(t, apikey.Secret), s.newKey(t, apikey.Publishable)
		for prefix, k := range map[string]*apikey.APIKey{"sk_": secret, "pk_": public} {
			if len(k.Token) != 67 || !strings.HasPrefix(k.Token, prefix) || k.Redacted != k.Token[:6]+"***"+k.Token[64:] || k.CreatedBy != "user_1" || k.ID == "" {
				t.Errorf("the key is %+v", k)
			}
		}
		if kept := s.stored(t, secret.ID); strings.Contains(kept.Token, secret.Token[3:]) || len(kept.Token) != 64 || kept.Salt != "" || kept.Redacted != secret.Redacted {
			t.Errorf("of the secret key is kept %+v", kept)
		}
		if kept := s.stored(t, public.ID); kept.Token != public.Token {
			t.Errorf("of the publishable key is kept %+v", kept)
		}
		if again := s.newKey(t, apikey.Secret); again.Token == secret.Token {
			t.Error("two keys are one")
		}
		_, err := s.CreateKey(t.Context(), "", apikey.Secret, "user_1")
		wantFault(t, err, fault.InvalidData, "api_key.title")
		_, err = s.CreateKey(t.Context(), "Odd", "public", "user_1")
		wantFault(t, err, fault.InvalidData, "publishable, secret")
	})
}

func TestSecretKeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		k, public, gone, later := s.newKey(t, apikey.Secret), s.newKey(t, apikey.Publishable), s.newKey(t, apikey.Secret), s.newKey(t, apikey.Secret)
		if got, err := s.SecretKey(ctx, k.Token); err != nil || got.ID != k.ID {
			t.Errorf("the key is %+v, %v", got, err)
		}
		if err := s.RevokeKey(ctx, gone.ID, "user_1", 0); err != nil {
			t.Fatal(err)
		}
		if err := s.RevokeKey(ctx, later.ID, "user_2", time.Hour); err != nil {
			t.Fatal(err)
		}
		for name, token := range map[string]string{
			"nothing": "", "the prefix": "sk_", "the hash": s.stored(t, k.ID).Token, "the hash as a key": "sk_" + s.stored(t, k.ID).Token,
			"redacted": k.Redacted, "cut": k.Token[:66], "longer": k.Token + "0", "in capitals": strings.ToUpper(k.Token), "with a space": k.Token + " ",
			"publishable": public.Token, "revoked": gone.Token, "NUL": "sk_\x00000000000", "huge": "sk_" + strings.Repeat("0", 1<<20), "no UTF-8": "sk_\xff\xff\xff\xff\xff\xff\xff\xff\xff",
		} {
			got, err := s.SecretKey(ctx, token)
			if fault.TypeOf(err) != fault.Unauthorized || got != nil {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		s.wait(time.Hour - time.Second)
		if _, err := s.SecretKey(ctx, later.Token); err != nil {
			t.Errorf("before its time: %v", err)
		}
		s.wait(time.Second)
		_, err := s.SecretKey(ctx, later.Token)
		wantFault(t, err, fault.Unauthorized)
		wantFault(t, s.RevokeKey(ctx, gone.ID, "user_1", 0), fault.NotAllowed)
		wantFault(t, s.RevokeKey(ctx, "apk_none", "user_1", 0), fault.NotFound, "apk_none")
		wantFault(t, s.RevokeKey(ctx, k.ID, "user_1", -time.Second), fault.InvalidData, "past")
		if err := module.For[apikey.APIKey](s.store, apikey.APIKeys).SoftDelete(ctx, k.ID); err != nil {
			t.Fatal(err)
		}
		_, err = s.SecretKey(ctx, k.Token)
		wantFault(t, err, fault.Unauthorized)
	})
}

func TestPublishableKeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		channels := module.For[saleschannel.SalesChannel](s.store, saleschannel.SalesChannels)
		all := []*saleschannel.SalesChannel{{Name: "Web"}, {Name: "Till"}, {Name: "Gone"}, {Name: "Dismissed"}, {Name: "Other"}}
		if err := channels.Create(ctx, all...); err != nil {
			t.Fatal(err)
		}
		k, lone, secret, gone := s.newKey(t, apikey.Publishable), s.newKey(t, apikey.Publishable), s.newKey(t, apikey.Secret), s.newKey(t, apikey.Publishable)
		pair := func(c *saleschannel.SalesChannel) link.Pair {
			return link.Pair{apikey.APIKeys: k.ID, saleschannel.SalesChannels: c.ID}
		}
		if _, err := s.links.Create(ctx, pair(all[1]), pair(all[0]), pair(all[2]), pair(all[3])); err != nil {
			t.Fatal(err)
		}
		if _, err := s.links.Dismiss(ctx, pair(all[3])); err != nil {
			t.Fatal(err)
		}
		if err := channels.SoftDelete(ctx, all[2].ID); err != nil {
			t.Fatal(err)
		}
		want := slices.Sorted(slices.Values([]string{all[0].ID, all[1].ID}))
		if got, err := s.PublishableKey(ctx, k.Token); err != nil || got.ID != k.ID || !slices.Equal(got.SalesChannelIDs, want) {
			t.Errorf("the key opens %+v, %v", got, err)
		}
		if got, err := s.PublishableKey(ctx, lone.Token); err != nil || got.ID != lone.ID || got.SalesChannelIDs == nil || len(got.SalesChannelIDs) != 0 {
			t.Errorf("the key without channels opens %+v, %v", got, err)
		}
		if err := s.RevokeKey(ctx, gone.ID, "user_1", time.Minute); err != nil {
			t.Fatal(err)
		}
		if _, err := s.PublishableKey(ctx, gone.Token); err != nil {
			t.Errorf("before its time: %v", err)
		}
		s.wait(time.Minute)
		for name, token := range map[string]string{
			"revoked": gone.Token, "secret": secret.Token, "unknown": "pk_" + strings.Repeat("0", 64), "short": "pk_", "redacted": k.Redacted,
			"NUL": "pk_\x00000000000", "quoted": "pk_' OR 1=1 --", "hash": "pk_" + s.stored(t, secret.ID).Token,
		} {
			got, err := s.PublishableKey(ctx, token)
			if fault.TypeOf(err) != fault.NotAllowed || got != nil {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
		_, err := s.PublishableKey(ctx, "")
		wantFault(t, err, fault.NotAllowed, "Publishable API key required in the request header: x-publishable-api-key")
	})
}

// giveKey writes a secret key as Medusa stores it.
func (s *shop) giveKey(t *testing.T, token, salt string) *apikey.APIKey {
	t.Helper()
	sum, err := scrypt.Key([]byte(token), []byte(salt), 16384, 8, 1, 64)
	if err != nil {
		t.Fatal(err)
	}
	k := &apikey.APIKey{Title: "Imported", Type: apikey.Secret, Token: hex.EncodeToString(sum), Salt: salt, Redacted: auth.Redact(token)}
	if err := module.For[apikey.APIKey](s.store, apikey.APIKeys).Create(t.Context(), k); err != nil {
		t.Fatal(err)
	}
	return k
}

func TestImportedKeys(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, ctx := open(t, d, auth.Config{}), t.Context()
		token := "sk_abc" + strings.Repeat("0", 58) + "xyz"
		twin := "sk_abc" + strings.Repeat("1", 58) + "xyz" // redacted alike
		k, other := s.giveKey(t, token, strings.Repeat("ab", 16)), s.giveKey(t, twin, strings.Repeat("cd", 16))
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if got, err := s.SecretKey(ctx, token); err != nil || got.ID != k.ID {
					t.Errorf("the key is %+v, %v", got, err)
				}
				if got, err := s.SecretKey(ctx, twin); err != nil || got.ID != other.ID {
					t.Errorf("the other key is %+v, %v", got, err)
				}
			})
		}
		wg.Wait()
		free := s.Full() // a token that was proved is not hashed again
		if _, err := s.SecretKey(ctx, token); err != nil {
			t.Errorf("what was proved is not remembered: %v", err)
		}
		_, err := s.SecretKey(ctx, "sk_zzz"+strings.Repeat("0", 58)+"xyz")
		wantFault(t, err, fault.Unauthorized) // no key has this redacted form
		free()
		_, err = s.SecretKey(ctx, "sk_abc"+strings.Repeat("2", 58)+"xyz")
		wantFault(t, err, fault.Unauthorized)
		_, err = s.SecretKey(ctx, "sk_"+k.Token)
		wantFault(t, err, fault.Unauthorized)
		if err := s.RevokeKey(ctx, k.ID, "user_1", 0); err != nil {
			t.Fatal(err)
		}
		_, err = s.SecretKey(ctx, token)
		wantFault(t, err, fault.Unauthorized)
	})
}

func FuzzKeys(f *testing.F) {
	for _, seed := range []string{"", "sk_", "pk_0123456789", "sk_" + strings.Repeat("a", 64), "sk_日本日本日本日本", "sk_\x00\x00\x00\x00\x00\x00\x00\x00\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		secret, public := auth.IsKey(token, apikey.Secret), auth.IsKey(token, apikey.Publishable)
		if secret && public {
			t.Errorf("%q is both", token)
		}
		if !secret && !public {
			return
		}
		if len(token) > 256 || strings.ContainsAny(token, "\x00 \n") || !utf8.ValidString(token) {
			t.Errorf("%q is a key", token)
		}
		if r := auth.Redact(token); len(r) != 12 || len(token) < 12 {
			t.Errorf("%q is redacted as %q", token, r)
		}
	})
}
