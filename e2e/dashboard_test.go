package e2e_test

import (
	"bytes"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/server"
)

// dashboardSteps is the least number of steps that the script takes, and takes in CI.
const dashboardSteps, dashboardStepsOfCI = 283, 163

// TestDashboard builds the admin dashboard of Medusa from npm, and drives it in Chromium:
// every page is opened, every form that we serve is submitted and read back. No request
// fails, no page and no console has an error. DASHBOARD_SHOTS names a folder for pictures
// of what failed.
func TestDashboard(t *testing.T) {
	t.Parallel()
	notRaced(t)
	chromium := findChromium(t)
	scripts := installed(t, "dashboard")
	build := exec.CommandContext(t.Context(), "node", "build.mjs")
	build.Dir = scripts
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("the dashboard cannot be built: %v\n%s", err, out)
	}
	for name, database := range map[string]func(t *testing.T) string{"sqlite": file, "postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) }} {
		t.Run(name, func(t *testing.T) {
			app := open(t, database(t))
			if _, err := demo.Seed(t.Context(), app.Shop, demo.Options{Orders: 300}); err != nil {
				t.Fatal(err)
			}
			const email = "ada@example.com"
			if _, err := app.Auth.CreateUser(t.Context(), email, password); err != nil {
				t.Fatal(err)
			}
			if _, err := app.Auth.CreateUser(t.Context(), "bob@example.com", password); err != nil {
				t.Fatal(err)
			}
			reset, err := app.Auth.ResetToken(t.Context(), "user", "emailpass", "bob@example.com")
			if err != nil {
				t.Fatal(err)
			}
			config := server.Config{Dashboard: filepath.Join(scripts, "app")}
			config.Files.Folder = t.TempDir()
			s := httptest.NewServer(server.Handler(app.Shop, config, nil))
			defer s.Close()
			var stderr bytes.Buffer
			cmd := exec.CommandContext(t.Context(), "node", "main.mjs")
			cmd.Dir, cmd.Stderr = scripts, &stderr
			cmd.Env = append(os.Environ(), "CHROMIUM="+chromium, "DASHBOARD_URL="+s.URL, "DASHBOARD_EMAIL="+email, "DASHBOARD_PASSWORD="+password, "DASHBOARD_RESET="+reset.Token)
			stdout, err := cmd.Output()
			if err != nil {
				t.Errorf("node: %v\n%s", err, &stderr)
			}
			least := dashboardSteps
			if os.Getenv("CI") == "true" {
				least = dashboardStepsOfCI
			}
			readSteps(t, stdout, least)
		})
	}
}
