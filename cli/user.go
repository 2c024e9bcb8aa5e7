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
		Example: `  gorgon user create --email ada@example.com
  gorgon user password --email ada@example.com`,
	}, userListCommand(pr), userCreateCommand(pr), userPasswordCommand(pr), userInviteCommand(pr), userDeleteCommand(pr))
}

// userFlags are the flags of the commands that set a password.
type userFlags struct {
	email, password string
	fromStdin       bool
}

const passwordHelp = `
Without a flag for the password, the terminal asks for it and does not echo it. A
password given with --password is visible in the history of the shell and in the
list of processes; --password-stdin reads the first line of standard input
instead.`

func userCreateCommand(pr *Program) *cobra.Command {
	f := &userFlags{}
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Create a user with a password",
		Long:  "Creates a user who logs in with an email and a password of at least 8 characters." + passwordHelp,
		Example: `  gorgon user create --email ada@example.com
  printf '%s\n' "$PASSWORD" | gorgon user create --email ada@example.com --password-stdin`,
		Args: f.args,
		RunE: pr.opened(func(cmd *cobra.Command, _ []string) error { return f.create(pr, cmd) }),
	}
	f.add(cmd)
	return cmd
}

func userPasswordCommand(pr *Program) *cobra.Command {
	f := &userFlags{}
	cmd := &cobra.Command{
		Use:   "password",
		Short: "Set the password of a user",
		Long:  "Sets the password of a user, such as one who has lost theirs. The old one ends." + passwordHelp,
		Example: `  gorgon user password --email ada@example.com
  printf '%s\n' "$PASSWORD" | gorgon user password --email ada@example.com --password-stdin`,
		Args: f.args,
		RunE: pr.opened(func(cmd *cobra.Command, _ []string) error { return f.change(pr, cmd) }),
	}
	f.add(cmd)
	pr.completeEmail(cmd)
	return cmd
}

func (f *userFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.email, "email", "", "the email to log in with")
	cmd.Flags().StringVar(&f.password, "password", "", "the password")
	cmd.Flags().BoolVar(&f.fromStdin, "password-stdin", false, "read the password from standard input")
}

func (f *userFlags) args(cmd *cobra.Command, args []string) error {
	switch {
	case f.email == "":
		return needsEmail(cmd)
	case f.fromStdin && cmd.Flags().Changed("password"):
		return wrongUsage("--password and --password-stdin exclude each other; leave one out")
	case !f.fromStdin && !cmd.Flags().Changed("password") && !isTerminal(cmd.InOrStdin()):
		return wrongUsage("there is no terminal to ask for the password at; use --password-stdin")
	}
	return arguments()(cmd, args)
}

func needsEmail(cmd *cobra.Command) error { return wrongUsage("%s needs --email", cmd.CommandPath()) }

func (f *userFlags) create(pr *Program, cmd *cobra.Command) error {
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
	return done(cmd, c, "created user %s (%s)\n", c.Email, c.ID)
}

func (f *userFlags) change(pr *Program, cmd *cobra.Command) error {
	u, err := pr.Auth.UserOf(cmd.Context(), f.email)
	if err != nil {
		return err // before the user types a password
	}
	password, err := f.readPassword(cmd)
	if err != nil {
		return err
	}
	if err := pr.Auth.SetUserPassword(cmd.Context(), u.Email, password); err != nil {
		return err
	}
	return done(cmd, person{ID: u.ID, Email: u.Email, CanLogIn: true}, "set the password of %s\n", u.Email)
}

// done prints what a command has done, as JSON if that is wanted.
func done(cmd *cobra.Command, result any, format string, args ...any) error {
	if wantsJSON(cmd) {
		return printJSON(cmd, result)
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), format, args...)
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
