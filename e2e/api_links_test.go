package e2e_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// linkForms are the ways to name the link of o2 and promo1 in a body.
var linkForms = []string{
	`{"order": "o2", "promotion": "promo1"}`,
	`[{"order": "o2", "promotion": "promo1"}]`,
	`{"links": [{"promotion": "promo1", "order": "o2"}]}`,
	`{"link": "order_promotion", "order": "o2", "promotion": "promo1"}`,
	`{"link": "order_promotion", "links": [{"order": "o2", "promotion": "promo1"}]}`,
	`{"order": {"order_id": "o2"}, "promotion": {"promotion_id": "promo1"}}`,
	`{"sales": {"order_id": "o2"}, "promotion": "promo1"}`,
}

// ends returns the pairs of a response to a request about links of orders and
// promotions, sorted: "o1-promo1 o1-promo2".
func ends(t *testing.T, got map[string]any) string {
	t.Helper()
	links, _ := got["links"].([]any)
	if got["count"] != float64(len(links)) {
		t.Errorf("the count is %v of %v", got["count"], links)
	}
	var out []string
	for _, l := range links {
		if at(l, "link") != "order_promotion" {
			t.Errorf("the link is %v", l)
		}
		out = append(out, fmt.Sprint(at(l, "keys", "order_id"), "-", at(l, "keys", "promotion_id")))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func TestAPILinksInEveryForm(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		promotions := func() string {
			return ids(at(s.want(t, 200, "admin", "GET /admin/orders/o2?fields=promotions.id", ""), "order", "promotions"))
		}
		for _, form := range linkForms {
			for range 2 { // the second call changes nothing
				if got := ends(t, s.want(t, 200, "admin", "POST /admin/links", form)); got != "o2-promo1" {
					t.Errorf("%s links %s", form, got)
				}
			}
			if got := promotions(); got != "[promo1]" {
				t.Errorf("%s: the order has the promotions %s", form, got)
			}
			if got := ends(t, s.want(t, 200, "admin", "POST /admin/links/list", form)); got != "o2-promo1" {
				t.Errorf("%s lists %s", form, got)
			}
			for _, want := range []string{"o2-promo1", ""} {
				if got := ends(t, s.want(t, 200, "admin", "POST /admin/links/dismiss", form)); got != want {
					t.Errorf("%s dismisses %q, want %q", form, got, want)
				}
			}
			if got := promotions(); got != "[]" {
				t.Errorf("%s: the order still has the promotions %s", form, got)
			}
		}
	})
}

func TestAPILinksOfARecord(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for form, want := range map[string]string{
			`{"order": "o1", "promotion": null}`:                                 "o1-promo1 o1-promo2",
			`{"order": "", "promotion": "promo2"}`:                               "o1-promo2",
			`{"order": {"order_id": "o1"}, "promotion": {"promotion_id": null}}`: "o1-promo1 o1-promo2",
			`{"link": "order_promotion", "order": "o1", "promotion": ""}`:        "o1-promo1 o1-promo2",
			`{"order": "o2", "promotion": null}`:                                 "",
		} {
			if got := ends(t, s.want(t, 200, "admin", "POST /admin/links/list", form)); got != want {
				t.Errorf("%s lists %q, want %q", form, got, want)
			}
		}
		both := `[{"order": "o2", "promotion": "promo2"}, {"order": "o2", "promotion": "promo1"}]`
		got := s.want(t, 200, "admin", "POST /admin/links", both)
		if ends(t, got) != "o2-promo1 o2-promo2" || at(got, "links", 0, "keys", "promotion_id") != "promo2" {
			t.Errorf("two links: %v", got)
		}
		for body, words := range map[string]string{
			`{"order": "o2"}`:                                                    "two ends",
			`{"order": "o2", "promotion": null}`:                                 "two ends",
			`{"order": "o2", "order": "o1"}`:                                     "two",
			`{"order": "o2", "promotion": 3}`:                                    "must be the id of a record",
			`{"order": {"order": "o2"}, "promotion": "promo1"}`:                  "must be the id of a record",
			`{"links": [], "order": "o2"}`:                                       "something beside it",
			`{"links": []}`:                                                      "no link",
			`{"link": "order_cart", "order": "o2", "promotion": "promo1"}`:       "order can be linked to cart",
			`{"link": 1, "order": "o2", "promotion": "promo1"}`:                  "name of a link's table",
			`{"order": "o2", "promotion": "promo1", "data": {"position": 1}}`:    "position",
			`{"order": "o2", "promotion": "promo1", "data": 1}`:                  "data must be an object",
			`{"order": "o2", "promotions": {"promotion_id": "promo1"}, "x": ""}`: "x",
		} {
			if got := s.want(t, 400, "admin", "POST /admin/links", body); !strings.Contains(fmt.Sprint(got["message"]), words) {
				t.Errorf("%s: %v", body, got)
			}
		}
		contains(t, "no order", s.want(t, 404, "admin", "POST /admin/links", `{"order": "nothing", "promotion": "promo1"}`), `{"type": "not_found"}`)
	})
}

// Claims and exchanges go by the names of their fields, too.
func TestAPINamesOfClaimsAndExchanges(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, names := range [][2]string{{"claim", "order_claim"}, {"claims", "order_claims"}, {"exchange", "order_exchange"}, {"exchanges", "order_exchange"}} {
			const body = `{"entity": %q, "fields": ["id", "order.id", "payment_collections.id"]}`
			got := s.call("admin", "POST /admin/query", fmt.Sprintf(body, names[0])).body
			if want := s.call("admin", "POST /admin/query", fmt.Sprintf(body, names[1])).body; got != want || !strings.Contains(got, `"order":{"id"`) {
				t.Errorf("%s: %s, want %s", names[0], got, want)
			}
		}
		listed := s.want(t, 200, "admin", "POST /admin/links/list", `{"claim": "claim1", "payment_collection": ""}`)
		if want := s.want(t, 200, "admin", "POST /admin/links/list", `{"order_claim": "claim1", "payment_collection": ""}`); !reflect.DeepEqual(listed, want) || listed["count"].(float64) < 1 {
			t.Errorf("links of a claim: %v, want %v", listed, want)
		}
	})
}
