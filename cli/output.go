package cli

import (
	"io"
	"os"

	"golang.org/x/term"

	"github.com/gorgon-commerce/gorgon/fault"
)

// output is the standard output of a command. It remembers the first write that
// failed, so that a command whose output is incomplete does not exit with status 0.
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
	return fault.Wrap(o.err, fault.Unavailable, "cannot write the output: %v", o.err)
}

// terminal returns the file of a stream that is a terminal; ok is false for any
// other stream.
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

// terminalWidth returns the width of the terminal in characters, or 0 when w is
// not a terminal.
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
