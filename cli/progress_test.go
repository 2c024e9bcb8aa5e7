package cli

import (
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// watched returns a progress and a function that advances its clock.
func watched(terminal bool) (p *progress, out *strings.Builder, move func(time.Duration)) {
	out, now := &strings.Builder{}, time.Date(2026, 1, 31, 9, 30, 0, 0, time.UTC)
	p = &progress{out: out, terminal: terminal, now: func() time.Time { return now }}
	return p, out, func(d time.Duration) { now = now.Add(d) }
}

func TestProgressInALog(t *testing.T) {
	t.Parallel()
	p, out, move := watched(false)
	p.show("orders", 0, 2000)
	for i := range 20 {
		move(time.Second)
		p.show("orders", int64(100*i), 2000)
	}
	p.show("rows", 7, 0)
	p.end()
	const want = "orders: 0 of 2000 (0%)\norders: 400 of 2000 (20%)\norders: 900 of 2000 (45%)\norders: 1400 of 2000 (70%)\norders: 1900 of 2000 (95%)\n"
	if out.String() != want {
		t.Errorf("\n%s\nwant\n%s", out.String(), want)
	}
}

func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	p, out, move := watched(true)
	p.show("a", 1, 2)
	move(50 * time.Millisecond)
	p.show("a", 2, 2)
	move(50 * time.Millisecond)
	p.show("b\n", 7, 0)
	p.end()
	p.end()
	if want := "\r\x1b[Ka: 1 of 2 (50%)\r\x1b[Kb : 7\r\x1b[K"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

func TestProgressOfShortWork(t *testing.T) {
	t.Parallel()
	p, out, move := watched(false)
	p.later().show("a", 1, 2)
	if out.String() != "" {
		t.Errorf("%q at once", out.String())
	}
	move(logPause)
	if p.show("a", 2, 2); out.String() != "a: 2 of 2 (100%)\n" {
		t.Errorf("%q after a while", out.String())
	}
}

func TestProgressIsNoPartOfJSON(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{"": "a: 1 of 2 (50%)\n", "--json": ""} {
		var out strings.Builder
		cmd := &cobra.Command{RunE: func(cmd *cobra.Command, _ []string) error {
			newProgress(cmd).show("a", 1, 2)
			return nil
		}}
		cmd.Flags().Bool("json", false, "")
		cmd.SetErr(&out)
		cmd.SetArgs(strings.Fields(args))
		if err := cmd.Execute(); err != nil || out.String() != want {
			t.Errorf("%s: %q, want %q (%v)", args, out.String(), want, err)
		}
	}
}
