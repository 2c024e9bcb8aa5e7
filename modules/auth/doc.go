// Package auth holds the identities that people log in with.
//
// An Identity is someone who can log in. Each way to log in is a
// ProviderIdentity: a provider, and the id of the person there. What they may do
// follows from the identity's app_metadata, which names the user or customer they
// act as:
//
//	Identity{AppMetadata: {"user_id": "user_01…"}}
//	├── ProviderIdentity{Provider: "emailpass", EntityID: "ada@example.com"}
//	└── MFAFactor{Provider: "totp", Status: "enabled"}
//
// Secrets are hashes, or belong to the provider (provider_metadata). Their fields
// are tagged secret, so queries cannot read them.
package auth
