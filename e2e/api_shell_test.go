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
	contains(t, "another actor", s.want(t, 400, "nobody", "GET /auth/robot/providers", ""), `{"type": "invalid_data"}`)
}
