package e2e_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
)

// A credential is what a caller shows who should not get in.
type credential struct {
	name   string
	header http.Header
	query  string       // of the URL
	opens  []api.Access // what it opens all the same, as it should
}

// shown is one header with a value that is not good.
func shown(name, header, value string, opens ...api.Access) credential {
	return credential{name: name, header: http.Header{http.CanonicalHeaderKey(header): {value}}, opens: opens}
}

func bearer(name, token string, opens ...api.Access) credential {
	return shown(name, "Authorization", "Bearer "+token, opens...)
}

// basic is a key sent as the name of a user.
func basic(name, key string) credential {
	return shown(name, "Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(key+":")))
}

// A thief has what is left of people and keys that are gone, what others own,
// and the means to sign.
type thief struct {
	*served
	key                                              []byte // that signs tokens
	expired, forged, noActor, noUser, reset, invite  string
	goneUser, goneCustomer, loggedOut, beforeReset   string
	revokedSecret, deletedSecret, revokedPublishable string
}

// resetToken returns a token to reset the password of a user.
func resetToken(ctx context.Context, a *auth.Service, email string) (string, error) {
	r, err := a.ResetToken(ctx, "user", auth.EmailPass, email)
	if err != nil {
		return "", err
	}
	return r.Token, nil
}

// steals makes people and keys, and ends them.
func steals(t *testing.T, s *served) *thief {
	t.Helper()
	must := func(token string, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	a, ctx := s.app.Auth, t.Context()
	th := &thief{served: s}
	past := auth.New(s.app.Store, auth.Config{Now: func() time.Time { return time.Now().Add(-48 * time.Hour) }})
	th.expired = must(past.TokenFor(ctx, "user", "boss@example.com"))
	th.forged = must(auth.New(s.app.Store, auth.Config{Secret: []byte(strings.Repeat("of another shop ", 3))}).TokenFor(ctx, "user", "boss@example.com"))
	th.noActor = must(a.Register(ctx, "customer", auth.EmailPass, "new@example.com", password))
	th.noUser = must(a.TokenFor(ctx, "user", "new@example.com"))
	th.reset = must(resetToken(ctx, a, "boss@example.com"))
	th.invite, _ = at(s.want(t, 200, "admin", "POST /admin/invites", `{"email": "guest@example.com"}`), "invite", "token").(string)

	gone, err := a.CreateUser(ctx, "gone@example.com", password)
	th.goneUser = must(must(a.TokenFor(ctx, "user", "gone@example.com")), err)
	s.want(t, 200, "secret", "DELETE /admin/users/"+gone.ID, "")
	th.goneCustomer = s.eve
	s.want(t, 200, "admin", "DELETE /admin/customers/cus_eve", "")

	th.loggedOut = must(a.TokenFor(ctx, "user", "boss@example.com"))
	r := httptest.NewRequest(http.MethodDelete, "/auth/session", http.NoBody)
	r.Header.Set("Authorization", "Bearer "+th.loggedOut)
	s.send(r)
	other, err := a.CreateUser(ctx, "other@example.com", password)
	th.beforeReset = must(must(a.TokenFor(ctx, "user", other.Email)), err)
	if err := a.Update(ctx, auth.EmailPass, must(resetToken(ctx, a, other.Email)), password+" new"); err != nil {
		t.Fatal(err)
	}
	for _, k := range []struct {
		kind    apikey.Type
		into    *string
		deleted bool
	}{{apikey.Secret, &th.revokedSecret, false}, {apikey.Secret, &th.deletedSecret, true}, {apikey.Publishable, &th.revokedPublishable, false}} {
		made, err := a.CreateKey(ctx, "Old", k.kind, "")
		*k.into = must(made.Token, err)
		s.want(t, 200, "admin", "POST /admin/api-keys/"+made.ID+"/revoke", "{}")
		if k.deleted {
			s.want(t, 200, "admin", "DELETE /admin/api-keys/"+made.ID, "")
		}
	}
	text, _, err := db.One[string](ctx, s.app.DB(), "SELECT secret FROM auth_signing_key")
	th.key, err = hex.DecodeString(must(text, err))
	must("", err)
	return th
}

// sign returns the administrator's token with other claims, signed with the key
// of the shop; a claim that is nil is left out.
func (th *thief) sign(t *testing.T, method jwt.SigningMethod, key any, change jwt.MapClaims) string {
	t.Helper()
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(th.user, claims); err != nil {
		t.Fatal(err)
	}
	for name, value := range change {
		claims[name] = value
		if value == nil {
			delete(claims, name)
		}
	}
	token, err := jwt.NewWithClaims(method, claims).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// tokens are those that no route takes, or only those that it opens.
func (th *thief) tokens(t *testing.T) []credential {
	t.Helper()
	parts, whole := strings.Split(th.user, "."), []api.Access{api.Admin, api.AnyToken}
	customers := []api.Access{api.Customer, api.Newcomer, api.AnyToken}
	signed := func(name string, change jwt.MapClaims) credential {
		return bearer(name, th.sign(t, jwt.SigningMethodHS256, th.key, change))
	}
	none := jwt.UnsafeAllowNoneSignatureType
	hour := time.Now().Add(time.Hour).Unix()
	return []credential{
		bearer("expired", th.expired), bearer("signed by another shop", th.forged),
		bearer("unsigned", th.sign(t, jwt.SigningMethodNone, none, nil)),
		bearer("unsigned, odd spelling", "eyJhbGciOiJuT25FIn0."+parts[1]+"."), bearer("unsigned, with the signature", "eyJhbGciOiJub25lIn0."+parts[1]+"."+parts[2]),
		bearer("another algorithm", th.sign(t, jwt.SigningMethodHS512, th.key, nil)), bearer("an empty key", th.sign(t, jwt.SigningMethodHS256, []byte{}, nil)),
		bearer("the key as text", th.sign(t, jwt.SigningMethodHS256, []byte(hex.EncodeToString(th.key)), nil)),
		signed("without an end", jwt.MapClaims{"exp": nil}), signed("without a beginning", jwt.MapClaims{"iat": nil}), signed("ended", jwt.MapClaims{"exp": 1}),
		signed("not yet good", jwt.MapClaims{"nbf": hour}), signed("for another audience", jwt.MapClaims{"aud": "https://elsewhere.example.com"}),
		signed("a second factor is missing", jwt.MapClaims{"mfa_enabled": true}), signed("without an identity", jwt.MapClaims{"auth_identity_id": ""}),
		signed("of no identity", jwt.MapClaims{"auth_identity_id": "authid_none"}), signed("another user", jwt.MapClaims{"actor_id": "user_other"}),
		signed("a customer by name alone", jwt.MapClaims{"actor_type": "customer"}), signed("an invented actor", jwt.MapClaims{"actor_type": "api-key"}),
		signed("without an actor type", jwt.MapClaims{"actor_type": ""}), signed("claims of other types", jwt.MapClaims{"actor_id": []string{th.userID}}),
		bearer("other claims", parts[0]+"."+base64.RawURLEncoding.EncodeToString([]byte(`{"actor_id":"`+th.userID+`","actor_type":"user"}`))+"."+parts[2]),
		bearer("cut", th.user[:len(th.user)-2]), bearer("without a signature", parts[0]+"."+parts[1]), bearer("four parts", th.user+"."+parts[2]),
		bearer("a line end in it", th.user[:9]+"\r\n"+th.user[9:]), bearer("a NUL at the end", th.user+"\x00"), bearer("two with a comma", "x, Bearer "+th.user),
		bearer("a customer's", th.ada, customers...), shown("a customer's, as a cookie", "Cookie", api.SessionCookie+"="+th.ada, customers...),
		bearer("a user's", th.user, whole...), bearer("a registration's", th.noActor, api.Newcomer, api.AnyToken), bearer("a login of no user", th.noUser, api.AnyToken),
		bearer("of a user who is gone", th.goneUser), bearer("of a customer who is gone", th.goneCustomer), bearer("logged out", th.loggedOut),
		bearer("from before a new password", th.beforeReset), bearer("that of a reset", th.reset), bearer("that of an invite", th.invite),
		shown("an expired cookie", "Cookie", api.SessionCookie+"="+th.expired), shown("a cookie of nonsense", "Cookie", api.SessionCookie+"=x; =; ;"),
		shown("another cookie", "Cookie", "gorgon_session="+th.user),
	}
}

// schemes are good credentials that are sent in a way that is none, keys that
// are not good, and nonsense.
func (th *thief) schemes() []credential {
	sum := sha256.Sum256([]byte(th.secret.Token))
	hash := hex.EncodeToString(sum[:])
	return []credential{
		{name: "none"}, shown("empty", "Authorization", ""), shown("a scheme alone", "Authorization", "Bearer"), bearer("a scheme and spaces", "   "),
		shown("no scheme", "Authorization", th.user), shown("another scheme", "Authorization", "Token "+th.user), shown("digest", "Authorization", `Digest username="`+th.user+`"`),
		{name: "twice, the bad one first", header: http.Header{"Authorization": {"Bearer x", "Bearer " + th.user}}},
		{name: "a bad bearer before a good cookie", header: http.Header{"Authorization": {"Bearer x"}, "Cookie": {api.SessionCookie + "=" + th.user}}},
		shown("another header", "X-Access-Token", th.user), shown("that of a proxy", "Proxy-Authorization", "Bearer "+th.user),
		{name: "in the URL", query: "?token=" + th.user + "&access_token=" + th.user + "&api_key=" + th.secret.Token},
		bearer("a secret key as a token", th.secret.Token), bearer("a publishable key as a token", th.served.key.Token), basic("a publishable key as a secret one", th.served.key.Token),
		basic("the hash of a key", hash), basic("the hash with a prefix", "sk_"+hash), basic("what is shown of a key", th.secret.Redacted), basic("a key cut short", th.secret.Token[:len(th.secret.Token)-1]),
		basic("a key in capitals", "sk_"+strings.ToUpper(th.secret.Token[3:])), basic("a wildcard", "sk_%%%%%%%%%%%%"), basic("SQL", "sk_' OR '1'='1' --"), basic("a revoked key", th.revokedSecret),
		basic("a deleted key", th.deletedSecret), basic("a token as a key", th.user), basic("an email and a password", "boss@example.com:"+password), basic("a key of zeros", "sk_"+strings.Repeat("0", 64)),
		basic("a key with a NUL", th.secret.Token+"\x00"), basic("a space before a key", " "+th.secret.Token), shown("no base64", "Authorization", "Basic \xff\xfe"),
		bearer("null", "null"), bearer("JSON", `{"token":"`+th.user+`"}`), bearer("non-ASCII", "пароль 👕"), bearer("NUL", "\x00"), bearer("dots", ".."),
		bearer("huge", strings.Repeat("a.", 40_000)), bearer("a huge header of a token", strings.Repeat("QUFB", 20_000)+".e30.x"),
	}
}

// keys are publishable keys that open no storefront.
func (th *thief) keys() []credential {
	key := th.served.key.Token
	pub := func(name, value string) credential { return shown(name, api.KeyHeader, value) }
	return []credential{
		{name: "none"}, pub("empty", ""), pub("spaces", "   "), pub("a secret key", th.secret.Token), pub("a token", th.ada), pub("revoked", th.revokedPublishable), pub("its id", th.served.key.ID),
		pub("what is shown of it", th.served.key.Redacted), pub("cut short", key[:len(key)-1]), pub("in capitals", "pk_"+strings.ToUpper(key[3:])), pub("zeros", "pk_"+strings.Repeat("0", 64)),
		pub("a wildcard", "pk_%%%%%%%%%%%%"), pub("SQL", "pk_' OR '1'='1' --"), pub("a NUL at the end", key+"\x00"), pub("a line end", key+"\r\nX-Injected: 1"), pub("two with a comma", "x, "+key), pub("non-ASCII", "pk_пароль-пароль"),
		pub("huge", "pk_"+strings.Repeat("0", 80_000)), {name: "twice, the bad one first", header: http.Header{http.CanonicalHeaderKey(api.KeyHeader): {"x", key}}},
		{name: "in the URL", query: "?x-publishable-api-key=" + key + "&publishable_key=" + key}, shown("as a cookie", "Cookie", api.KeyHeader+"="+key),
		basic("as a secret key", key),
	}
}

// ask sends a credential to a route, after what it has of good ones.
func (th *thief) ask(r *api.Route, c credential, key, token string) reply {
	target := pathParameter.ReplaceAllString(r.Path, "o1") + c.query
	request := httptest.NewRequest(r.Method, target, strings.NewReader("{}"))
	if key != "" {
		request.Header.Set(api.KeyHeader, key)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	for name, values := range c.header {
		request.Header[name] = values
	}
	return th.send(request)
}

// No credential that is not good opens a route, fails the server, or is told
// anything.
func TestSecurityCredentials(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		th := steals(t, s)
		tokens, keys := append(th.tokens(t), th.schemes()...), th.keys()
		if len(tokens) < 25 || len(keys) < 20 {
			t.Fatalf("%d tokens, %d keys", len(tokens), len(keys))
		}
		before, tried, routes := s.content(t), &tally{}, 0
		refused := func(i int, r *api.Route, list []credential, key, token string, want int) {
			t.Helper()
			for j, c := range list {
				if (i+j)%3 >= sampled(1, 3) || slices.Contains(c.opens, r.Access) {
					continue
				}
				got := th.ask(r, c, key, token)
				tried.add(got.status)
				what := r.Method + " " + r.Path + ": " + c.name
				if got.status != want || len(got.body) > 300 || strings.Contains(got.body, `"id"`) || got.header.Get("Set-Cookie") != "" {
					t.Errorf("%s: %d, want %d: %.300s", what, got.status, want, got.body)
				}
				s.quiet(t, what, got, s.user, s.ada, s.secret.Token, s.key.Token, "@example.com")
			}
		}
		for i, r := range s.routes() {
			switch r.Access {
			case api.Public:
				continue
			case api.Admin, api.AnyToken:
				refused(i, &r, tokens, "", "", http.StatusUnauthorized)
			case api.Customer, api.Newcomer:
				refused(i, &r, tokens, s.key.Token, "", http.StatusUnauthorized)
				refused(i, &r, keys, "", s.ada, http.StatusBadRequest)
			case api.Storefront:
				refused(i, &r, keys, "", "", http.StatusBadRequest)
			}
			routes++
		}
		s.unchanged(t, "a caller who was refused", before)
		if !t.Failed() {
			t.Logf("%s: %d routes, %d bad tokens and secret keys, %d bad publishable keys: %s; 0 got in", t.Name(), routes, len(tokens), len(keys), tried)
		}
	})
}
