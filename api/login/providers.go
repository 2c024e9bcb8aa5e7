package login

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
)

// provider is a way to log in, as Medusa's dashboard asks for it.
type provider struct {
	ID          string `json:"id"`
	Identifier  string `json:"identifier"`
	DisplayName string `json:"display_name"`
	Flow        string `json:"flow"`
}

// vendorLogin says that users cannot log in with an account of the dashboard's vendor,
// which the dashboard asks before a login.
func vendorLogin() api.Route {
	return api.Route{
		Method: http.MethodGet, Path: "/cloud/auth", Summary: "Whether users log in with an account of the dashboard's vendor: they do not", Access: api.Public,
		Answer: api.Answer{Body: body.Object{body.Required("enabled", body.Flag)}},
		Do: func(c *api.Call) error {
			return c.JSON(struct {
				Enabled bool `json:"enabled"`
			}{})
		},
	}
}

// providers lists the ways in which actors of a type log in.
func providers() api.Route {
	text := []string{"id", "identifier", "display_name", "flow"}
	var shape body.Object
	for _, name := range text {
		shape = append(shape, body.Required(name, body.Text))
	}
	return api.Route{
		Method: http.MethodGet, Path: "/auth/{actor_type}/providers", Summary: "The ways to log in", Access: api.Public,
		Answer: api.Answer{Body: body.Object{body.Required("providers", body.List(body.Nested(shape)))}},
		Do: func(c *api.Call) error {
			if actor := c.Param("actor_type"); actor != "user" && actor != "customer" {
				return fault.New(fault.InvalidData, "unknown actor type %q: want user or customer", fault.Clip(actor))
			}
			return c.JSON(struct {
				Providers []provider `json:"providers"`
			}{[]provider{{auth.EmailPass, auth.EmailPass, "Email and password", "credentials"}}})
		},
	}
}
