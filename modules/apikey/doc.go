// Package apikey holds the keys by which programs identify themselves.
//
// A publishable key says which storefront is asking. It stands in the code of
// a web page, so it is no secret; which sales channels the storefront sells
// through are links of the key:
//
//	APIKey{Type: Publishable, Token: "pk_0123…", Redacted: "pk_012***cde"}
//
// A secret key stands for an administrator. It is shown once, when it is made;
// what is kept is a hash of it, and its redacted form to tell it by:
//
//	APIKey{Type: Secret, Token: "9f86d0…", Redacted: "sk_012***cde"}
//
// Making tokens and checking them is a matter for package auth. A key that is
// no longer wanted is revoked, now or at a time to come (Service.Revoke), and
// only a revoked key can be deleted (Service.Delete): nobody deletes by mistake
// what a storefront lives on.
package apikey
