package cli_test

import (
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// A table that is wider than the terminal is printed as blocks.
func TestTableOnANarrowTerminal(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for width, want := range map[uint16]string{
		80: "id       currency_code\r\norder_1  eur\r\n\r\n1 of 3; --limit N for more\r\n",
		20: "id             order_1\r\ncurrency_code  eur\r\n\r\n1 of 3; --limit N for more\r\n",
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
