package api

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// SessionCookie is the cookie of POST /auth/session. It holds the token.
const SessionCookie = "connect.sid"

// KeyHeader is where a storefront sends its publishable API key.
const KeyHeader = "X-Publishable-Api-Key"

// unauthorized is the error of a request without valid credentials. Its body
// is a message without a type.
type unauthorized struct{ message string }

func (u *unauthorized) Error() string { return u.message }

// ErrUnauthorized is the answer to a caller without valid credentials: 401.
var ErrUnauthorized = &unauthorized{"Unauthorized"}

// admit returns who is calling, or an error if they may not call the route.
func (h *handler) admit(r *http.Request, access Access) (Caller, error) {
	switch access {
	case Public:
		return Caller{}, nil
	case Admin:
		return h.admitAdmin(r)
	case AnyToken:
		c, err := h.tokenCaller(r)
		if err == nil && c.Claims == nil {
			err = ErrUnauthorized
		}
		return c, err
	}
	key := r.Header.Get(KeyHeader)
	if key == "" {
		return Caller{}, fault.New(fault.NotAllowed, "Publishable API key required in the request header: x-publishable-api-key. You can manage your keys in settings in the dashboard.")
	}
	k, err := h.shop.Auth.PublishableKey(r.Context(), key)
	if err != nil {
		return Caller{}, err
	}
	c, err := h.tokenCaller(r)
	c.Key = k
	switch {
	case err != nil || access == Storefront:
		return c, err
	case access == Newcomer && c.Claims != nil && c.Type == "customer":
		return c, nil
	}
	if !c.Is("customer") {
		return c, ErrUnauthorized
	}
	return c, nil
}

func (h *handler) admitAdmin(r *http.Request) (Caller, error) {
	if key, ok := basicKey(r); ok {
		k, err := h.shop.Auth.SecretKey(r.Context(), key)
		if err != nil {
			return Caller{}, orUnauthorized(err)
		}
		return Caller{Type: "api-key", ID: k.ID}, nil
	}
	if strings.HasPrefix(Bearer(r), "sk_") {
		return Caller{}, &unauthorized{"A secret API key is sent as Basic authorization, not as Bearer"}
	}
	c, err := h.tokenCaller(r)
	if err == nil && !c.Is("user") {
		err = ErrUnauthorized
	}
	return c, err
}

// orUnauthorized returns errors that are not the caller's fault as they are.
func orUnauthorized(err error) error {
	if fault.TypeOf(err) == fault.Unauthorized {
		return ErrUnauthorized
	}
	return err
}

// tokenCaller returns the actor of a bearer token or a session; the zero Caller
// without a valid one. An error means that the database cannot be asked.
func (h *handler) tokenCaller(r *http.Request) (Caller, error) {
	tokens := Tokens(r)
	if len(tokens) == 0 {
		return Caller{}, nil
	}
	claims, err := h.shop.Auth.Parse(r.Context(), tokens[0])
	if err != nil {
		if fault.TypeOf(err) == fault.Unauthorized {
			err = nil
		}
		return Caller{}, err
	}
	if there, err := h.shop.Auth.Trusts(r.Context(), claims); err != nil || !there {
		return Caller{}, err
	}
	return Caller{Type: claims.ActorType, ID: claims.ActorID, Claims: claims}, nil
}

// Tokens returns the tokens that a request carries: the bearer token, which is
// the one that counts, and that of the session's cookie.
func Tokens(r *http.Request) []string {
	var out []string
	if token := Bearer(r); token != "" {
		out = append(out, token)
	}
	if cookie, err := r.Cookie(SessionCookie); err == nil && cookie.Value != "" {
		out = append(out, cookie.Value)
	}
	return out
}

// Bearer returns the bearer token that a request carries, or "".
func Bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

// basicKey returns a secret key sent as Basic authorization: as it is, or in
// base64 as the name of a user without a password.
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
