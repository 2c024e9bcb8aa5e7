package e2e_test

import (
	"fmt"
	"testing"
)

// Images of a product are assigned to its variants, from either side. Nothing of
// another product is, and nothing of a refused request.
func TestAPIVariantImages(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		make := func(title string) (path, variant string, images []any) {
			made := s.want(t, 200, "admin", "POST /admin/products", fmt.Sprintf(`{"title": %q, "options": [{"title": "Size", "values": ["S", "M"]}],
				"images": [{"url": "https://shop.example/1.png"}, {"url": "https://shop.example/2.png"}],
				"variants": [{"title": "S", "options": {"Size": "S"}, "prices": []}, {"title": "M", "options": {"Size": "M"}, "prices": []}]}`, title))["product"]
			return "/admin/products/" + at(made, "id").(string), at(made, "variants", 0, "id").(string), at(made, "images").([]any)
		}
		path, variant, images := make("Plate")
		_, strange, strangers := make("Bowl")
		first, second := at(images[0], "id").(string), at(images[1], "id").(string)
		shown := func(want string) {
			t.Helper()
			has(t, "images", s.want(t, 200, "admin", "GET "+path+"/variants/"+variant+"?fields=images.id", ""), `{"variant": {"images": `+want+`}}`)
		}
		ofVariant, ofImage := "POST "+path+"/variants/"+variant+"/images/batch", "POST "+path+"/images/"+first+"/variants/batch"
		has(t, "added", s.want(t, 200, "admin", ofVariant, fmt.Sprintf(`{"add": [%q, %q, %[1]q]}`, first, second)), fmt.Sprintf(`{"added": [%q, %q, %[1]q], "removed": []}`, first, second))
		s.want(t, 200, "admin", ofVariant, fmt.Sprintf(`{"add": [%q]}`, second))
		s.want(t, 200, "admin", ofImage, fmt.Sprintf(`{"remove": [%q]}`, variant))
		shown(fmt.Sprintf(`[{"id": %q}]`, second))
		for _, wrong := range []string{
			fmt.Sprintf(`{"add": [%q, "none"]}`, first), fmt.Sprintf(`{"remove": [%q], "add": [%q]}`, second, at(strangers[0], "id")),
		} {
			s.want(t, 404, "admin", ofVariant, wrong)
		}
		s.want(t, 404, "admin", ofImage, fmt.Sprintf(`{"add": [%q]}`, strange))
		s.want(t, 404, "admin", "POST "+path+"/variants/"+strange+"/images/batch", `{}`)
		s.want(t, 404, "admin", "POST "+path+"/images/none/variants/batch", `{}`)
		s.want(t, 400, "admin", ofVariant, `{"add": "all"}`)
		s.want(t, 400, "admin", ofVariant, `{"images": []}`)
		shown(fmt.Sprintf(`[{"id": %q}]`, second))
		s.want(t, 200, "admin", ofImage, fmt.Sprintf(`{"add": [%q]}`, variant))
		s.want(t, 200, "admin", ofVariant, fmt.Sprintf(`{"remove": [%q]}`, second))
		shown(fmt.Sprintf(`[{"id": %q}]`, first))
	})
}
