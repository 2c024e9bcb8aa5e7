package cli

import (
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/show"
)

// progress reports on stderr how far a command has come. On a terminal it keeps
// overwriting one line; elsewhere it writes a new line every few seconds.
type progress struct {
	out      io.Writer
	terminal bool
	now      func() time.Time
	last     time.Time // when the previous line was written
	open     bool      // the terminal shows a line
}

// The shortest time between two lines.
const (
	terminalPause = 100 * time.Millisecond
	logPause      = 5 * time.Second
)

// newProgress returns the progress of a command. It is silent with --json, when
// programs expect nothing but the JSON of an error on stderr.
func newProgress(cmd *cobra.Command) *progress {
	p := &progress{out: cmd.ErrOrStderr(), now: time.Now}
	if wantsJSON(cmd) {
		p.out = io.Discard
	}
	p.terminal = isTerminal(p.out)
	return p
}

// later delays the first line, so that short work reports nothing.
func (p *progress) later() *progress {
	p.last = p.now()
	return p
}

// show reports that done of total units are finished; a total of 0 is unknown.
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

// end clears the line of the terminal.
func (p *progress) end() {
	if p.open {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.open = false
	}
}
