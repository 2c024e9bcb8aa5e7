// Package auth holds how people log in.
//
// An Identity is someone who can log in. Each way they can do it is a
// ProviderIdentity: a provider and what that provider knows them by. What they
// may do follows from the identity's app_metadata, which names the user or
// customer they are:
//
//	Identity{AppMetadata: {"user_id": "user_01…"}}
//	├── ProviderIdentity{Provider: "emailpass", EntityID: "ada@example.com"}
//	└── MFAFactor{Provider: "totp", Status: "enabled"}
//
// Secrets are hashes, or the provider's own in provider_metadata, and are for
// the server alone: their fields are tagged secret, so that no query finds
// them.
package auth
