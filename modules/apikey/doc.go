// Package apikey holds the keys by which programs identify themselves.
//
// A publishable key identifies a storefront. It is part of the code of a web
// page, so it is not secret. The sales channels of the storefront are linked to
// the key:
//
//	APIKey{Type: Publishable, Token: "pk_0123…", Redacted: "pk_012***cde"}
//
// A secret key authenticates an administrator. It is shown once, when it is
// created. Only its hash is stored, and a redacted form to recognize it by:
//
//	APIKey{Type: Secret, Token: "9f86d0…", Redacted: "sk_012***cde"}
//
// Package auth creates and checks the tokens of keys. A key that is no longer
// needed is revoked, now or at a later time (Service.Revoke). Only a revoked key
// can be deleted (Service.Delete), so that a key in use is not deleted by
// mistake.
package apikey
