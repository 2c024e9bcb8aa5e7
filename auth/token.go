package auth

import (
	"context"
	"encoding/hex"
	"math"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// Claims are the contents of a token: who its holder is, and what they may act
// as. The names are those of Medusa's tokens, so that with the same secret each
// accepts the other's tokens.
type Claims struct {
	ActorID        string        `json:"actor_id"`   // the id of the user or customer; "" if there is none yet
	ActorType      string        `json:"actor_type"` // such as user or customer
	AuthIdentityID string        `json:"auth_identity_id"`
	AuthProvider   string        `json:"auth_provider,omitempty"`
	MFAEnabled     bool          `json:"mfa_enabled,omitempty"`
	AppMetadata    model.RawJSON `json:"app_metadata"`  // the identity's, such as {"user_id": "user_…"}
	UserMetadata   model.RawJSON `json:"user_metadata"` // the provider identity's
	SessionID      string        `json:"-"`             // sid in the token: what a login began, and a refresh goes on with
	AuthTime       time.Time     `json:"-"`             // auth_time in the token: when the session began
	IssuedAt       time.Time     `json:"-"`             // iat in the token, in seconds
	ExpiresAt      time.Time     `json:"-"`             // exp in the token, in seconds
}

// payload is the body of a token.
type payload struct {
	Claims
	SID      string  `json:"sid,omitempty"`
	AuthTime float64 `json:"auth_time,omitempty"` // in seconds, with milliseconds: a reset and a login can be in one second
	jwt.RegisteredClaims
}

// maxToken is the maximum length of a token.
const maxToken = 16 << 10

// token returns a signed token with the claims, valid from now for the lifetime
// of a token, or until its session ends.
func (s *Service) token(ctx context.Context, c Claims) (string, error) {
	key, err := s.signingKey(ctx)
	if err != nil {
		return "", err
	}
	if len(c.AppMetadata) == 0 {
		c.AppMetadata = model.RawJSON("{}")
	}
	if len(c.UserMetadata) == 0 {
		c.UserMetadata = model.RawJSON("{}")
	}
	now := s.now()
	until := earlier(now.Add(s.config.TokenLife), s.sessionEnd(c.AuthTime))
	return jwt.NewWithClaims(jwt.SigningMethodHS256, payload{c, c.SessionID, float64(c.AuthTime.UnixMilli()) / 1000, jwt.RegisteredClaims{
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(until),
	}}).SignedString(key)
}

// Sign returns a signed token with claims, until a time. Clients read it, such as the
// dashboard, which shows for whom an invite is; whoever accepts it looks it up. Nobody
// can log in with it, since it names no identity.
func (s *Service) Sign(ctx context.Context, claims map[string]string, until time.Time) (string, error) {
	key, err := s.signingKey(ctx)
	if err != nil {
		return "", err
	}
	all := jwt.MapClaims{"jti": hex.EncodeToString(random()), "iat": jwt.NewNumericDate(s.now()), "exp": jwt.NewNumericDate(until)}
	for name, value := range claims {
		all[name] = value
	}
	return jwt.NewWithClaims(jwt.SigningMethodHS256, all).SignedString(key)
}

// Parse returns the claims of a token that the shop has signed. If the token is
// forged, damaged or expired, is not signed with HS256, does not say when it was
// issued and expires, or lacks a second factor, the error is unauthorized. Parse
// does not notice a logout, a new password or a deletion; Trusts, Confirm and
// Refresh do.
func (s *Service) Parse(ctx context.Context, token string) (*Claims, error) {
	if len(token) > maxToken || strings.ContainsAny(token, "\r\n") { // base64 ignores line ends
		return nil, badToken(nil)
	}
	key, err := s.signingKey(ctx)
	if err != nil {
		return nil, err
	}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(), jwt.WithStrictDecoding(), jwt.WithTimeFunc(s.now))
	var p payload
	if _, err := parser.ParseWithClaims(token, &p, func(*jwt.Token) (any, error) { return key, nil }); err != nil {
		return nil, badToken(err)
	}
	if p.ActorType == "" || p.AuthIdentityID == "" || p.MFAEnabled || p.RegisteredClaims.IssuedAt == nil {
		return nil, badToken(nil)
	}
	c := s.claimsOf(&p, token)
	if !s.now().Before(c.ExpiresAt) {
		return nil, badToken(nil)
	}
	return c, nil
}

// claimsOf returns the claims of a token that is properly signed. One without a
// session, which an older Gorgon or Medusa has signed, is a session of its own.
func (s *Service) claimsOf(p *payload, token string) *Claims {
	c := p.Claims
	c.IssuedAt = p.RegisteredClaims.IssuedAt.UTC()
	c.SessionID, c.AuthTime = p.SID, time.UnixMilli(int64(math.Round(p.AuthTime*1000))).UTC()
	if c.SessionID == "" || p.AuthTime <= 0 {
		c.SessionID, c.AuthTime = digest(token), c.IssuedAt
	}
	c.ExpiresAt = earlier(p.RegisteredClaims.ExpiresAt.UTC(), s.sessionEnd(c.AuthTime))
	return &c
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func badToken(cause error) error {
	return fault.Wrap(cause, fault.Unauthorized, "the token is not valid, or has expired; log in again")
}

// Validate refuses a token for an audience. A shop has no name to be it by, so the
// token is for someone else who has the secret.
func (p payload) Validate() error {
	if len(p.Audience) > 0 {
		return jwt.ErrTokenInvalidAudience
	}
	return nil
}
