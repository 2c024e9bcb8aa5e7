package e2e_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/server"
)

// otherwiseTested are the resources whose life is not that of the others, with
// the test that has it.
var otherwiseTested = map[string]string{
	"/admin/api-keys": "TestAPIKeys", "/admin/invites": "TestAPIInvitesBecomeUsers", "/admin/users": "TestAPIInvitesBecomeUsers",
	"/admin/fulfillment-sets/{id}/service-zones": "TestAPIServiceZones", "/admin/shipping-options": "TestAPIShippingOptions",
	"/admin/stores": "TestAPIStores", "/admin/promotions/rule-value-options/{rule_type}": "TestAPIPromotionRuleOptions", "/admin/product-options/{id}/values": "TestAPIOptionValues",
	"/admin/uploads": "TestAPIUploadedPictureOfAProduct", "/admin/notifications": "TestAPIExportOfInventory",
	"/admin/orders": "TestAPIOrderUpdate", "/admin/returns": "TestAPIOrderDrafts", "/admin/claims": "TestAPIOrderDrafts", "/admin/exchanges": "TestAPIOrderDrafts",
}

// lastParameter is the end of the path of one record.
var lastParameter = regexp.MustCompile(`/\{\w*id\}$`)

// everyResource fails the test for each resource that the API serves and no list
// of these tests has, and for each that is written and listed as read only.
func everyResource(t *testing.T, routes []api.Route) {
	t.Helper()
	for path, test := range otherwiseTested {
		if !isTest(t, test) {
			t.Errorf("%s is said to be tested by %s, which does not exist", path, test)
		}
	}
	for _, r := range routes {
		path := lastParameter.ReplaceAllString(r.Path, "")
		if !strings.HasPrefix(path, "/admin/") {
			continue
		}
		if path != r.Path && r.Method == http.MethodGet && !listed(path) {
			t.Errorf("no test writes or reads %s: add it to resources or readOnly", path)
		}
		if _, only := readOnly[path]; only && otherwiseTested[path] == "" && r.Method != http.MethodGet {
			t.Errorf("%s %s writes, and %s is in readOnly: add it to resources", r.Method, r.Path, path)
		}
	}
}

// listed reports whether a list of these tests has the resource at a path. The
// paths of resources have ids where those of routes have parameters.
func listed(path string) bool {
	_, only := readOnly[path]
	_, otherwise := otherwiseTested[path]
	if only || otherwise {
		return true
	}
	like := regexp.MustCompile("^" + pathParameter.ReplaceAllString(path, "[^/]+") + "$")
	for _, r := range resources {
		if like.MatchString(r.path) {
			return true
		}
	}
	return false
}

// isTest reports whether a file of this package has the test.
func isTest(t *testing.T, name string) bool {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(t *testing.T)") {
			return true
		}
	}
	return false
}

func TestAPIEveryResourceHasATest(t *testing.T) {
	t.Parallel()
	everyResource(t, server.AllRoutes(open(t, file(t)).Shop, server.Config{}, nil))
}
