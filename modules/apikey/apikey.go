package apikey

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// Type is what a key is for.
type Type string

// The types of keys.
const (
	Publishable Type = "publishable" // identifies a storefront
	Secret      Type = "secret"      // authenticates an administrator's program
)

// APIKey is the key of a program. Token is the key itself if it is publishable
// and its hash if it is secret. Salt is the salt of a hash made by Medusa, and
// empty for other keys. Both are secret columns, because a hash is one.
type APIKey struct {
	model.Record
	Token      string     `json:"token" model:"secret"`
	Salt       string     `json:"salt" model:"secret"`
	Redacted   string     `json:"redacted" model:"searchable,index"` // such as sk_012***cde
	Title      string     `json:"title" model:"searchable"`
	Type       Type       `json:"type" model:"enum=publishable|secret"`
	LastUsedAt *time.Time `json:"last_used_at"`
	CreatedBy  string     `json:"created_by"` // the id of a user; "" for a key created by the system
	RevokedBy  *string    `json:"revoked_by"`
	RevokedAt  *time.Time `json:"revoked_at"` // may be in the future; the key is active until then
}

// APIKeys is the model of APIKey: entity api_key, ids apk_….
var APIKeys = model.Define[APIKey]("api_key").WithPrefix("apk").Unique("token")

// Active reports whether the key is active at a time: it is not deleted, and has
// not been revoked by then.
func (k *APIKey) Active(at time.Time) bool {
	return k.DeletedAt == nil && !k.revoked(at)
}

func (k *APIKey) revoked(at time.Time) bool { return k.RevokedAt != nil && !k.RevokedAt.After(at) }
