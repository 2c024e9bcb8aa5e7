package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/show"
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

// colored reports whether a stream shows colors: a terminal that knows them, unless
// NO_COLOR (https://no-color.org) is set.
func colored(stream any) bool {
	return isTerminal(stream) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// csvFlag gives a command that prints a table the flag --csv.
func csvFlag(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().Bool("csv", false, "print CSV")
	args := cmd.Args
	cmd.Args = func(cmd *cobra.Command, given []string) error {
		if wantsCSV(cmd) && wantsJSON(cmd) {
			return wrongUsage("--csv and --json exclude each other; leave one out")
		}
		return args(cmd, given)
	}
	return cmd
}

// wantsCSV reports whether --csv was given.
func wantsCSV(cmd *cobra.Command) bool {
	yes, err := cmd.Flags().GetBool("csv")
	return err == nil && yes
}

// writeTable prints a table to the standard output of a command, as CSV if that is
// wanted.
func writeTable(cmd *cobra.Command, t *show.Table) error {
	out := cmd.OutOrStdout()
	if wantsCSV(cmd) {
		return t.WriteCSV(out)
	}
	t.Bold = colored(out)
	return t.Write(out, terminalWidth(out))
}

// footer prints a line below a table. It is not part of the table, so it goes to
// standard error.
func footer(cmd *cobra.Command, line string) {
	if isTerminal(cmd.OutOrStdout()) && isTerminal(cmd.ErrOrStderr()) {
		line = "\n" + line
	}
	fmt.Fprintln(cmd.ErrOrStderr(), inMessage(cmd, line))
}

// printJSON prints v as JSON: one line, or indented for a person at a terminal.
func printJSON(cmd *cobra.Command, v any) error {
	out := cmd.OutOrStdout()
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	if isTerminal(out) {
		e.SetIndent("", "  ")
	}
	return e.Encode(v)
}

// printRaw prints JSON as it is, or indented for a person at a terminal.
func printRaw(cmd *cobra.Command, b []byte) error {
	out := cmd.OutOrStdout()
	if isTerminal(out) {
		var indented bytes.Buffer
		if err := json.Indent(&indented, b, "", "  "); err != nil {
			return err
		}
		b = indented.Bytes()
	}
	_, err := fmt.Fprintf(out, "%s\n", b)
	return err
}
