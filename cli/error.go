package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/show"
)

// The exit statuses.
const (
	statusOK    = 0
	statusError = 1
	statusUsage = 2
)

// usageError reports an invalid command line.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

func wrongUsage(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

// errFound ends a command that found problems and has printed them.
var errFound = errors.New("problems were found")

// report prints an error to the command's stderr and returns the exit status.
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
		shown = fault.New(fault.Unavailable, "interrupted before the end; what was not finished is undone: run the command again")
	case !errors.As(err, &shown):
		// Unlike a client of the API, the user of the command line may see the cause, and has no log to look it up in.
		shown = fault.New(fault.Internal, "%s", err)
	}
	named := *shown
	named.Message = inMessage(cmd, shown.Message)
	shown = &named
	stderr := cmd.ErrOrStderr()
	if wantsJSON(cmd) || jsonAmong(args) {
		fmt.Fprintf(stderr, "%s\n", fault.JSON(shown))
		return status
	}
	fmt.Fprintf(stderr, "%s: %s: %s\n%s", cmd.Root().Name(), shown.Type, show.Plain(shown.Message), hint)
	return status
}

// isUsage reports whether an error means that the command line was invalid.
// cobra's own errors have no type, so isUsage repeats its checks.
func isUsage(cmd *cobra.Command, err error) bool {
	var usage *usageError
	return errors.As(err, &usage) || cmd.ValidateArgs(cmd.Flags().Args()) != nil ||
		cmd.ValidateRequiredFlags() != nil || cmd.ValidateFlagGroups() != nil
}

// jsonAmong reports whether --json is among arguments that could not be parsed.
func jsonAmong(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json")
}

// flagError rewords an error about a flag.
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
		return wrongUsage("--%s takes %s, not %q", wrong.GetFlag().Name, takes(wrong.GetFlag()), wrong.GetValue())
	}
	return &usageError{err.Error()}
}

// takes describes the values that a flag accepts.
func takes(f *pflag.Flag) string {
	switch kind := f.Value.Type(); kind {
	case "int", "int64":
		return "a whole number"
	case "bool":
		return "true or false"
	case "duration":
		return "a duration such as 30s or 24h"
	case "stringSlice":
		return "a comma-separated list"
	case "level":
		return "info, warn or error"
	default:
		return "a value of type " + kind
	}
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return names
}

// arguments returns a check for exactly the named arguments.
func arguments(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return wrongUsage("%s needs %s: %s is missing", cmd.CommandPath(), strings.Join(names, " "), names[len(args)])
		case len(args) > len(names) && len(names) == 0:
			return wrongUsage("%s takes no arguments; %q is unexpected", cmd.CommandPath(), args[0])
		case len(args) > len(names):
			return wrongUsage("%s takes only %s; %q is unexpected", cmd.CommandPath(), strings.Join(names, " "), args[len(names)])
		}
		return nil
	}
}

// noCommand is the argument check of the root and of groups, which accept only
// the names of commands.
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

// group makes cmd a command that only holds others.
func group(cmd *cobra.Command, members ...*cobra.Command) *cobra.Command {
	cmd.Use += " COMMAND"
	cmd.Args = noCommand
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return noCommand(cmd, args) }
	cmd.AddCommand(members...)
	return cmd
}
