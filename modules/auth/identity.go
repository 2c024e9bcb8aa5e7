package auth

import "github.com/gorgon-commerce/gorgon/model"

// Identity is someone who can log in. Its app_metadata says which user or
// customer they are.
type Identity struct {
	model.Record
	AppMetadata model.RawJSON `json:"app_metadata"` // such as {"user_id": "user_…"}

	ProviderIdentities  []*ProviderIdentity   `json:"provider_identities,omitzero" model:"many=auth_identity_id"`
	MFAFactors          []*MFAFactor          `json:"mfa_factors,omitzero" model:"many=auth_identity_id"`
	MFARecoveryCodes    []*MFARecoveryCode    `json:"mfa_recovery_codes,omitzero" model:"many=auth_identity_id"`
	Verifications       []*Verification       `json:"verifications,omitzero" model:"many=auth_identity_id"`
	PasswordResetTokens []*PasswordResetToken `json:"password_reset_tokens,omitzero" model:"many=auth_identity_id"`
}

// Identities is the model of Identity: entity auth_identity, ids authid_….
var Identities = model.Define[Identity]("auth_identity").
	WithPrefix("authid").
	Cascades("provider_identities", "mfa_factors", "mfa_recovery_codes", "verifications", "password_reset_tokens")

// ProviderIdentity is one way in which an Identity logs in, such as with an email
// and a password. provider_metadata holds the provider's secrets, including the
// hash of a password, and never leaves the server.
type ProviderIdentity struct {
	model.Record
	EntityID         string        `json:"entity_id"` // the id of the person at the provider, such as an email
	Provider         string        `json:"provider"`
	UserMetadata     model.RawJSON `json:"user_metadata"`
	ProviderMetadata model.RawJSON `json:"provider_metadata" model:"secret"`
	AuthIdentityID   string        `json:"auth_identity_id"`

	AuthIdentity        *Identity             `json:"auth_identity,omitzero" model:"belongs"`
	PasswordResetTokens []*PasswordResetToken `json:"password_reset_tokens,omitzero" model:"many=provider_identity_id"`
}

// ProviderIdentities is the model of ProviderIdentity: entity
// provider_identity, ids without a prefix.
var ProviderIdentities = model.Define[ProviderIdentity]("provider_identity").
	WithPrefix("").
	Unique("entity_id", "provider").
	Cascades("password_reset_tokens")
