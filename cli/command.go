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

// Main runs the command line of the process and ends the process with its exit
// status. The first interrupt ends the command cleanly, a second one at once.
func (pr *Program) Main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	os.Exit(pr.Run(ctx, os.Args[1:], os.Stdout, os.Stderr, os.Stdin))
}

// Run runs one command line, without the program's name, and answers the exit
// status: 0 when all went well, 1 after an error or when `verify` found
// something, 2 when the command line itself is wrong. Answers go to stdout,
// errors and progress to stderr. It may be called again, but not by two
// goroutines at a time.
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

// rootCommand makes the root of the command line.
func (pr *Program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "gorgon",
		Short: "An order backend: commerce modules, links between them, and queries across all of them",
		Long: `Gorgon is an order backend in one binary. Its modules (order, cart, customer,
product and more) meet only through links, and a query reads across all of them
in one statement.

It keeps its data in an SQLite file, gorgon.db in the working folder, or in a
PostgreSQL database: --database on every command, or the environment variable
GORGON_DATABASE.

Exit status: 0 when all went well, 1 after an error, 2 when the command line is
wrong.`,
		Example: `  gorgon demo
  gorgon query order --fields id,customer.email,items.title --limit 5
  gorgon links`,
		Args:          noCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(flagError)
	// The default is not shown: a shop's may hold a password.
	root.PersistentFlags().StringVar(&pr.database, "database", "", "sqlite:FILE or postgres://user:password@host:port/name")
	root.PersistentFlags().Bool("json", false, "answer in JSON, errors too")
	root.AddCommand(
		startCommand(pr), demoCommand(pr), queryCommand(pr), linkCommand(pr), linksCommand(pr), migrateCommand(pr), importCommand(pr),
		userCommand(pr), verifyCommand(pr), versionCommand(), completionCommand(),
	)
	root.CompletionOptions.DisableDefaultCmd = true // ours is another
	return root
}

// reset gives the flags of all commands their defaults back, and takes the
// context of the last run away.
func reset(cmd *cobra.Command) {
	var none context.Context // cobra hands the next one down only to commands that have none
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
		_ = list.Replace(nil) // text: cannot fail
	} else {
		_ = f.Value.Set(f.DefValue) // was accepted before
	}
	f.Changed = false
}

// wantsJSON reports whether the answer shall be JSON.
func wantsJSON(cmd *cobra.Command) bool {
	yes, err := cmd.Flags().GetBool("json")
	return err == nil && yes
}
