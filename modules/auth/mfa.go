package auth

import "github.com/gorgon-commerce/gorgon/model"

// MFAFactor is a second factor.
type MFAFactor struct {
	model.Base
	Provider         string        `json:"provider"`
	Status           string        `json:"status"` // such as pending or enabled
	ProviderMetadata model.RawJSON `json:"provider_metadata" model:"secret"`
	AuthIdentityID   string        `json:"auth_identity_id"`

	AuthIdentity *Identity `json:"auth_identity,omitzero" model:"belongs"`
}

// MFAFactors is the model of MFAFactor: entity auth_mfa_factor, ids authmfa_….
var MFAFactors = model.Define[MFAFactor]("auth_mfa_factor").
	WithPrefix("authmfa").
	UniqueWhere("status IN ('pending', 'enabled')", "auth_identity_id", "provider")

// MFARecoveryCode replaces a lost factor, once.
type MFARecoveryCode struct {
	model.Record
	CodeHash       string `json:"code_hash" model:"secret"`
	AuthIdentityID string `json:"auth_identity_id"`

	AuthIdentity *Identity `json:"auth_identity,omitzero" model:"belongs"`
}

// MFARecoveryCodes is the model of MFARecoveryCode: entity
// auth_mfa_recovery_code, ids authmfarec_….
var MFARecoveryCodes = model.Define[MFARecoveryCode]("auth_mfa_recovery_code").
	WithPrefix("authmfarec").
	Unique("auth_identity_id", "code_hash")
