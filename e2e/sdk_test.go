package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/server"
)

// sdkSteps is the least number of steps that the scripts take: fewer means that
// some of them do not run.
const sdkSteps = 300

// The JavaScript SDK that storefronts and dashboards are written with works
// with the API: e2e/testdata/sdk calls it, resource by resource, and looks at what
// comes back.
func TestSDK(t *testing.T) {
	t.Parallel()
	scripts := installed(t, "sdk")
	each(t, func(t *testing.T, app *gorgon.App) {
		made, err := demo.Seed(t.Context(), app.Shop, demo.Options{Orders: 60})
		if err != nil {
			t.Fatal(err)
		}
		email, password := "ada@example.com", "a long password"
		if _, err := app.Auth.CreateUser(t.Context(), email, password); err != nil {
			t.Fatal(err)
		}
		web := httptest.NewServer(server.Handler(app.Shop, filesIn(t.TempDir()), nil))
		defer web.Close()
		var stderr bytes.Buffer
		cmd := exec.CommandContext(t.Context(), "node", "main.mjs")
		cmd.Dir, cmd.Stderr = scripts, &stderr
		cmd.Env = append(os.Environ(), "SDK_URL="+web.URL, "SDK_EMAIL="+email, "SDK_PASSWORD="+password, "SDK_ORDER="+made.OrderID)
		stdout, err := cmd.Output()
		if err != nil {
			t.Errorf("node: %v\n%s", err, &stderr)
		}
		readSteps(t, stdout, sdkSteps)
	})
}

// readSteps makes a subtest of each step that the scripts report.
func readSteps(t *testing.T, stdout []byte, least int) {
	t.Helper()
	steps, done := 0, false
	for lines := bufio.NewScanner(bytes.NewReader(stdout)); lines.Scan(); {
		var line struct {
			Step, Error, Stack, Measured string
			MS                           float64
			Done                         bool
		}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Errorf("a line of output is no report: %s", lines.Text())
			continue
		}
		if line.Done {
			done = true
			continue
		}
		if line.Measured != "" {
			t.Logf("%s: %.0f ms", line.Measured, line.MS)
			continue
		}
		steps++
		t.Run(line.Step, func(t *testing.T) {
			if line.Error != "" {
				t.Errorf("%s\n%s", line.Error, line.Stack)
			}
		})
	}
	if !done || steps < least {
		t.Errorf("%d steps, finished: %t; want %d or more", steps, done, least)
	}
}

// installed copies scripts to a folder of the test's own, and installs there, from
// npm, what their lock file names.
func installed(t *testing.T, scripts string) (folder string) {
	t.Helper()
	for _, program := range []string{"node", "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			const reason = "%s is not installed, so the scripts of testdata/%s are not run; Debian has it as nodejs and npm"
			if os.Getenv("CI") == "true" {
				t.Fatalf(reason, program, scripts)
			}
			t.Skipf(reason, program, scripts)
		}
	}
	folder = t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("testdata", scripts))); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
	cmd.Dir = folder
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return folder
}
