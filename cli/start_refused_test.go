package cli_test

import (
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api/login"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/server"
)

// wrongFlags are values that `start` refuses, given by a flag or its variable.
var wrongFlags = []struct {
	flag, value, says string
	status            int
}{
	{"jwt-secret", "hunter2", "has 7 bytes; it must have at least 32", 1},
	{"jwt-secret", strings.Repeat("x", 31), "has 31 bytes", 1},
	{"token-life", "0", "cannot be 0s; it must be more than 0", 2},
	{"token-life", "-1h", "cannot be -1h0m0s", 2},
	{"timeout", "0s", "cannot be 0s", 2},
	{"timeout", "-30s", "cannot be -30s", 2},
	{"max-body", "0", "cannot be 0", 2},
	{"max-body", "-1", "cannot be -1", 2},
	{"max-upload", "0", "cannot be 0", 2},
	{"max-upload", "-1", "cannot be -1", 2},
	{"files-url", "/static", "want a URL", 1},
	{"smtp-url", "smtp://shop:hunter2@mail.example.com", "--mail-from", 1},
	{"store-url", "shop.example.com", "want a URL", 1},
	{"dashboard", "no-such-folder", "--dashboard is no-such-folder", 1},
}

func TestStartRefusesFlags(t *testing.T) {
	for _, test := range wrongFlags {
		t.Run(test.flag+"="+test.value, func(t *testing.T) {
			variable := "GORGON_" + strings.ToUpper(strings.ReplaceAll(test.flag, "-", "_"))
			check := func(got told) {
				t.Helper()
				if got.status != test.status || !strings.Contains(got.stderr, test.says) || strings.Contains(got.stderr, "hunter2") {
					t.Errorf("%+v; want status %d and %q", got, test.status, test.says)
				}
			}
			check(run(t, gorgon.New(gorgon.Config{Database: file(t)}), "start", "--address", "nowhere:port", "--"+test.flag+"="+test.value))
			t.Setenv(variable, test.value)
			check(run(t, gorgon.New(gorgon.Config{Database: file(t)}), "start", "--address", "nowhere:port"))
		})
	}
}

func TestStartRefusesConfigs(t *testing.T) {
	t.Parallel()
	const wrong = -1 * time.Second
	for name, c := range map[string]gorgon.Config{
		"the secret that signs tokens has 5 bytes":     {Auth: auth.Config{Secret: []byte("short")}},
		"Auth.TokenLife cannot be -1s":                 {Auth: auth.Config{TokenLife: wrong}},
		"Limits.MaxPage cannot be -1":                  {Limits: query.Limits{MaxPage: -1}},
		"Limits.Timeout cannot be -1s":                 {Limits: query.Limits{Timeout: wrong}},
		"Server.MaxBody cannot be -1":                  {Server: server.Config{MaxBody: -1}},
		"Server.Timeout cannot be -1s":                 {Server: server.Config{Timeout: wrong}},
		"Server.Auth.Tries.Burst cannot be -1":         {Server: server.Config{Auth: login.Config{Tries: auth.Limits{Burst: -1}}}},
		"Server.Auth.TriesOfEmail.Burst cannot be -1":  {Server: server.Config{Auth: login.Config{TriesOfEmail: auth.Limits{Burst: -1}}}},
		"Server.Auth.ResetsOfEmail.Burst cannot be -1": {Server: server.Config{Auth: login.Config{ResetsOfEmail: auth.Limits{Burst: -1}}}},
		"Server.Auth.TriesOfAddress.Every cannot be -1s": {Server: server.Config{Auth: login.Config{
			TriesOfAddress: auth.Limits{Every: wrong},
		}}},
	} {
		c.Database = file(t)
		refused(t, gorgon.New(c), []string{"start", "--address", "nowhere:port"}, fault.InvalidData, name)
	}
}
