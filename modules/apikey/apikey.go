package apikey

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// Type says what a key is for.
type Type string

// The types of keys.
const (
	Publishable Type = "publishable" // of a storefront
	Secret      Type = "secret"      // of an administrator's program
)

// APIKey is a key of a program. Token is the key itself when it is publishable
// and a hash of it when it is secret; Salt belongs to hashes that Medusa made,
// and is empty for ours.
type APIKey struct {
	model.Record
	Token      string     `json:"token"`
	Salt       string     `json:"salt" model:"secret"`
	Redacted   string     `json:"redacted" model:"searchable,index"` // such as sk_012***cde
	Title      string     `json:"title" model:"searchable"`
	Type       Type       `json:"type" model:"enum=publishable|secret"`
	LastUsedAt *time.Time `json:"last_used_at"`
	CreatedBy  string     `json:"created_by"` // the user's id; "" for one the system made
	RevokedBy  *string    `json:"revoked_by"`
	RevokedAt  *time.Time `json:"revoked_at"` // may lie ahead: until then the key is good
}

// APIKeys is the model of APIKey: entity api_key, ids apk_….
var APIKeys = model.Define[APIKey]("api_key").WithPrefix("apk").Unique("token")

// Active reports whether the key is good at an instant: neither deleted nor,
// by then, revoked.
func (k *APIKey) Active(at time.Time) bool {
	return k.DeletedAt == nil && !k.revoked(at)
}

func (k *APIKey) revoked(at time.Time) bool { return k.RevokedAt != nil && !k.RevokedAt.After(at) }
