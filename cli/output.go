package cli

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/gorgon-commerce/gorgon/fault"
)

// output is where answers go. It remembers the first write that failed, so
// that an answer of which a part is missing is never taken for a whole one.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.Writer.Write(b)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

func (o *output) problem() error {
	return fault.Wrap(o.err, fault.Unavailable, "the answer could not be written: %v", o.err)
}

// terminal is the file of a stream that a person sits at; ok is false for
// another one.
func terminal(stream any) (f *os.File, ok bool) {
	if o, wrapped := stream.(*output); wrapped {
		stream = o.Writer
	}
	f, ok = stream.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd()))
}

func isTerminal(stream any) bool {
	_, ok := terminal(stream)
	return ok
}

// terminalWidth is how many characters a line of the terminal has; 0 when w is
// no terminal.
func terminalWidth(w io.Writer) int {
	f, ok := terminal(w)
	if !ok {
		return 0
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		return 0
	}
	return width
}
