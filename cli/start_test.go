package cli_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/gorgon-commerce/gorgon"
)

// listening is a writer that closes ready when the server listens.
type listening struct {
	mu    sync.Mutex
	text  strings.Builder
	ready chan struct{}
	once  sync.Once
}

func (l *listening) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	if strings.Contains(l.text.String(), "Listening on") && strings.HasSuffix(l.text.String(), "\n") {
		l.once.Do(func() { close(l.ready) })
	}
	return len(p), nil
}

func (l *listening) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// started runs `gorgon start` until the test ends, and returns what it printed
// by the time it listened, and the URL of the server.
func started(t *testing.T, args ...string) (out *listening, base string) {
	t.Helper()
	return startedApp(t, gorgon.New(gorgon.Config{}), append([]string{"--address", "127.0.0.1:0", "--log", "error"}, args...)...)
}

func startedApp(t *testing.T, app *gorgon.App, args ...string) (out *listening, base string) {
	t.Helper()
	out = &listening{ready: make(chan struct{})}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- app.Run(ctx, append([]string{"start", "--metrics-address", "127.0.0.1:0"}, args...), out, out, strings.NewReader(""))
	}()
	t.Cleanup(func() {
		stop()
		if status := <-ended; status != 0 {
			t.Errorf("gorgon start ended with status %d", status)
		}
	})
	select {
	case <-out.ready:
	case status := <-ended:
		ended <- status
		t.Fatalf("gorgon start ended with status %d:\n%s", status, out)
	}
	return out, "http://" + regexp.MustCompile(`Listening on (\S+),`).FindStringSubmatch(out.String())[1]
}

// metricsURL returns where the metrics are, as start printed it.
func metricsURL(t *testing.T, out *listening) string {
	t.Helper()
	found := regexp.MustCompile(`Metrics at (http://127\.0\.0\.1:\d+/metrics)\n`).FindStringSubmatch(out.String())
	if found == nil {
		t.Fatalf("no address of metrics in\n%s", out)
	}
	return found[1]
}

func fetch(t *testing.T, url string, headers ...string) (status int, body string) {
	t.Helper()
	got := send(t, http.MethodGet, url, "", headers...)
	return got.status, got.body
}

// response is what a server responded.
type response struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    string
}

func send(t *testing.T, method, url, body string, headers ...string) response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close() //nolint:errcheck // it was read
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response{res.StatusCode, res.Header, res.Cookies(), string(b)}
}

// The requests that start --demo prints must work: they are what a new user tries first.
func TestStartDemo(t *testing.T) {
	t.Parallel()
	out, base := started(t, "--demo", "--database", file(t))
	if !strings.Contains(out.String(), base+"/explore#ticket=") {
		t.Errorf("no link to the explorer: %s", out)
	}
	token := regexp.MustCompile(`TOKEN=(\S+)`).FindStringSubmatch(out.String())
	key := regexp.MustCompile(`pk_[0-9a-f]{64}`).FindString(out.String())
	if token == nil || key == "" {
		t.Fatalf("no token or key in\n%s", out)
	}
	urls := regexp.MustCompile(`'(http://[^']+)'`).FindAllStringSubmatch(out.String(), -1)
	if len(urls) != 3 {
		t.Fatalf("%d curl lines in\n%s", len(urls), out)
	}
	for _, u := range urls {
		status, body := fetch(t, u[1], "Authorization", "Bearer "+token[1], "x-publishable-api-key", key)
		var answer struct {
			Count    int               `json:"count"`
			Orders   []json.RawMessage `json:"orders"`
			Products []json.RawMessage `json:"products"`
		}
		if err := json.Unmarshal([]byte(body), &answer); err != nil || status != http.StatusOK || answer.Count == 0 || len(answer.Orders)+len(answer.Products) == 0 {
			t.Errorf("%s: %d %.300s (%v)", u[1], status, body, err)
		}
	}
	if status, body := fetch(t, base+"/health"); status != http.StatusOK || body != "OK" {
		t.Errorf("/health: %d %s", status, body)
	}
	if status, body := fetch(t, base+"/ready"); status != http.StatusOK || body != "OK" {
		t.Errorf("/ready: %d %s", status, body)
	}
	if status, _ := fetch(t, base+"/metrics"); status != http.StatusNotFound {
		t.Errorf("/metrics at the address of the API: %d", status)
	}
	if status, body := fetch(t, metricsURL(t, out)); status != http.StatusOK || !strings.Contains(body, `route="/admin/orders"`) {
		t.Errorf("the metrics: %d %.300s", status, body)
	}
}

// A second start --demo creates nothing, and prints a token of the same user.
func TestStartDemoAgain(t *testing.T) {
	t.Parallel()
	database := file(t)
	run(t, gorgon.New(gorgon.Config{}), "demo", "--orders", "10", "--database", database)
	out, base := started(t, "--demo", "--database", database, "--metrics=false")
	if strings.Contains(out.String(), "Created the demo shop") {
		t.Error(out)
	}
	token := regexp.MustCompile(`TOKEN=(\S+)`).FindStringSubmatch(out.String())[1]
	if status, body := fetch(t, base+"/admin/orders?limit=0", "Authorization", "Bearer "+token); status != http.StatusOK || !strings.Contains(body, `"count":10,`) {
		t.Errorf("%d %s", status, body)
	}
	if strings.Contains(out.String(), "Metrics at") {
		t.Errorf("there are metrics, which are off:\n%s", out)
	}
}

// A shop that has records or users gets no demo data and no token.
func TestStartDemoOnAnotherShop(t *testing.T) {
	t.Parallel()
	database := file(t)
	stocked(t, database)
	out, base := started(t, "--demo", "--database", database)
	if text := out.String(); strings.Contains(text, "Created the demo shop") || strings.Contains(text, "x-publishable-api-key") {
		t.Error(text)
	}
	if text := out.String(); strings.Contains(text, "TOKEN=") || !strings.Contains(text, "records of its own") ||
		!strings.Contains(text, "gorgon user create --email") {
		t.Error(text)
	}
	if status, _ := fetch(t, base+"/health"); status != http.StatusOK {
		t.Errorf("/health: %d", status)
	}
	if got := whole(t, gorgon.New(gorgon.Config{Database: database}), "user", "list"); !strings.HasPrefix(got, "no users") {
		t.Error(got)
	}
}

// The demo user is not made beside a user of the shop.
func TestStartDemoBesideUsers(t *testing.T) {
	t.Parallel()
	database := file(t)
	app := gorgon.New(gorgon.Config{Database: database})
	if got := run(t, app, "demo", "--orders", "5"); got.status != 0 {
		t.Fatalf("%+v", got)
	}
	ok(t, app, "user", "create", "--email", "ada@example.com", "--password", "correct horse")
	out, _ := started(t, "--demo", "--database", database)
	if text := out.String(); strings.Contains(text, "TOKEN=") || !strings.Contains(text, "users of its own") || strings.Contains(text, "No one can log in") {
		t.Error(text)
	}
	if got := ok(t, app, "user", "list"); strings.Contains(got, "demo@example.com") {
		t.Error(got)
	}
}

// Who starts a server learns whether mails are sent.
func TestStartSaysThatNoMailIsSent(t *testing.T) {
	t.Parallel()
	out, _ := started(t, "--database", file(t))
	if text := out.String(); !strings.Contains(text, "No mail is sent") || !strings.Contains(text, "--smtp-url") {
		t.Error(text)
	}
	out, _ = started(t, "--database", file(t), "--smtp-url", "smtp://shop:hunter2@mail.example.com", "--mail-from", "shop@example.com")
	if text := out.String(); strings.Contains(text, "No mail is sent") || strings.Contains(text, "hunter2") {
		t.Error(text)
	}
}

func TestStartsThatCannotBe(t *testing.T) {
	t.Setenv("GORGON_TIMEOUT", "soon")
	var config net.ListenConfig
	other, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close() //nolint:errcheck // nothing was written
	taken := other.Addr().String()
	_, port, _ := net.SplitHostPort(taken)
	for name, test := range map[string]struct {
		args   []string
		status int
		want   string
	}{
		"an environment variable that is wrong": {nil, 2, `the environment variable GORGON_TIMEOUT takes a duration such as 30s or 24h, not "soon"`},
		"an invalid log level":                  {[]string{"--timeout", "1s", "--log", "loud"}, 2, "info, warn or error"},
		"metrics at an invalid address":         {[]string{"--timeout", "1s", "--address", "127.0.0.1:0", "--metrics-address", "nowhere:port"}, 1, "choose another --metrics-address, or --metrics=false"},
		"an origin with a path":                 {[]string{"--timeout", "1s", "--address", "127.0.0.1:0", "--store-cors", "https://example.com/shop"}, 1, "is not an origin"},
		"an invalid address":                    {[]string{"--timeout", "1s", "--address", "nowhere:port"}, 1, "cannot listen"},
		"a port beyond the last":                {[]string{"--timeout", "1s", "--address", ":99999"}, 1, "a port is between 0 and 65535"},
		"an address without a port":             {[]string{"--timeout", "1s", "--address", "127.0.0.1"}, 1, `the address to listen on (--address) is "127.0.0.1", which is no address with a port; write 127.0.0.1:9000`},
		"a port without an address":             {[]string{"--timeout", "1s", "--address", "9001"}, 1, "write :9001"},
		"an IPv6 address without a port":        {[]string{"--timeout", "1s", "--address", "::1"}, 1, "write [::1]:9000"},
		"metrics without a port":                {[]string{"--timeout", "1s", "--metrics-address", "localhost"}, 1, "write localhost:9464"},
		"a port in use":                         {[]string{"--timeout", "1s", "--address", taken}, 1, "another program uses port " + port + "; stop it, or choose another port, such as --address 127.0.0.1:"},
		"a port in use by others' metrics":      {[]string{"--timeout", "1s", "--address", "127.0.0.1:0", "--metrics-address", taken}, 1, ", or --metrics=false"},
		"an address of another machine":         {[]string{"--timeout", "1s", "--address", "192.0.2.1:9000"}, 1, "this machine does not have the address 192.0.2.1; leave it out"},
		"an argument":                           {[]string{"--timeout", "1s", "now"}, 2, `"now" is unexpected`},
	} {
		got := run(t, gorgon.New(gorgon.Config{Database: file(t)}), append([]string{"start"}, test.args...)...)
		if got.status != test.status || !strings.Contains(got.stderr, test.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
