package api_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/shop"
)

// A field of a resource that does not exist ends the program, and is named.
func TestFieldsOfAResourceExist(t *testing.T) {
	t.Parallel()
	said := func(resource api.Resource) (said string) {
		withShop(func(_ context.Context, s *shop.Shop) error {
			defer func() {
				if r := recover(); r != nil {
					said = fmt.Sprint(r)
				}
			}()
			resource.Routes(s)
			return nil
		})
		return said
	}
	of := func(fields string, listed []string) api.Resource {
		return api.Resource{One: "tag", Many: "tags", Path: "/tags", Entity: "product_tag", Fields: api.Fields(fields), Listing: api.Listing{Fields: listed}}
	}
	if said := said(of("value, products.title", nil)); said != "" {
		t.Errorf("fields that exist: %s", said)
	}
	for name, resource := range map[string]api.Resource{
		`"hue"`:          of("value, hue", nil),
		`"products.hue"`: of("value, products.hue", nil),
		`"shade"`:        of("value", api.Fields("value, shade")),
	} {
		if got := said(resource); !strings.Contains(got, `"product_tag"`) || !strings.Contains(got, name) {
			t.Errorf("%s: it says %q", name, got)
		}
	}
}
