package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/auth"
)

func userCommand(pr *Program) *cobra.Command {
	return group(&cobra.Command{
		Use:   "user",
		Short: "Manage users of the admin API",
		Long: `Manages users, the people who run the shop. A user logs in to the admin API with an
email and a password.`,
		Example: `  gorgon user create --email ada@example.com`,
	}, userCreateCommand(pr))
}

// userFlags are the flags of `gorgon user create`.
type userFlags struct {
	email, password string
	fromStdin       bool
}

func userCreateCommand(pr *Program) *cobra.Command {
	f := &userFlags{}
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Create a user with a password",
		Long: `Creates a user who logs in with an email and a password of at least 8 characters.
Without a flag for the password, the terminal asks for it and does not echo it. A
password given with --password is visible in the history of the shell and in the
list of processes; --password-stdin reads the first line of standard input
instead.`,
		Example: `  gorgon user create --email ada@example.com
  printf '%s\n' "$PASSWORD" | gorgon user create --email ada@example.com --password-stdin`,
		Args: f.args,
		RunE: pr.opened(func(cmd *cobra.Command, _ []string) error { return f.run(pr, cmd) }),
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
		return wrongUsage("--password and --password-stdin exclude each other; leave one out")
	case !f.fromStdin && !cmd.Flags().Changed("password") && !isTerminal(cmd.InOrStdin()):
		return wrongUsage("there is no terminal to ask for the password at; use --password-stdin")
	}
	return arguments()(cmd, args)
}

func (f *userFlags) run(pr *Program, cmd *cobra.Command) error {
	if err := auth.CheckEmail(f.email); err != nil {
		return err // before the user types a password
	}
	password, err := f.readPassword(cmd)
	if err != nil {
		return err
	}
	c, err := pr.Auth.CreateUser(cmd.Context(), f.email, password)
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
