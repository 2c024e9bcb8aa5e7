package auth

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// PasswordResetToken is the hash of a token with which its holder can set a new
// password, once.
type PasswordResetToken struct {
	model.Record
	EntityID           string    `json:"entity_id"`
	TokenHash          string    `json:"token_hash" model:"secret"`
	ExpiresAt          time.Time `json:"expires_at"`
	AuthIdentityID     string    `json:"auth_identity_id"`
	ProviderIdentityID string    `json:"provider_identity_id"`

	AuthIdentity     *Identity         `json:"auth_identity,omitzero" model:"belongs"`
	ProviderIdentity *ProviderIdentity `json:"provider_identity,omitzero" model:"belongs"`
}

// PasswordResetTokens is the model of PasswordResetToken: entity
// auth_password_reset_token, ids authprt_….
var PasswordResetTokens = model.Define[PasswordResetToken]("auth_password_reset_token").
	WithPrefix("authprt").
	Index("token_hash")
