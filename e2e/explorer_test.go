package e2e_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api/login"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/server"
)

// explorerSteps is the least number of steps that the script takes.
const explorerSteps = 65

// asCommand is the variable that makes this test binary the command gorgon.
const asCommand = "E2E_AS_COMMAND"

// TestExplorer drives the explorer in Chromium, as a person would, and looks at
// what is shown: e2e/testdata/browser. EXPLORER_SHOTS names a folder for pictures.
func TestExplorer(t *testing.T) {
	t.Parallel()
	notRaced(t)
	chromium := findChromium(t)
	scripts := installed(t, "browser")
	for name, database := range map[string]func(t *testing.T) string{"sqlite": file, "postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) }} {
		t.Run(name, func(t *testing.T) {
			url := database(t)
			app := open(t, url)
			facts := explorerShop(t, app)
			const email = "ada@example.com"
			if _, err := app.Auth.CreateUser(t.Context(), email, password); err != nil {
				t.Fatal(err)
			}
			token, err := app.Auth.TokenFor(t.Context(), "user", email)
			if err != nil {
				t.Fatal(err)
			}
			ticket, code := login.NewTicket(email)
			s := httptest.NewServer(server.Handler(app.Shop, server.Config{Auth: login.Config{Ticket: ticket}}, nil))
			defer s.Close()
			snippets := filepath.Join(t.TempDir(), "go.json")
			var stderr bytes.Buffer
			cmd := exec.CommandContext(t.Context(), "node", "main.mjs")
			cmd.Dir, cmd.Stderr = scripts, &stderr
			cmd.Env = append(os.Environ(), "CHROMIUM="+chromium, "EXPLORER_URL="+s.URL, "EXPLORER_TICKET="+code, "EXPLORER_EMAIL="+email, "EXPLORER_PASSWORD="+password,
				"EXPLORER_TOKEN="+token, "EXPLORER_GO="+snippets, "EXPLORER_FACTS="+facts, "GORGON_DATABASE="+url, "PATH="+commandFolder(t)+string(os.PathListSeparator)+os.Getenv("PATH"), asCommand+"=1")
			stdout, err := cmd.Output()
			if err != nil {
				t.Errorf("node: %v\n%s", err, &stderr)
			}
			readSteps(t, stdout, explorerSteps)
			compiles(t, snippets)
		})
	}
}

// compiles fails the test unless the Go code that the explorer wrote is that of a
// program. It is laid over the module, without a file being written into it.
func compiles(t *testing.T, file string) {
	t.Helper()
	var snippets []string
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &snippets)
	}
	if err != nil {
		t.Fatal(err)
	}
	program := "package main\n\nimport (\n\t\"context\"\n\t\"encoding/json\"\n\t\"time\"\n\n\t\"github.com/gorgon-commerce/gorgon\"\n\t\"github.com/gorgon-commerce/gorgon/money\"\n\t\"github.com/gorgon-commerce/gorgon/query\"\n)\n\n" +
		"var (\n\t_ json.RawMessage\n\t_ time.Time\n\t_ money.Amount\n)\n\nfunc main() {}\n"
	for i, snippet := range snippets {
		program += fmt.Sprintf("\nfunc snippet%d(ctx context.Context, app *gorgon.App) {\n%s\n_, _, _ = records, page, err\n}\n", i, snippet)
	}
	folder := t.TempDir()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, "examples", "asked", "main.go"): filepath.Join(folder, "main.go")}})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"main.go": []byte(program), "overlay.json": overlay} {
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "go", "build", "-overlay", filepath.Join(folder, "overlay.json"), "-o", filepath.Join(folder, "asked"), "./examples/asked")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("the Go code does not compile: %v\n%s\n%s", err, out, program)
	}
}

// notRaced skips a test under the race detector.
func notRaced(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("browsers are driven without the race detector: make browser")
	}
}

// findChromium returns the browser, or skips the test if there is none.
func findChromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("pages are driven in a browser without -short, and by make browser")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("THE EXPLORER AND THE DASHBOARD ARE NOT TESTED: no Chromium is installed; Debian has it as chromium")
	return ""
}

// explorerShop makes a demo shop with a customer whose name is markup, and returns
// what the script is to know of it.
func explorerShop(t *testing.T, app *gorgon.App) (facts string) {
	t.Helper()
	const markup = "<img src=x onerror=\"alert(1)\"><b data-evil>'שלום\u202e"
	made, err := demo.Seed(t.Context(), app.Shop, demo.Options{Orders: 300})
	if err != nil {
		t.Fatal(err)
	}
	evil := &customer.Customer{Email: ref("evil@example.com"), FirstName: ref(markup)}
	evil.Metadata = []byte(`{"<script>alert(1)</script>": "</script><b data-evil>"}`)
	if err := app.Customer.Customers.Create(t.Context(), evil); err != nil {
		t.Fatal(err)
	}
	carts, err := app.Cart.Carts.List(t.Context(), nil, module.Page{Limit: 2})
	if err != nil {
		t.Fatal(err)
	}
	promotions, _, err := query.List[struct {
		ID string `json:"id"`
	}](t.Context(), app.Query, "promotion", query.Where(query.Filters{"orders": query.Filters{"$none": query.Filters{"id": made.OrderID}}}), query.Limit(1))
	if err != nil || len(promotions) == 0 {
		t.Fatalf("no promotion to link: %v", err)
	}
	orders, err := app.Order.Orders.Count(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"order": made.OrderID, "orders": orders, "customer": evil.ID, "markup": markup, "cart": carts[1].ID, "promotion": promotions[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// commandFolder returns a folder with the command gorgon, which is this binary.
func commandFolder(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.Symlink(self, filepath.Join(folder, "gorgon")); err != nil {
		t.Fatal(err)
	}
	return folder
}
