package server

import (
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/file"
)

// filePolicy lets a file load and run nothing, also when it is opened as a page.
const filePolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"

// fileRoute returns the files that were uploaded, for anyone who has the name. What
// a name stands for never changes.
func fileRoute(files file.Provider) api.Route {
	return api.Route{
		Method: http.MethodGet, Path: file.LocalPath + "/{name}", Access: api.Public,
		Summary: "A file that was uploaded", Answer: api.Answer{Media: "application/octet-stream"},
		Do: func(c *api.Call) error {
			content, err := files.Open(c.Context(), c.Param("name"))
			if err != nil {
				return err
			}
			defer content.Close() //nolint:errcheck // it was only read
			c.SetHeader("Content-Type", content.Type.Media)
			c.SetHeader("Content-Security-Policy", filePolicy)
			c.SetHeader("Cache-Control", caching(content.Type))
			c.SetHeader("Etag", `"`+c.Param("name")+`"`)
			if !content.Type.Shown {
				c.SetHeader("Content-Disposition", "attachment")
			}
			return c.Content(content.ReadCloser, content.Size, content.Modified)
		},
	}
}

// caching returns how caches treat a file. They keep what pages show, and nothing
// else: a table may be of orders, as exports are, and a document of one customer.
func caching(t file.Type) string {
	if t.Shown || t == file.SVG {
		return "public, max-age=31536000, immutable"
	}
	return "private, no-store"
}
