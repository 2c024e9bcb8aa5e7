package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
)

func (r *routes) apiKeys() []api.Route {
	keys := api.Resource{
		One: "api_key", Many: "api_keys", Path: "/admin/api-keys", Entity: "api_key", Access: api.Admin, Limit: 20,
		Fields: api.Fields(`id, title, token, redacted, type, last_used_at, updated_at, created_at, created_by, revoked_at, revoked_by,
			sales_channels{id, name}`),
		Update: &api.Write{Body: api.Body{api.Must("title", api.Text)}, Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("id"), api.Update(ctx, r.APIKeys.APIKeys, c.Param("id"), v.Patch("title"))
		}},
		Delete: r.APIKeys.Delete,
	}
	revoke := keys.Action(r.Shop, "/revoke", "Revoke an API key", api.Body{api.May("revoke_in", api.Number.OrMore(0))},
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("id"), r.Auth.RevokeKey(ctx, c.Param("id"), c.Caller.ID, revokeIn(v))
		})
	channels := keys.Action(r.Shop, "/sales-channels", "Change the sales channels of a publishable API key", addRemove(),
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			id := c.Param("id")
			key, err := r.APIKeys.APIKeys.Retrieve(ctx, id)
			if err != nil {
				return "", err
			}
			if key.Type != apikey.Publishable {
				return "", fault.New(fault.InvalidData, "the API key %q is secret; only a publishable one has sales channels", key.Title)
			}
			return id, r.relink(ctx, apikey.APIKeys, id, saleschannel.SalesChannels, v)
		})
	return append(keys.Routes(r.Shop), r.createKey(), revoke, channels)
}

// revokeIn is in how many seconds a key ends.
func revokeIn(v api.Values) time.Duration {
	n, _ := v["revoke_in"].(json.Number)
	seconds, _ := n.Float64()
	return time.Duration(seconds * float64(time.Second))
}

// createKey answers the token, which nobody is told again.
func (r *routes) createKey() api.Route {
	return api.Route{
		Method: http.MethodPost, Path: "/admin/api-keys", Access: api.Admin, Summary: "Create an API key; its token is shown this once",
		Body:   api.Body{api.Must("title", api.Text), api.Must("type", api.OneOf("publishable", "secret"))},
		Answer: api.Answer{Entity: "api_key", Key: "api_key"},
		Do: func(c *api.Call) error {
			v, err := c.Body()
			if err != nil {
				return err
			}
			var key *apikey.APIKey
			err = db.Do(c.Context(), r.Store.DB, func(ctx context.Context) error {
				key, err = r.Auth.CreateKey(ctx, v.Text("title"), apikey.Type(v.Text("type")), c.Caller.ID)
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
