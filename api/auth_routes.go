package api

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
)

// PasswordReset is a request for a new password: whoever has the token sets
// it, by POST /auth/{actor_type}/{provider}/update.
type PasswordReset struct {
	ActorType string // user or customer
	Provider  string
	Email     string
	Token     string
}

// AuthOptions are the settings of the routes below /auth.
type AuthOptions struct {
	// Tries bound attempts to log in: for one email, and from one address, behind which many people may be. Those for an
	// email begin anew when one succeeds.
	Tries, TriesOfAddress auth.Limits
	// Reset sends a token to the email; nil sends nothing, so that only an administrator can reset a password.
	Reset func(ctx context.Context, r PasswordReset) error
	// TrustProxy takes the caller's address from the last entry of X-Forwarded-For, which a proxy of ours has set.
	TrustProxy bool
	// SecureCookie keeps sessions to HTTPS.
	SecureCookie bool
}

// AuthRoutes are the routes by which people log in.
func AuthRoutes(s *Shop, o AuthOptions) []Route {
	if o.TriesOfAddress.Burst == 0 {
		o.TriesOfAddress.Burst, o.TriesOfAddress.Every = 200, 500*time.Millisecond
	}
	a := &authRoutes{s, o, auth.NewLimiter(o.Tries), auth.NewLimiter(o.TriesOfAddress)}
	credentials := Body{Must("email", Text), Must("password", Text)}
	token := Answer{Body: Body{Must("token", Text)}}
	success := Answer{Body: Body{Must("success", Flag)}}
	post := func(path, summary string, access Access, body Body, answer Answer, do func(c *Call) error) Route {
		return Route{Method: http.MethodPost, Path: path, Summary: summary, Access: access, Body: body, Answer: answer, Do: do}
	}
	reset := post("/auth/{actor_type}/{provider}/reset-password", "Ask for a new password", Public,
		Body{Must("identifier", Text), May("metadata", Map)}, Answer{}, a.reset)
	reset.Status = http.StatusCreated
	return []Route{
		post("/auth/{actor_type}/{provider}", "Log in", Public, credentials, token, a.login),
		post("/auth/{actor_type}/{provider}/register", "Make an identity to log in with", Public, credentials, token, a.register),
		reset,
		post("/auth/{actor_type}/{provider}/update", "Set a new password, with the token of a reset", Public,
			Body{Must("password", Text), May("email", Text)}, success, a.update),
		post("/auth/session", "Keep a token in a cookie", AnyToken, Body{}, Answer{Body: Body{Must("user", Map)}}, a.startSession),
		{Method: http.MethodDelete, Path: "/auth/session", Summary: "Forget the cookie", Access: Public, Answer: success, Do: a.endSession},
		post("/auth/token/refresh", "A new token for one that is still good", AnyToken, Body{}, token, a.refresh),
	}
}

type authRoutes struct {
	shop *Shop
	AuthOptions
	byName, byAddress *auth.Limiter
}

// slow refuses those who try too often, by their address and by whom they try
// to be.
func (a *authRoutes) slow(c *Call, who string) error {
	if err := a.byAddress.Check(a.address(c.Request)); err != nil {
		return err
	}
	return a.byName.Check(strings.ToLower(who))
}

// address is who calls: the connection's other end, or whom our proxy names.
func (a *authRoutes) address(r *http.Request) string {
	if a.TrustProxy {
		all := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
		if last := strings.TrimSpace(all[len(all)-1]); last != "" {
			return last
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

func (a *authRoutes) login(c *Call) error { return a.credentials(c, a.shop.Auth.Login) }

func (a *authRoutes) register(c *Call) error { return a.credentials(c, a.shop.Auth.Register) }

// credentials answers the token that do gives for an email and a password.
func (a *authRoutes) credentials(c *Call, do func(ctx context.Context, actor, provider, email, password string) (string, error)) error {
	v, err := c.Body()
	if err != nil {
		return err
	}
	if err := a.slow(c, v.Text("email")); err != nil {
		return err
	}
	token, err := do(c.Context(), c.Param("actor_type"), c.Param("provider"), v.Text("email"), v.Text("password"))
	if err != nil {
		return err
	}
	a.byName.Forget(strings.ToLower(v.Text("email")))
	return c.JSON(map[string]string{"token": token})
}

// reset answers the same whether or not the email is known.
func (a *authRoutes) reset(c *Call) error {
	v, err := c.Body()
	if err != nil {
		return err
	}
	r := PasswordReset{ActorType: c.Param("actor_type"), Provider: c.Param("provider"), Email: v.Text("identifier")}
	if err := a.slow(c, r.Email); err != nil {
		return err
	}
	if r.Token, err = a.shop.Auth.ResetToken(c.Context(), r.ActorType, r.Provider, r.Email); err != nil {
		return err
	}
	if r.Token != "" && a.Reset != nil {
		if err := a.Reset(c.Context(), r); err != nil {
			return err
		}
	}
	c.w.WriteHeader(http.StatusCreated)
	return nil
}

func (a *authRoutes) update(c *Call) error {
	v, err := c.Body()
	if err != nil {
		return err
	}
	token := bearer(c.Request)
	if token == "" {
		token = c.Query("token")
	}
	if err := a.slow(c, token); err != nil {
		return err
	}
	if err := a.shop.Auth.Update(c.Context(), c.Param("provider"), token, v.Text("password")); err != nil {
		return err
	}
	return c.JSON(map[string]bool{"success": true})
}

func (a *authRoutes) startSession(c *Call) error {
	token := bearer(c.Request)
	if token == "" {
		return errUnauthorized
	}
	a.setCookie(c, token, c.Caller.Claims.ExpiresAt)
	return c.JSON(map[string]*auth.Claims{"user": c.Caller.Claims})
}

func (a *authRoutes) endSession(c *Call) error {
	a.setCookie(c, "", time.Unix(0, 0))
	return c.JSON(map[string]bool{"success": true})
}

func (a *authRoutes) setCookie(c *Call, token string, until time.Time) {
	http.SetCookie(c.w, &http.Cookie{
		Name: SessionCookie, Value: token, Path: "/", Expires: until, HttpOnly: true, Secure: a.SecureCookie || c.TLS != nil,
		SameSite: http.SameSiteLaxMode,
	})
}

func (a *authRoutes) refresh(c *Call) error {
	token, err := a.shop.Auth.Refresh(c.Context(), c.Caller.Claims)
	if err != nil {
		return err
	}
	return c.JSON(map[string]string{"token": token})
}
