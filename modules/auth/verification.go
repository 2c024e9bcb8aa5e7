package auth

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// Verification is a proof, requested or given, that an email or phone number
// belongs to an identity.
type Verification struct {
	model.Base
	EntityID         string        `json:"entity_id"`
	EntityType       string        `json:"entity_type"`
	CodeProvider     string        `json:"code_provider"`
	VerifiedAt       *time.Time    `json:"verified_at"`
	RequestedAt      time.Time     `json:"requested_at"`
	ProviderMetadata model.RawJSON `json:"provider_metadata" model:"secret"`
	AuthIdentityID   string        `json:"auth_identity_id"`

	AuthIdentity *Identity `json:"auth_identity,omitzero" model:"belongs"`
}

// Verifications is the model of Verification: entity auth_verification, ids
// authver_….
var Verifications = model.Define[Verification]("auth_verification").
	WithPrefix("authver").
	Unique("auth_identity_id", "entity_id", "entity_type")
