package auth

import (
	"context"
	"crypto/subtle"
	"encoding/hex"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
)

// prefixes are the prefixes of the tokens of keys.
var prefixes = map[apikey.Type]string{apikey.Publishable: "pk_", apikey.Secret: "sk_"}

// The minimum and maximum length of the token of a key.
const minKey, maxKey = 12, 256

// CreateKey creates an API key. The Token of the returned key is the key itself.
// A secret key is not shown again, since only its hash is stored. createdBy is
// the id of a user, or "".
func (s *Service) CreateKey(ctx context.Context, title string, t apikey.Type, createdBy string) (*apikey.APIKey, error) {
	prefix, ok := prefixes[t]
	if !ok {
		return nil, fault.New(fault.InvalidData, "api_key.type cannot be %q; it must be one of publishable, secret", strings.ToValidUTF8(string(t), "\uFFFD"))
	}
	token := prefix + hex.EncodeToString(random())
	k := &apikey.APIKey{Title: title, Type: t, Token: token, Redacted: redact(token), CreatedBy: createdBy}
	if t == apikey.Secret {
		k.Token = digest(token)
	}
	if err := s.keys.APIKeys.Create(ctx, k); err != nil {
		return nil, err
	}
	shown := *k
	shown.Token = token
	return &shown, nil
}

// redact returns the part of a token that may be shown, enough to recognize it.
func redact(token string) string { return token[:6] + "***" + token[len(token)-3:] }

// RevokeKey revokes a key after the given time, or immediately if it is 0. If
// there is no such key, the error is not_found; if it is already revoked, it is
// not_allowed.
func (s *Service) RevokeKey(ctx context.Context, id, revokedBy string, in time.Duration) error {
	if in < 0 {
		return fault.New(fault.InvalidData, "a key cannot be revoked in the past: %s", in)
	}
	return s.keys.Revoke(ctx, id, revokedBy, s.now().Add(in))
}

// SecretKey returns the secret key with the token. If there is none, or it is
// revoked or deleted, the error is unauthorized.
func (s *Service) SecretKey(ctx context.Context, token string) (*apikey.APIKey, error) {
	if !isKey(token, apikey.Secret) {
		return nil, badKey()
	}
	hash := digest(token)
	found, err := s.keys.APIKeys.List(ctx, module.Where{"token": hash, "type": string(apikey.Secret), "salt": ""}, module.Page{Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return s.importedKey(ctx, token)
	}
	if k := found[0]; same(k.Token, hash) && k.Active(s.now()) {
		return k, nil
	}
	return nil, badKey()
}

func badKey() error {
	return fault.New(fault.Unauthorized, "the secret API key is not valid, or has been revoked")
}

// isKey reports whether a text has the form of a key. Anything else is rejected
// without a query.
func isKey(token string, t apikey.Type) bool {
	if len(token) < minKey || len(token) > maxKey || !strings.HasPrefix(token, prefixes[t]) {
		return false
	}
	return !strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' })
}

// same compares secrets in constant time.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// PublishableKey is a storefront's key, with the live sales channels that it is
// linked to, ordered by id.
type PublishableKey struct {
	ID              string
	SalesChannelIDs []string
}

const keyChannels = "publishable_api_key_sales_channel"

// channelsSQL returns the statement that finds a live publishable key by its
// token, with its channels: one row per channel, or one with null.
func channelsSQL(s *module.Store) string {
	d := s.DB.Dialect()
	sql := "SELECT k.id, NULL FROM " + d.Quote(apikey.APIKeys.Table) + " k"
	links, channels := s.Graph.Table(keyChannels), s.Graph.Table("sales_channel")
	if links != nil && channels != nil {
		sql = "SELECT k.id, c.id FROM " + d.Quote(apikey.APIKeys.Table) + " k LEFT JOIN (" + d.Quote(links.Table) + " l JOIN " +
			d.Quote(channels.Table) + " c ON c.id = l.sales_channel_id AND c.deleted_at IS NULL) ON l.publishable_key_id = k.id AND l.deleted_at IS NULL"
	}
	return sql + " WHERE k.token = " + d.Placeholder(1) + " AND k.type = 'publishable' AND k.deleted_at IS NULL" +
		" AND (k.revoked_at IS NULL OR k.revoked_at > " + d.Placeholder(2) + ") ORDER BY 2"
}

// PublishableKey returns the publishable key with the token. If the token is
// empty or unknown, or if the key is revoked, deleted or not publishable, the
// error is not_allowed.
func (s *Service) PublishableKey(ctx context.Context, token string) (*PublishableKey, error) {
	if token == "" { // clients compare the message
		return nil, fault.New(fault.NotAllowed, "Publishable API key required in the request header: x-publishable-api-key. You can manage your keys in settings in the dashboard.")
	}
	if !isKey(token, apikey.Publishable) {
		return nil, badPublishable()
	}
	rows, err := db.Use(ctx, s.store.DB).Query(ctx, s.storefront, token, s.now())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var k *PublishableKey
	for rows.Next() {
		var id string
		var channel *string
		if err := rows.Scan(&id, &channel); err != nil {
			return nil, err
		}
		if k == nil {
			k = &PublishableKey{ID: id, SalesChannelIDs: []string{}}
		}
		if channel != nil {
			k.SalesChannelIDs = append(k.SalesChannelIDs, *channel)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if k == nil {
		return nil, badPublishable()
	}
	return k, nil
}

func badPublishable() error {
	return fault.New(fault.NotAllowed, "the publishable API key in the header x-publishable-api-key is not valid, or has been revoked")
}
