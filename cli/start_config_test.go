package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/login"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// journal is a log that is read while it is written.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// configured is an App whose Config differs from every default that a client
// can observe.
func configured(database string, log *journal) *gorgon.App {
	app := gorgon.New(gorgon.Config{
		Database: database,
		Limits:   query.Limits{MaxPage: 2},
		Auth:     auth.Config{Secret: []byte("a secret of thirty-two bytes ..."), TokenLife: 90 * time.Minute},
		Server: server.Config{
			Address: "127.0.0.1:0", MaxBody: 200, Timeout: 20 * time.Second, NoMetrics: true,
			Origins:        api.Origins{Admin: []string{"https://admin.example.com"}, Store: []string{"https://shop.example.com"}, Auth: []string{}},
			Auth:           login.Config{SecureCookie: true, TriesOfAddress: auth.Limits{Burst: 3, Every: time.Hour}},
			TrustedProxies: 1,
			Log:            slog.New(slog.NewTextHandler(log, nil)),
		},
	})
	app.Routes(func(*shop.Shop) []api.Route {
		return []api.Route{{Method: http.MethodGet, Path: "/left", Summary: "The time that is left for the request", Do: func(c *api.Call) error {
			deadline, _ := c.Context().Deadline()
			return c.Data("text/plain", []byte(time.Until(deadline).String()))
		}}}
	})
	return app
}

func TestStartHonorsTheConfig(t *testing.T) {
	t.Parallel()
	var log journal
	app := configured(file(t), &log)
	ok(t, app, "migrate")
	ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "correct horse")
	out, base := startedApp(t, app)
	if base == "http://127.0.0.1:9000" || !strings.HasPrefix(base, "http://127.0.0.1:") {
		t.Errorf("Address: %s", base)
	}
	if strings.Contains(out.String(), "Metrics at") {
		t.Errorf("NoMetrics: %s", out)
	}
	credentials := `{"email": "ada@example.com", "password": "correct horse"}`
	if res := send(t, http.MethodPost, base+"/auth/user/emailpass", credentials+strings.Repeat(" ", 200)); res.status != http.StatusRequestEntityTooLarge {
		t.Errorf("MaxBody: %d", res.status)
	}
	_, body := fetch(t, base+"/left")
	if left, err := time.ParseDuration(body); err != nil || left <= 0 || left > 20*time.Second {
		t.Errorf("Timeout: %s", body)
	}
	for path, want := range map[string]string{"/admin/orders": "https://admin.example.com", "/store/products": "https://shop.example.com", "/auth/session": ""} {
		for _, origin := range []string{"https://admin.example.com", "https://shop.example.com", "http://localhost:5173"} {
			header := send(t, http.MethodGet, base+path, "", "Origin", origin).header
			if allowed := header.Get("Access-Control-Allow-Origin"); (allowed == origin) != (want == origin) {
				t.Errorf("Origins: %s may call %s: %q", origin, path, allowed)
			}
			if exposed := header.Get("Access-Control-Expose-Headers"); want == origin && !strings.Contains(exposed, api.IgnoredHeader) {
				t.Errorf("a page of %s cannot read what %s ignored: %q", origin, path, exposed)
			}
		}
	}
	token := logIn(t, base, credentials)
	var claims jwt.RegisteredClaims
	if _, err := jwt.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return []byte("a secret of thirty-two bytes ..."), nil }); err != nil {
		t.Errorf("Auth.Secret: %v", err)
	} else if life := claims.ExpiresAt.Sub(claims.IssuedAt.Time); life != 90*time.Minute {
		t.Errorf("Auth.TokenLife: %s", life)
	}
	session := send(t, http.MethodPost, base+"/auth/session", "{}", "Authorization", "Bearer "+token)
	if cookies := session.cookies; len(cookies) != 1 || !cookies[0].Secure {
		t.Errorf("SecureCookie: %v", cookies)
	}
	if status, body := fetch(t, base+"/admin/orders?limit=3", "Authorization", "Bearer "+token); status != http.StatusBadRequest {
		t.Errorf("Limits: %d %s", status, body)
	}
	if text := log.String(); !strings.Contains(text, "/admin/orders") || strings.Contains(out.String(), "/admin/orders") {
		t.Errorf("Log: %s\nstderr: %s", text, out)
	}
}

func logIn(t *testing.T, base, credentials string, headers ...string) string {
	t.Helper()
	res := send(t, http.MethodPost, base+"/auth/user/emailpass", credentials, headers...)
	var body struct{ Token string }
	if err := json.Unmarshal([]byte(res.body), &body); err != nil || body.Token == "" {
		t.Fatalf("logging in: %d, %v", res.status, err)
	}
	return body.Token
}

// Behind a trusted proxy, attempts are counted for the address that it names.
func TestStartTrustsTheProxyOfTheConfig(t *testing.T) {
	t.Parallel()
	var log journal
	app := configured(file(t), &log)
	ok(t, app, "migrate")
	_, base := startedApp(t, app)
	try := func(client string, n int) int {
		return send(t, http.MethodPost, base+"/auth/user/emailpass", fmt.Sprintf(`{"email": "%d@example.com", "password": "x"}`, n),
			"X-Forwarded-For", client).status
	}
	for n := range 3 {
		if status := try("203.0.113.1", n); status != http.StatusUnauthorized {
			t.Errorf("attempt %d: %d", n, status)
		}
	}
	if status := try("203.0.113.1", 4); status != http.StatusTooManyRequests {
		t.Errorf("a fourth attempt: %d", status)
	}
	if status := try("203.0.113.2", 5); status != http.StatusUnauthorized {
		t.Errorf("another client: %d", status)
	}
}

// A flag comes before the Config, on the whole way.
func TestFlagsOfStartBeforeTheConfig(t *testing.T) {
	t.Parallel()
	var log journal
	app := configured(file(t), &log)
	out, base := startedApp(t, app, "--metrics", "--max-body", "1000", "--log", "info", "--store-cors", "https://flag.example.com")
	if status, _ := fetch(t, metricsURL(t, out)); status != http.StatusOK {
		t.Errorf("--metrics: %d", status)
	}
	res := send(t, http.MethodPost, base+"/auth/user/emailpass", `{"email": "a@example.com", "password": "x"}`+strings.Repeat(" ", 500))
	if res.status != http.StatusUnauthorized {
		t.Errorf("--max-body: %d", res.status)
	}
	const origin = "https://flag.example.com"
	if got := send(t, http.MethodGet, base+"/store/products", "", "Origin", origin).header.Get("Access-Control-Allow-Origin"); got != origin {
		t.Errorf("--store-cors: %q", got)
	}
	if log.String() != "" || !strings.Contains(out.String(), `"/auth/user/emailpass"`) {
		t.Errorf("--log: the Config's logger has %q; stderr has %s", log.String(), out)
	}
}
