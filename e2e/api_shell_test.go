package e2e_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/server"
)

// What the dashboard asks before anyone has logged in.
func TestAPIBeforeLogin(t *testing.T) {
	t.Parallel()
	s := serve(t, open(t, file(t)), server.Config{})
	if flags, ok := s.want(t, 200, "nobody", "GET /admin/feature-flags", "")["feature_flags"].(map[string]any); !ok || len(flags) != 0 {
		t.Errorf("feature flags: %v", flags)
	}
	for _, actor := range []string{"user", "customer"} {
		list := s.want(t, 200, "nobody", "GET /auth/"+actor+"/providers", "")
		contains(t, actor, at(list, "providers", 0), `{"id": "emailpass", "identifier": "emailpass"}`)
	}
	if got := s.want(t, 200, "nobody", "GET /cloud/auth", ""); got["enabled"] != false {
		t.Errorf("the vendor's login: %v", got)
	}
	contains(t, "another actor", s.want(t, 400, "nobody", "GET /auth/robot/providers", ""), `{"type": "invalid_data"}`)
}

// What the dashboard asks around its pages. There is none of it, and only users hear so.
func TestAPIShell(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for path, want := range map[string]string{
			"/admin/layouts/order.list/configuration":         `{"personal_configuration": null, "default_configuration": null, "active_scope": "personal"}`,
			"/admin/layouts/configurations?limit=1&fields=id": `{"layout_configurations": [], "count": 0, "offset": 0, "limit": 1}`,
			"/admin/views/entities":                           `{"entities": []}`,
			"/admin/views/orders/columns":                     `{"columns": []}`,
			"/admin/views/orders/configurations":              `{"view_configurations": [], "count": 0}`,
			"/admin/views/orders/configurations/active":       `{"view_configuration": null, "is_default_active": true}`,
			"/admin/translations?offset=3":                    `{"translations": [], "count": 0, "offset": 3, "limit": 20}`,
			"/admin/workflows-executions":                     `{"workflow_executions": [], "count": 0}`,
			"/admin/plugins":                                  `{"plugins": []}`,
			"/admin/search-indexes":                           `{"search_indexes": [], "enabled": false}`,
			"/admin/property-labels":                          `{"property_labels": [], "count": 0}`,
			"/admin/translations":                             `{"translations": [], "count": 0}`,
			"/admin/translations/settings":                    `{"translation_settings": {}}`,
			"/admin/translations/statistics":                  `{"statistics": {}}`,
			"/auth/mfa/factors":                               `{"mfa_factors": [], "count": 0}`,
		} {
			has(t, path, s.want(t, 200, "admin", "GET "+path, ""), want)
			s.want(t, 401, "nobody", "GET "+path, "")
		}
		s.want(t, 400, "admin", "GET /admin/translations?limit=-1", "")
		me := at(s.want(t, 200, "admin", "GET /admin/users/me", ""), "user", "id").(string)
		has(t, "ways to log in", s.want(t, 200, "admin", "GET /admin/users/"+me+"/auth-providers", ""), `{"providers": ["emailpass"]}`)
		s.want(t, 404, "admin", "GET /admin/users/user_none/auth-providers", "")
	})
}
