package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gorgon-commerce/gorgon/cli/show"
	"github.com/gorgon-commerce/gorgon/fault"
)

// The exit statuses.
const (
	statusOK    = 0
	statusError = 1
	statusUsage = 2
)

// usageError is a command line that is wrong.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func wrongUsage(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// errFound ends a command whose answer is bad news, and is told already.
var errFound = errors.New("the command has told what it found")

// report prints an error to the command's stderr and answers the exit status.
func report(ctx context.Context, cmd *cobra.Command, args []string, err error) int {
	if errors.Is(err, errFound) {
		return statusError
	}
	status, hint := statusError, ""
	var shown *fault.Error
	switch {
	case isUsage(cmd, err):
		status, hint = statusUsage, fmt.Sprintf("Usage: %s\nRun `%s --help` for more.\n", cmd.UseLine(), cmd.CommandPath())
		shown = fault.New(fault.InvalidData, "%s", err)
	case ctx.Err() != nil:
		shown = fault.New(fault.Unavailable, "interrupted before the end")
	case !errors.As(err, &shown):
		// On the command line the one who asks is the one who runs it: there is no log to look into.
		shown = fault.New(fault.Internal, "%s", err)
	}
	stderr := cmd.ErrOrStderr()
	if wantsJSON(cmd) || jsonAmong(args) {
		fmt.Fprintf(stderr, "%s\n", fault.JSON(shown))
		return status
	}
	fmt.Fprintf(stderr, "gorgon: %s: %s\n%s", shown.Type, show.Plain(shown.Message), hint)
	return status
}

// isUsage reports whether the command line was wrong: the command says so, or
// does not accept the arguments and flags it was given. cobra's own errors are
// of no type, so it is asked once more.
func isUsage(cmd *cobra.Command, err error) bool {
	var usage *usageError
	return errors.As(err, &usage) || cmd.ValidateArgs(cmd.Flags().Args()) != nil ||
		cmd.ValidateRequiredFlags() != nil || cmd.ValidateFlagGroups() != nil
}

// jsonAmong finds --json in a command line that could not be read to its end.
func jsonAmong(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json")
}

// flagError says in our words what is wrong with a flag.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			return wrongUsage("%s has no flag -%s", cmd.CommandPath(), name)
		}
		return wrongUsage("%s has no flag --%s%s", cmd.CommandPath(), name, fault.DidYouMean("--"+name, flagNames(cmd)))
	case errors.As(err, &missing):
		return wrongUsage("--%s needs a value", missing.GetSpecifiedName())
	case errors.As(err, &wrong):
		kinds := map[string]string{"int": "a whole number", "int64": "a whole number", "bool": "true or false"}
		kind, ok := kinds[wrong.GetFlag().Value.Type()]
		if !ok {
			kind = "a value of type " + wrong.GetFlag().Value.Type()
		}
		return wrongUsage("--%s takes %s, not %q", wrong.GetFlag().Name, kind, wrong.GetValue())
	}
	return &usageError{err.Error()}
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return names
}

// arguments accepts exactly the arguments of these names.
func arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return wrongUsage("%s needs %s: %s is missing", cmd.CommandPath(), strings.Join(names, " "), names[len(args)])
		case len(args) > len(names) && len(names) == 0:
			return wrongUsage("%s takes no argument; %q is one", cmd.CommandPath(), args[0])
		case len(args) > len(names):
			return wrongUsage("%s takes %s and no more; %q is too much", cmd.CommandPath(), strings.Join(names, " "), args[len(names)])
		}
		return nil
	}
}

// noCommand refuses what the root or a group has no command for.
func noCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		if cmd.HasParent() {
			return wrongUsage("%s needs a command: %s", cmd.CommandPath(), strings.Join(commandNames(cmd), ", "))
		}
		return nil
	}
	return wrongUsage("%s has no command %q%s", cmd.CommandPath(), args[0], fault.DidYouMean(args[0], commandNames(cmd)))
}

func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			names = append(names, c.Name())
		}
	}
	return names
}

// group is a command that only holds others.
func group(cmd *cobra.Command, members ...*cobra.Command) *cobra.Command {
	cmd.Use += " COMMAND"
	cmd.Args = noCommand
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return noCommand(cmd, args) }
	cmd.AddCommand(members...)
	return cmd
}
