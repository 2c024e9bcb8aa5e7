package e2e_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/module"
)

// grow creates root > parent > child > leaf, and returns their ids by name.
func (s *served) grow(t *testing.T) map[string]string {
	t.Helper()
	ids, above := map[string]string{}, "null"
	for _, name := range []string{"root", "parent", "child", "leaf"} {
		made := s.want(t, 200, "admin", "POST /admin/product-categories", fmt.Sprintf(`{"name": %q, "is_active": true, "parent_category_id": %s}`, name, above))
		ids[name] = at(made, "product_category", "id").(string)
		above = `"` + ids[name] + `"`
	}
	return ids
}

// shape returns the names of a tree: root(parent(child(leaf()))).
func shape(v any, relation string) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case []any:
		var out []string
		for _, each := range v {
			out = append(out, shape(each, relation))
		}
		return strings.Join(out, " ")
	case map[string]any:
		below, ok := v[relation]
		if !ok {
			return fmt.Sprint(v["name"])
		}
		return fmt.Sprintf("%v(%s)", v["name"], shape(below, relation))
	}
	return "?"
}

func TestAPICategoryTrees(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		ids := s.grow(t)
		whole, names := "root(parent(child(leaf())))", "fields=id,name,category_children.name"
		for _, area := range []string{"admin", "store"} {
			list := s.want(t, 200, area, "GET /"+area+"/product-categories?q=root&include_descendants_tree=true&"+names, "")
			if got := shape(list["product_categories"], "category_children"); got != whole {
				t.Errorf("%s: %s", area, got)
			}
			one := s.want(t, 200, area, "GET /"+area+"/product-categories/"+ids["parent"]+"?include_descendants_tree=true&"+names, "")
			if got := shape(one["product_category"], "category_children"); got != "parent(child(leaf()))" {
				t.Errorf("%s, one: %s", area, got)
			}
			up := s.want(t, 200, area, "GET /"+area+"/product-categories/"+ids["leaf"]+"?include_ancestors_tree=true&fields=id,name,parent_category.name", "")
			if got := shape(up["product_category"], "parent_category"); got != "leaf(child(parent(root(null))))" {
				t.Errorf("%s, upwards: %s", area, got)
			}
			both := s.want(t, 200, area, "GET /"+area+"/product-categories/"+ids["child"]+"?include_ancestors_tree=true&include_descendants_tree=true", "")["product_category"]
			if down, up := shape(both, "category_children"), shape(both, "parent_category"); down != "child(leaf())" || up != "child(parent(root(null)))" {
				t.Errorf("%s, both, default fields: %s, %s", area, down, up)
			}
			if at(both, "category_children", 0, "handle") != "leaf" || at(both, "parent_category", "parent_category", "handle") != "root" {
				t.Errorf("%s: the levels have not the default fields: %v", area, both)
			}
			plain := s.want(t, 200, area, "GET /"+area+"/product-categories/"+ids["root"]+"?include_descendants_tree=false&"+names, "")
			if got := shape(plain["product_category"], "category_children"); got != "root(parent)" {
				t.Errorf("%s, not asked: %s", area, got)
			}
		}
		s.want(t, 400, "admin", "GET /admin/product-categories?include_descendants_tree=maybe", "")
		if _, err := s.app.Product.Categories.Update(t.Context(), []string{ids["child"]}, module.Patch{"is_internal": true}); err != nil {
			t.Fatal(err)
		}
		list := s.want(t, 200, "store", "GET /store/product-categories?q=root&include_descendants_tree=true&"+names, "")
		if got := shape(list["product_categories"], "category_children"); got != "root(parent())" {
			t.Errorf("with an internal one inside: %s", got)
		}
		made := s.want(t, 200, "admin", "POST /admin/product-categories/"+ids["root"]+"?include_descendants_tree=true&"+names, `{"metadata": {"a": 1}}`)
		if got := shape(made["product_category"], "category_children"); got != whole {
			t.Errorf("after a change: %s", got)
		}
	})
}

// A tree is bounded, however deep it is.
func TestAPICategoryTreesAreBounded(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		above := "null"
		for i := range 105 {
			made := s.want(t, 200, "admin", "POST /admin/product-categories", fmt.Sprintf(`{"name": "deep %d", "is_active": true, "parent_category_id": %s}`, i, above))
			b, _ := json.Marshal(at(made, "product_category", "id"))
			above = string(b)
		}
		got := s.want(t, 400, "store", "GET /store/product-categories?handle=deep-0&include_descendants_tree=true", "")
		if message, _ := got["message"].(string); !strings.Contains(message, "levels") {
			t.Errorf("%v", got)
		}
	})
}

func TestAPICategoryRanks(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		root := at(s.want(t, 200, "admin", "POST /admin/product-categories", `{"name": "P"}`), "product_category", "id").(string)
		ids := map[string]string{}
		for _, name := range []string{"A", "B", "C", "D", "E"} {
			made := s.want(t, 200, "admin", "POST /admin/product-categories", fmt.Sprintf(`{"name": %q, "parent_category_id": %q}`, name, root))
			ids[name] = at(made, "product_category", "id").(string)
		}
		ranks := func() string {
			list := s.want(t, 200, "admin", "GET /admin/product-categories?parent_category_id="+root+"&order=rank&fields=name,rank", "")
			var out []string
			for _, c := range list["product_categories"].([]any) {
				out = append(out, fmt.Sprintf("%v%v", at(c, "name"), at(c, "rank")))
			}
			return strings.Join(out, " ")
		}
		for _, step := range []struct{ line, body, want string }{
			{"GET /admin/product-categories", "", "A0 B1 C2 D3 E4"},
			{"POST /admin/product-categories/" + ids["E"], `{"rank": 1}`, "A0 E1 B2 C3 D4"},
			{"POST /admin/product-categories/" + ids["A"], `{"rank": 3}`, "E0 B1 C2 A3 D4"},
			{"POST /admin/product-categories/" + ids["B"], `{"rank": 99}`, "E0 C1 A2 D3 B4"},
			{"POST /admin/product-categories/" + ids["D"], fmt.Sprintf(`{"parent_category_id": %q, "rank": 0}`, root), "D0 E1 C2 A3 B4"},
			{"POST /admin/product-categories", fmt.Sprintf(`{"name": "F", "parent_category_id": %q, "rank": 0}`, root), "F0 D1 E2 C3 A4 B5"},
			{"POST /admin/product-categories/" + ids["C"], `{"parent_category_id": null}`, "F0 D1 E2 A3 B4"},
			{"POST /admin/product-categories/" + ids["C"], fmt.Sprintf(`{"parent_category_id": %q, "rank": 3}`, root), "F0 D1 E2 C3 A4 B5"},
			{"DELETE /admin/product-categories/" + ids["D"], "", "F0 E1 C2 A3 B4"},
		} {
			s.want(t, 200, "admin", step.line, step.body)
			if got := ranks(); got != step.want {
				t.Errorf("%s %s: %s, want %s", step.line, step.body, got, step.want)
			}
		}
		one := s.want(t, 200, "admin", "GET /admin/product-categories/"+root+"?fields=name,category_children.name", "")
		if got := shape(one["product_category"], "category_children"); got != "P(F E C A B)" {
			t.Errorf("the children are not in order: %s", got)
		}
		s.want(t, 400, "admin", "POST /admin/product-categories/"+ids["A"], `{"rank": -1}`)
	})
}

func TestAPICategoriesAreNotDeletedWithChildren(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		ids := s.grow(t)
		contains(t, "with children", s.want(t, 400, "admin", "DELETE /admin/product-categories/"+ids["root"], ""), `{"type": "not_allowed"}`)
		contains(t, "unknown", s.want(t, 404, "admin", "DELETE /admin/product-categories/pcat_none", ""), `{"type": "not_found"}`)
		s.want(t, 200, "admin", "GET /admin/product-categories/"+ids["leaf"], "")
		s.want(t, 200, "admin", "DELETE /admin/product-categories/"+ids["leaf"], "")
		s.want(t, 404, "admin", "GET /admin/product-categories/"+ids["leaf"], "")
		s.want(t, 404, "admin", "DELETE /admin/product-categories/"+ids["leaf"], "")
	})
}
