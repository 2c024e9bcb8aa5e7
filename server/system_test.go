package server_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/server"
)

func ask(t *testing.T, h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, http.NoBody)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// A server without its tables is alive and not ready; it becomes ready with
// them.
func TestReadyNeedsTables(t *testing.T) {
	t.Parallel()
	app := gorgon.New(gorgon.Config{Database: gorgontest.SQLite(t)})
	if err := app.Connect(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer app.Close() //nolint:errcheck // the test ends
	h := server.New(app.Shop, server.Config{}, nil).Handler()
	if w := ask(t, h, "/ready"); w.Code != http.StatusServiceUnavailable || w.Body.String() != `{"type":"unavailable","message":"the database has not been migrated for this version"}` {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := ask(t, h, "/health"); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if _, err := app.Migrate(t.Context(), schema.Options{}); err != nil {
		t.Fatal(err)
	}
	if w := ask(t, h, "/ready"); w.Code != http.StatusOK || w.Body.String() != "OK" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// The database is needed to be ready, and neither for the health nor for the
// metrics.
func TestHealthWithoutTheDatabase(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, gorgon.New, func(t *testing.T, app *gorgon.App) {
		s := server.New(app.Shop, server.Config{}, nil)
		for _, before := range []bool{true, false} {
			want := map[bool]int{true: http.StatusOK, false: http.StatusServiceUnavailable}[before]
			if w := ask(t, s.Handler(), "/ready"); w.Code != want || !before && !strings.Contains(w.Body.String(), `"the database does not respond"`) {
				t.Errorf("/ready: %d %s", w.Code, w.Body)
			}
			if w := ask(t, s.Handler(), "/health"); w.Code != http.StatusOK {
				t.Errorf("/health: %d %s", w.Code, w.Body)
			}
			if w := ask(t, s.Metrics(), "/metrics"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `route="/health"`) && !before {
				t.Errorf("/metrics: %d %.300s", w.Code, w.Body)
			}
			if err := app.DB().Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A busy shop is alive: every connection that reads is held.
func TestHealthWhileTheDatabaseIsBusy(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, gorgon.New, func(t *testing.T, app *gorgon.App) {
		s := server.New(app.Shop, server.Config{}, nil)
		for range app.DB().Readers() {
			rows, err := app.DB().Query(t.Context(), "SELECT 1")
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		if _, err := app.DB().Query(ctx, "SELECT 1"); err == nil {
			t.Fatal("there is a connection left")
		}
		for path, h := range map[string]http.Handler{"/health": s.Handler(), "/metrics": s.Metrics()} {
			if w := ask(t, h, path); w.Code != http.StatusOK {
				t.Errorf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	})
}

func TestMetricsServeNothingElse(t *testing.T) {
	t.Parallel()
	app := gorgontest.Open(t, gorgon.New, gorgontest.SQLite(t))
	s := server.New(app.Shop, server.Config{}, nil)
	if w := ask(t, s.Metrics(), "/admin/orders"); w.Code != http.StatusNotFound || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := ask(t, s.Handler(), "/metrics"); w.Code != http.StatusNotFound {
		t.Errorf("the API serves metrics: %d", w.Code)
	}
	if none := server.New(app.Shop, server.Config{NoMetrics: true}, nil).Metrics(); none != nil {
		t.Error("there are metrics, which are off")
	}
}

// The root tells people and programs where to go, and what it names is there.
func TestIndex(t *testing.T) {
	t.Parallel()
	app := gorgontest.Open(t, gorgon.New, gorgontest.SQLite(t))
	h := server.New(app.Shop, server.Config{}, nil).Handler()
	for _, accept := range []string{"", "*/*", "application/json"} {
		w := ask(t, h, "/", "Accept", accept)
		var about map[string]string
		if err := json.Unmarshal(w.Body.Bytes(), &about); err != nil || w.Code != http.StatusOK || about["name"] != "Gorgon" {
			t.Fatalf("%q: %d %s", accept, w.Code, w.Body)
		}
		for _, name := range []string{"explorer", "documentation", "openapi", "health", "ready"} {
			if there := ask(t, h, about[name]); there.Code != http.StatusOK {
				t.Errorf("%s is at %q: %d", name, about[name], there.Code)
			}
		}
	}
	page := ask(t, h, "/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	if page.Code != http.StatusSeeOther || page.Header().Get("Location") != "/explore" || page.Header().Get("Vary") == "" {
		t.Errorf("%d %v %s", page.Code, page.Header(), page.Body)
	}
}
