package api

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// SessionCookie is the cookie of POST /auth/session. It holds the token.
const SessionCookie = "gorgon_session"

// keyHeader is where a storefront sends its publishable API key.
const keyHeader = "X-Publishable-Api-Key"

// unauthorized is the answer to a request without valid credentials: a body
// of a message alone.
type unauthorized struct{ message string }

func (u *unauthorized) Error() string { return u.message }

var errUnauthorized = &unauthorized{"Unauthorized"}

// admit finds out who is calling, and whether they may call a route.
func (s *Shop) admit(r *http.Request, access Access) (Caller, error) {
	switch access {
	case Public:
		return Caller{}, nil
	case Admin:
		return s.admitAdmin(r)
	case AnyToken:
		c, err := s.tokenCaller(r)
		if err == nil && c.Claims == nil {
			err = errUnauthorized
		}
		return c, err
	}
	key := r.Header.Get(keyHeader)
	if key == "" {
		return Caller{}, fault.New(fault.NotAllowed, "Publishable API key required in the request header: x-publishable-api-key. You can manage your keys in settings in the dashboard.")
	}
	k, err := s.Auth.PublishableKey(r.Context(), key)
	if err != nil {
		return Caller{}, err
	}
	c, err := s.tokenCaller(r)
	c.Key = k
	switch {
	case err != nil || access == Storefront:
		return c, err
	case access == Newcomer && c.Claims != nil && c.Type == "customer":
		return c, nil
	}
	if !c.is("customer") {
		return c, errUnauthorized
	}
	return c, nil
}

func (s *Shop) admitAdmin(r *http.Request) (Caller, error) {
	if key, ok := basicKey(r); ok {
		k, err := s.Auth.SecretKey(r.Context(), key)
		if err != nil {
			return Caller{}, orUnauthorized(err)
		}
		return Caller{Type: "api-key", ID: k.ID}, nil
	}
	if strings.HasPrefix(bearer(r), "sk_") {
		return Caller{}, &unauthorized{"A secret API key is sent as Basic authorization, not as Bearer"}
	}
	c, err := s.tokenCaller(r)
	if err == nil && !c.is("user") {
		err = errUnauthorized
	}
	return c, err
}

// orUnauthorized keeps errors that are not the caller's fault.
func orUnauthorized(err error) error {
	if fault.TypeOf(err) == fault.Unauthorized {
		return errUnauthorized
	}
	return err
}

// tokenCaller is the actor of a bearer token or a session; nobody without a
// valid one. It is an error when that cannot be told, without the database.
func (s *Shop) tokenCaller(r *http.Request) (Caller, error) {
	token := bearer(r)
	if token == "" {
		if cookie, err := r.Cookie(SessionCookie); err == nil {
			token = cookie.Value
		}
	}
	if token == "" {
		return Caller{}, nil
	}
	claims, err := s.Auth.Parse(r.Context(), token)
	if err != nil {
		if fault.TypeOf(err) == fault.Unauthorized {
			err = nil
		}
		return Caller{}, err
	}
	if claims.ActorID != "" {
		if there, err := s.trusts(r.Context(), claims); err != nil || !there {
			return Caller{}, err
		}
	}
	return Caller{Type: claims.ActorType, ID: claims.ActorID, Claims: claims}, nil
}

func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// basicKey is a secret key sent as Basic authorization: as it is, or in base64
// as the name of a user without a password.
func basicKey(r *http.Request) (string, bool) {
	scheme, text, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Basic") {
		return "", false
	}
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, "sk_") {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return "", true
		}
		text = string(b)
	}
	key, _, _ := strings.Cut(text, ":")
	return key, true
}
