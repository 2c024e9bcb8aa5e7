package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/query"
)

func (r *routes) apiKeys() []api.Route {
	keys := api.Resource{
		One: "api_key", Many: "api_keys", Path: "/admin/api-keys", Entity: "api_key", Access: api.Admin, Limit: 20,
		Fields: api.Fields(`id, title, redacted, type, last_used_at, updated_at, created_at, created_by, revoked_at, revoked_by,
			sales_channels{id, name}`),
		Update:   api.Updates(r.APIKey.APIKeys, body.ColumnsOf(apikey.APIKeys, "title")),
		Delete:   r.APIKey.Delete,
		Listing:  api.Listing{Others: []api.Parameter{{Name: "token", Description: "a publishable key, or several", Type: body.List(body.Text)}}},
		Visible:  api.Visibility{Scope: r.withToken},
		Computed: &api.Computed{Paths: []string{"token"}, Needs: []string{"id"}, Add: r.addTokens, Default: body.Object{body.Required("token", body.Text)}},
	}
	revoke := keys.Action(r.Shop, "/revoke", "Revoke an API key", api.Writes(revocations,
		func(ctx context.Context, c *api.Call, in *revocation) (string, error) {
			after := time.Duration(in.RevokeIn * float64(time.Second))
			return c.Param("id"), r.Auth.RevokeKey(ctx, c.Param("id"), c.Caller.ID, after)
		}))
	channels := keys.Action(r.Shop, "/sales-channels", "Change the sales channels of a publishable API key", members(r.setKeyChannels))
	return append(keys.Routes(r.Shop), r.createKey(), revoke, channels)
}

// withToken returns the condition of the parameter token. Queries do not know the
// column, which holds hashes as well: only publishable keys are found by it.
func (r *routes) withToken(c *api.Call) (query.Filters, error) {
	tokens := c.QueryList("token")
	if len(tokens) == 0 {
		return nil, nil
	}
	keys, err := r.APIKey.APIKeys.List(c.Context(), module.Where{"token": tokens, "type": string(apikey.Publishable)}, module.Page{})
	ids := make([]string, len(keys))
	for i, k := range keys {
		ids[i] = k.ID
	}
	return query.Filters{"id": ids}, err
}

// addTokens adds what may be shown of the tokens of keys: publishable ones whole.
func (r *routes) addTokens(ctx context.Context, _ *api.Call, records []byte) ([]byte, error) {
	var shown []map[string]json.RawMessage
	if err := json.Unmarshal(records, &shown); err != nil {
		return nil, err
	}
	ids := make([]string, len(shown))
	for i, k := range shown {
		if err := json.Unmarshal(k["id"], &ids[i]); err != nil {
			return nil, err
		}
	}
	keys, err := r.APIKey.APIKeys.List(ctx, module.Where{"id": ids}, module.Page{})
	if err != nil {
		return nil, err
	}
	tokens := map[string]string{}
	for _, k := range keys {
		tokens[k.ID] = k.Redacted
		if k.Type == apikey.Publishable {
			tokens[k.ID] = k.Token
		}
	}
	for i, k := range shown {
		if token, ok := tokens[ids[i]]; ok { // not deleted in the meantime
			if k["token"], err = json.Marshal(token); err != nil {
				return nil, err
			}
		}
	}
	return json.Marshal(shown)
}

// revocation says in how many seconds a key ends.
type revocation struct {
	RevokeIn float64 `json:"revoke_in" body:"min=0"`
}

// newKey is an API key to be made.
type newKey struct {
	Title string      `json:"title" body:"required"`
	Type  apikey.Type `json:"type" body:"required,enum=publishable|secret"`
}

var (
	revocations = body.For[revocation]()
	newKeys     = body.For[newKey]()
)

func (r *routes) setKeyChannels(ctx context.Context, id string, in *membership) error {
	key, err := r.APIKey.APIKeys.Retrieve(ctx, id)
	if err != nil {
		return err
	}
	if key.Type != apikey.Publishable {
		return fault.New(fault.InvalidData, "the API key %q is secret; only a publishable one has sales channels", key.Title)
	}
	known, err := r.SalesChannel.SalesChannels.List(ctx, module.Where{"id": in.Add}, module.Page{})
	if err != nil {
		return err
	}
	for _, add := range in.Add {
		if !slices.ContainsFunc(known, func(c *saleschannel.SalesChannel) bool { return c.ID == add }) {
			return fault.New(fault.InvalidData, "there is no sales channel with id %q", fault.Clip(add))
		}
	}
	return r.relink(ctx, apikey.APIKeys, id, saleschannel.SalesChannels, in)
}

// createKey responds with the token, which is shown only this once.
func (r *routes) createKey() api.Route {
	return api.Route{
		Method: http.MethodPost, Path: "/admin/api-keys", Access: api.Admin, Summary: "Create an API key; its token is shown this once",
		Body: newKeys.Object(), Answer: api.Answer{Entity: "api_key", Key: "api_key"},
		Do: func(c *api.Call) error {
			in, err := api.Decode(c, newKeys)
			if err != nil {
				return err
			}
			var key *apikey.APIKey
			err = r.Do(c.Context(), func(ctx context.Context) error {
				key, err = r.Auth.CreateKey(ctx, in.Title, in.Type, c.Caller.ID)
				return err
			})
			if err != nil {
				return err
			}
			return c.JSON(map[string]shownKey{"api_key": {key, ""}})
		},
	}
}

// shownKey is a key as it is answered: without its salt.
type shownKey struct {
	*apikey.APIKey
	Salt string `json:"salt,omitempty"`
}
