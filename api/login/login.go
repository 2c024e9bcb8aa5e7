package login

import (
	"context"
	"net/http"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/mail"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Config are the settings of the routes below /auth. Its zero value is good.
type Config struct {
	// Tries bound attempts to log in, for one email from one address; a success is not counted. Registrations, resets and
	// new passwords have the same limits and are counted apart.
	Tries auth.Limits
	// TriesOfEmail bound them for one email from all addresses, TriesOfAddress from one address, behind which many people
	// may be.
	TriesOfEmail, TriesOfAddress auth.Limits
	// ResetsOfEmail bound the mails that one email gets, in place of TriesOfEmail.
	ResetsOfEmail auth.Limits
	// SecureCookie keeps sessions to HTTPS.
	SecureCookie bool
	// Ticket logs a browser on this machine in once, without a password. Default: none.
	Ticket *Ticket
}

// Check returns an invalid_data error if a setting is not valid.
func (c Config) Check() error {
	return module.FirstError(
		c.Tries.Check("Server.Auth.Tries"), c.TriesOfAddress.Check("Server.Auth.TriesOfAddress"),
		c.TriesOfEmail.Check("Server.Auth.TriesOfEmail"), c.ResetsOfEmail.Check("Server.Auth.ResetsOfEmail"),
	)
}

// Routes returns the routes by which people log in. Tokens of resets are made
// and mailed later.
func Routes(s *shop.Shop, o Config, mails mail.Config, later *api.Later) []api.Route {
	a := &routes{s, o.orDefaults(), auth.NewLimiter(s.Store), later, mails}
	token := api.Answer{Body: body.Object{body.Required("token", body.Text)}}
	success := api.Answer{Body: body.Object{body.Required("success", body.Flag)}}
	post := func(path, summary string, access api.Access, sent body.Object, answer api.Answer, do func(c *api.Call) error) api.Route {
		return api.Route{Method: http.MethodPost, Path: path, Summary: summary, Access: access, Body: sent, Answer: answer, Do: do}
	}
	reset := post("/auth/{actor_type}/{provider}/reset-password", "Ask for a new password", api.Public, forgotten.Object(), api.Answer{}, a.reset)
	reset.Status = http.StatusCreated
	return []api.Route{
		providers(), a.factors(), vendorLogin(),
		post("/auth/{actor_type}/{provider}", "Log in", api.Public, credentials.Object(), token, a.login),
		post("/auth/{actor_type}/{provider}/register", "Make an identity to log in with", api.Public, credentials.Object(), token, a.register),
		reset,
		post("/auth/{actor_type}/{provider}/update", "Set a new password, with the token of a reset", api.Public, renewed.Object(), success, a.update),
		post("/auth/session", "Keep a token in a cookie", api.AnyToken, body.Object{}, api.Answer{Body: body.Object{body.Required("user", body.Map)}}, a.startSession),
		post("/auth/session/ticket", "Log in with the ticket that the server printed when it started", api.Public, redeemed.Object(), api.Answer{Body: body.Object{body.Required("user", body.Map)}}, a.redeem),
		{Method: http.MethodDelete, Path: "/auth/session", Summary: "Log out: end the session, and forget the cookie", Access: api.Public, Answer: success, Do: a.endSession},
		post("/auth/token/refresh", "A new token for one that is still good", api.AnyToken, body.Object{}, token, a.refresh),
	}
}

// What is sent to the routes.
var (
	credentials = body.For[struct {
		Email    string `json:"email" body:"required"`
		Password string `json:"password" body:"required"`
	}]()
	forgotten = body.For[struct {
		Identifier string        `json:"identifier" body:"required"`
		Metadata   model.RawJSON `json:"metadata" body:"object"`
	}]()
	redeemed = body.For[struct {
		Ticket string `json:"ticket" body:"required"`
	}]()
	renewed = body.For[struct {
		Password string `json:"password" body:"required"`
		Email    string `json:"email"`
	}]()
)

type routes struct {
	shop *shop.Shop
	Config
	limiter *auth.Limiter
	later   *api.Later
	mails   mail.Config
}

func (a *routes) login(c *api.Call) error { return a.token(c, logIn, a.shop.Auth.Login) }

func (a *routes) register(c *api.Call) error { return a.token(c, register, a.shop.Auth.Register) }

// token responds with the token that do returns for an email and a password.
func (a *routes) token(c *api.Call, what attempt, do func(ctx context.Context, actor, provider, email, password string) (string, error)) error {
	in, err := api.Decode(c, credentials)
	if err != nil {
		return err
	}
	giveBack, err := a.take(what, c, in.Email)
	if err != nil {
		return err
	}
	token, err := do(c.Context(), c.Param("actor_type"), c.Param("provider"), in.Email, in.Password)
	if err != nil {
		return err
	}
	if what == logIn {
		giveBack()
	}
	return c.JSON(map[string]string{"token": token})
}

// reset responds alike whether or not the email is known.
func (a *routes) reset(c *api.Call) error {
	in, err := api.Decode(c, forgotten)
	if err != nil {
		return err
	}
	actor, provider := c.Param("actor_type"), c.Param("provider")
	if _, err := a.take(reset, c, in.Identifier); err != nil {
		return err
	}
	if err := a.shop.Auth.Known(actor, provider); err != nil {
		return err
	}
	// The response takes the same time whether the email exists or not.
	return a.later.Do(c.Context(), "password reset", func(ctx context.Context) error {
		r, err := a.shop.Auth.ResetToken(ctx, actor, provider, in.Identifier)
		if err != nil || r == nil {
			return err
		}
		return a.mails.Send(ctx, a.mails.PasswordReset(mail.Reset{ActorType: actor, Email: r.Email, Token: r.Token, ExpiresAt: r.ExpiresAt}))
	})
}

func (a *routes) update(c *api.Call) error {
	in, err := api.Decode(c, renewed)
	if err != nil {
		return err
	}
	token := api.Bearer(c.Request)
	if token == "" {
		token = c.Query("token")
	}
	if _, err := a.take(renew, c, ""); err != nil { // no one guesses a token
		return err
	}
	if err := a.shop.Auth.Update(c.Context(), c.Param("provider"), token, in.Password); err != nil {
		return err
	}
	return c.JSON(map[string]bool{"success": true})
}

func (a *routes) startSession(c *api.Call) error {
	token := api.Bearer(c.Request)
	if token == "" {
		return api.ErrUnauthorized
	}
	a.setCookie(c, token, c.Caller.Claims.ExpiresAt)
	return c.JSON(map[string]*auth.Claims{"user": c.Caller.Claims})
}

// endSession ends the sessions of the tokens that a caller shows, and responds
// alike if they have ended before.
func (a *routes) endSession(c *api.Call) error {
	for _, token := range api.Tokens(c.Request) {
		claims, err := a.shop.Auth.Parse(c.Context(), token)
		if fault.TypeOf(err) == fault.Unauthorized {
			continue
		}
		if err == nil {
			err = a.shop.Auth.Logout(c.Context(), claims)
		}
		if err != nil {
			return err
		}
	}
	a.setCookie(c, "", time.Unix(0, 0))
	return c.JSON(map[string]bool{"success": true})
}

func (a *routes) setCookie(c *api.Call, token string, until time.Time) {
	http.SetCookie(c.Writer(), &http.Cookie{
		Name: api.SessionCookie, Value: token, Path: "/", Expires: until, HttpOnly: true, Secure: a.SecureCookie || c.HTTPS(),
		SameSite: http.SameSiteLaxMode,
	})
}

func (a *routes) refresh(c *api.Call) error {
	token, err := a.shop.Auth.Refresh(c.Context(), c.Caller.Claims)
	if err != nil {
		return err
	}
	return c.JSON(map[string]string{"token": token})
}
