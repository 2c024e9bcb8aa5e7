package gorgon

import (
	"context"
	"fmt"
	"net/mail"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/spf13/cobra"
)

func userCommand(a *App) *cobra.Command {
	return group(&cobra.Command{
		Use:   "user",
		Short: "Manage those who work for the shop",
		Long: `Manages users: those who work for the shop. A user logs in with an email and a
password.`,
		Example: `  gorgon user create --email ada@example.com`,
	}, userCreateCommand(a))
}

// userFlags are the flags of `gorgon user create`.
type userFlags struct {
	email, password string
	fromStdin       bool
}

func userCreateCommand(a *App) *cobra.Command {
	f := &userFlags{}
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Create a user with a password",
		Long: `Creates a user who logs in with an email and a password of at least 8 characters.
Without a flag for the password it is asked for at the terminal, unseen. A
password given with --password stands in the shell's history and in the list of
processes; --password-stdin reads the first line of standard input instead.`,
		Example: `  gorgon user create --email ada@example.com
  printf '%s\n' "$PASSWORD" | gorgon user create --email ada@example.com --password-stdin`,
		Args: f.args,
		RunE: a.opened(func(cmd *cobra.Command, _ []string) error { return f.run(a, cmd) }),
	}
	cmd.Flags().StringVar(&f.email, "email", "", "the email to log in with")
	cmd.Flags().StringVar(&f.password, "password", "", "the password")
	cmd.Flags().BoolVar(&f.fromStdin, "password-stdin", false, "read the password from standard input")
	return cmd
}

func (f *userFlags) args(cmd *cobra.Command, args []string) error {
	switch {
	case f.email == "":
		return wrongUsage("%s needs --email", cmd.CommandPath())
	case f.fromStdin && cmd.Flags().Changed("password"):
		return wrongUsage("--password and --password-stdin both give a password; leave one out")
	case !f.fromStdin && !cmd.Flags().Changed("password") && !isTerminal(cmd.InOrStdin()):
		return wrongUsage("there is no terminal to ask for the password; give --password-stdin")
	}
	return arguments()(cmd, args)
}

// created is a new user as JSON.
type created struct {
	ID             string `json:"id"`
	Email          string `json:"email"`
	AuthIdentityID string `json:"auth_identity_id"`
}

func (f *userFlags) run(a *App, cmd *cobra.Command) error {
	if at, err := mail.ParseAddress(f.email); err != nil || at.Address != f.email {
		return fault.New(fault.InvalidData, "the email %q is none; it has the form name@example.com", f.email)
	}
	password, err := f.readPassword(cmd)
	if err != nil {
		return err
	}
	c, err := a.createUser(cmd.Context(), f.email, password)
	if err != nil {
		return err
	}
	if wantsJSON(cmd) {
		return printJSON(cmd, c)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "created user %s (%s)\n", c.Email, c.ID)
	return err
}

func (f *userFlags) readPassword(cmd *cobra.Command) (string, error) {
	switch {
	case f.fromStdin:
		return untilDone(cmd.Context(), func() (string, error) { return firstLine(cmd.InOrStdin()) })
	case cmd.Flags().Changed("password"):
		return f.password, nil
	}
	return askPassword(cmd.Context(), cmd.InOrStdin(), cmd.ErrOrStderr())
}

// createUser makes a user and the identity they log in with: both or none.
func (a *App) createUser(ctx context.Context, email, password string) (*created, error) {
	hash, err := auth.Hash(password)
	if err != nil {
		return nil, err
	}
	return newUser(ctx, a.Store, email, hash)
}
