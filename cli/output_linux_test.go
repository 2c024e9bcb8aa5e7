package cli_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/gorgon-commerce/gorgon"
)

// A table that is wider than the terminal is printed as blocks.
func TestTableOnANarrowTerminal(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for width, want := range map[uint16]string{
		80: "\x1b[1mid       currency_code\x1b[0m\r\norder_1  eur\r\n",
		20: "\x1b[1mid\x1b[0m             order_1\r\n\x1b[1mcurrency_code\x1b[0m  eur\r\n",
	} {
		keyboard, screen := terminal(t)
		if err := unix.IoctlSetWinsize(int(screen.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: width}); err != nil {
			t.Fatal(err)
		}
		var stderr strings.Builder
		args := []string{"query", "order", "--fields", "id,currency_code", "--limit", "1"}
		if status := app.Run(t.Context(), args, screen, &stderr, nil); status != 0 {
			t.Fatalf("status %d, %s", status, stderr.String())
		}
		if got := (&asked{keyboard: keyboard, screen: screen}).shown(); got != want {
			t.Errorf("%d characters: %q, want %q", width, got, want)
		}
	}
}

// shown runs a command line with standard output at a terminal, and returns what
// the terminal shows and what standard error has.
func shown(t *testing.T, app *gorgon.App, args ...string) (screen, stderr string) {
	t.Helper()
	keyboard, out := terminal(t)
	var problems strings.Builder
	if status := app.Run(t.Context(), args, out, &problems, nil); status != 0 {
		t.Fatalf("status %d, %s", status, problems.String())
	}
	return (&asked{keyboard: keyboard, screen: out}).shown(), problems.String()
}

// For a person JSON is indented, and headings are bold.
func TestOutputAtATerminal(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for line, want := range map[string]string{
		"query order --fields id --limit 1":              "\x1b[1mid\x1b[0m\r\norder_1\r\n",
		"query order --fields id --all --filter id=none": "",
		"query order --fields id --limit 1 --csv":        "id\r\norder_1\r\n",
		"query order --fields id --filter id=order_1 --json": `{
  "data": [
    {
      "id": "order_1"
    }
  ],
  "metadata": {
    "count": 1,
    "skip": 0,
    "take": 10000
  }
}
`,
		"query order --fields id --filter id=order_1 --json --all": `{"data":[
  {"id":"order_1"}],"metadata":{"count":1,"skip":0,"take":1}}
`,
		"link list order=order_2 cart --json": "[]\n",
	} {
		got, _ := shown(t, app, strings.Fields(line)...)
		if want = strings.ReplaceAll(strings.ReplaceAll(want, "\r\n", "\n"), "\n", "\r\n"); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	if _, stderr := shown(t, app, "query", "order", "--fields", "id"); stderr != "3 of 3\n" {
		t.Errorf("%q", stderr)
	}
}

func TestNoColor(t *testing.T) {
	app := stocked(t, file(t))
	for variable, value := range map[string]string{"NO_COLOR": "1", "TERM": "dumb"} {
		t.Run(variable, func(t *testing.T) {
			t.Setenv(variable, value)
			if got, _ := shown(t, app, "query", "order", "--fields", "id", "--limit", "1"); got != "id\r\norder_1\r\n" {
				t.Errorf("%q", got)
			}
		})
	}
}

// At a terminal, the log of a server is text.
func TestLogAtATerminal(t *testing.T) {
	t.Parallel()
	keyboard, screen := terminal(t)
	app := stocked(t, file(t))
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	out, stdout := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- app.Run(ctx, []string{"start", "--address", "127.0.0.1:0", "--metrics=false"}, stdout, screen, nil)
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	address, _, _ := strings.Cut(strings.TrimPrefix(line, "Listening on "), ",")
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/health/%1b[31m", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	cancel()
	if status := <-ended; status != 0 {
		t.Errorf("status %d", status)
	}
	got := (&asked{keyboard: keyboard, screen: screen}).shown()
	if !regexp.MustCompile(`^time=\d\d:\d\d:\d\d\.\d\d\d level=INFO msg=request request_id=\S+ method=GET path="/health/\\x1b\[31m" status=404 bytes=\d+ took=[\d.]+(µs|ms|s)\r\n`).MatchString(got) {
		t.Errorf("%q", got)
	}
}
