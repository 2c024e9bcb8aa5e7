package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Main runs the command line of the process and exits with its status. The
// first interrupt cancels the command, which cleans up; a second one kills the
// process.
func (pr *Program) Main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(pr.Run(ctx, os.Args[1:], os.Stdout, os.Stderr, os.Stdin))
}

// Run runs one command line, without the program's name, and returns the exit
// status: 0 on success, 1 after an error or when `verify` found problems, 2 when
// the command line is invalid. Results go to stdout, errors and progress to
// stderr. Run may be called repeatedly, but not concurrently.
func (pr *Program) Run(ctx context.Context, args []string, stdout, stderr io.Writer, stdin io.Reader) int {
	root := pr.root
	reset(root)
	out := &output{Writer: stdout}
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(stderr)
	root.SetIn(stdin)
	cmd, err := root.ExecuteContextC(ctx)
	if out.err != nil && (err == nil || errors.Is(err, out.err)) {
		err = out.problem()
	}
	if err == nil {
		return statusOK
	}
	return report(ctx, cmd, args, err)
}

// reset undoes what the previous run left on a command and those below it: the
// values of flags, and the context.
func reset(cmd *cobra.Command) {
	var none context.Context // cobra passes the context of a run only to commands that have none
	cmd.SetContext(none)
	for _, flags := range []*pflag.FlagSet{cmd.Flags(), cmd.PersistentFlags()} {
		flags.VisitAll(resetFlag)
	}
	for _, child := range cmd.Commands() {
		reset(child)
	}
}

func resetFlag(f *pflag.Flag) {
	if !f.Changed {
		return
	}
	if list, ok := f.Value.(pflag.SliceValue); ok {
		_ = list.Replace(nil) // a list of strings, which cannot fail
	} else {
		_ = f.Value.Set(f.DefValue) // a valid value
	}
	f.Changed = false
}
