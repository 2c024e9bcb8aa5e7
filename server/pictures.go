package server

import (
	"net/http"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/web"
)

// pictureRoute returns the pictures of the demo shop's products, which are drawn
// from their names.
func pictureRoute() api.Route {
	return api.Route{
		Method: http.MethodGet, Path: "/static/demo/{name}", Access: api.Public,
		Summary: "A picture of a product of the demo shop", Answer: api.Answer{Media: "image/svg+xml"},
		Do: func(c *api.Call) error {
			name, drawn := strings.CutSuffix(c.Param("name"), ".svg")
			svg, ok := web.Picture(name)
			if !ok || !drawn {
				return fault.New(fault.NotFound, "there is no picture %s; want NAME.svg, with a name of at most 80 of a-z, 0-9 and -", fault.Clip(c.Param("name")))
			}
			return web.SendPicture(c.Writer(), svg)
		},
	}
}
