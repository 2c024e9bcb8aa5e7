package cli

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/cli/show"
)

// progress tells on stderr how far a long work is. On a terminal it is one
// line that is written over; elsewhere a new line now and then.
type progress struct {
	out      io.Writer
	terminal bool
	now      func() time.Time
	last     time.Time // of the line before
	open     bool      // the terminal's line is not ended
}

// How often a line is written.
const (
	terminalPause = 100 * time.Millisecond
	logPause      = 5 * time.Second
)

// newProgress is silent when the answer is JSON: whoever reads that takes
// stderr for the error's JSON.
func newProgress(cmd *cobra.Command) *progress {
	p := &progress{out: cmd.ErrOrStderr(), now: time.Now}
	if wantsJSON(cmd) {
		p.out = io.Discard
	}
	p.terminal = isTerminal(p.out)
	return p
}

// later keeps silent about work that is over before the first line is due.
func (p *progress) later() *progress {
	p.last = p.now()
	return p
}

// show says that of the total of some work so much is done; a total of 0 is
// not known.
func (p *progress) show(what string, done, total int64) {
	pause := logPause
	if p.terminal {
		pause = terminalPause
	}
	now := p.now()
	if now.Sub(p.last) < pause {
		return
	}
	p.last = now
	line := fmt.Sprintf("%s: %d", show.OneLine(what), done)
	if total > 0 {
		line += fmt.Sprintf(" of %d (%d%%)", total, 100*done/total)
	}
	if p.terminal {
		fmt.Fprintf(p.out, "\r\x1b[K%s", line)
		p.open = true
		return
	}
	fmt.Fprintln(p.out, line)
}

// end takes the terminal's line away.
func (p *progress) end() {
	if p.open {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.open = false
	}
}
