package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/flows/people"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/user"
	"github.com/gorgon-commerce/gorgon/show"
)

// person is a user as the commands print them.
type person struct {
	ID       string `json:"id"`
	Email    string `json:"email"`
	Name     string `json:"name"`
	CanLogIn bool   `json:"can_log_in"`
}

func userListCommand(pr *Program) *cobra.Command {
	return csvFlag(&cobra.Command{
		Use:   "list",
		Short: "List the users",
		Long: `Lists the users, and whether each can log in. One who cannot has lost their login;
` + "`gorgon user password`" + ` makes a new one.`,
		Example: `  gorgon user list
  gorgon user list --json`,
		Args: arguments(),
		RunE: pr.opened(func(cmd *cobra.Command, _ []string) error {
			all, err := pr.people(cmd.Context())
			if err != nil {
				return err
			}
			if wantsJSON(cmd) {
				return printJSON(cmd, all)
			}
			if len(all) == 0 {
				footer(cmd, "no users; `gorgon user create --email you@example.com` creates one")
				return nil
			}
			t := &show.Table{Columns: []string{"EMAIL", "NAME", "CAN LOG IN", "ID"}}
			for _, p := range all {
				t.Add(show.OneLine(p.Email), show.OneLine(p.Name), map[bool]string{true: "yes", false: "no"}[p.CanLogIn], p.ID)
			}
			return writeTable(cmd, t)
		}),
	})
}

// people returns the users by email.
func (pr *Program) people(ctx context.Context) ([]person, error) {
	users, err := pr.User.Users.List(ctx, nil, module.Page{Order: []string{"email"}})
	if err != nil {
		return nil, err
	}
	all := make([]person, len(users))
	for i, u := range users {
		all[i] = person{ID: u.ID, Email: u.Email, Name: nameOf(u)}
		if all[i].CanLogIn, err = pr.Auth.CanLogIn(ctx, "user", u.ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func nameOf(u *user.User) string {
	var parts []string
	for _, name := range []*string{u.FirstName, u.LastName} {
		if name != nil && *name != "" {
			parts = append(parts, *name)
		}
	}
	return strings.Join(parts, " ")
}

func userDeleteCommand(pr *Program) *cobra.Command {
	var email string
	cmd := &cobra.Command{
		Use:   "delete",
		Short: "Delete a user",
		Long: `Deletes a user, who can no longer log in and whose tokens end. The login with the
email is free for another registration.`,
		Example: `  gorgon user delete --email ada@example.com`,
		Args:    withEmail(&email),
		RunE: pr.opened(func(cmd *cobra.Command, _ []string) error {
			u, err := pr.Auth.UserOf(cmd.Context(), email)
			if err != nil {
				return err
			}
			if err := pr.User.Users.SoftDelete(cmd.Context(), u.ID); err != nil {
				return err
			}
			n, err := pr.User.Users.Count(cmd.Context(), nil)
			if err != nil {
				return err
			}
			if n == 0 {
				fmt.Fprintln(cmd.ErrOrStderr(), "warning: that was the last user. "+inMessage(cmd, noUsers))
			}
			return done(cmd, person{ID: u.ID, Email: u.Email, Name: nameOf(u)}, "deleted user %s (%s)\n", u.Email, u.ID)
		}),
	}
	cmd.Flags().StringVar(&email, "email", "", "the email of the user")
	pr.completeEmail(cmd)
	return cmd
}

// noUsers says what to do while no user exists.
const noUsers = "No one can log in to the admin API: create a user with `gorgon user create --email you@example.com`."

func userInviteCommand(pr *Program) *cobra.Command {
	var email string
	cmd := &cobra.Command{
		Use:   "invite",
		Short: "Invite a person to become a user",
		Long: `Creates an invite and prints its token, which is good for a day. Whoever registers
with the email that was invited becomes a user with it, at POST
/admin/invites/accept. Send it to no one else.`,
		Example: `  gorgon user invite --email grace@example.com
  gorgon user invite --email grace@example.com --json`,
		Args: withEmail(&email),
		RunE: pr.opened(func(cmd *cobra.Command, _ []string) error {
			if err := auth.CheckEmail(email); err != nil {
				return err
			}
			i := &user.Invite{Email: email}
			if err := people.New(pr.Shop).Invite(cmd.Context(), i); err != nil {
				return err
			}
			return done(cmd, i, "invited %s until %s, with the token\n%s\n", i.Email, i.ExpiresAt.Format("2006-01-02 15:04 MST"), i.Token)
		}),
	}
	cmd.Flags().StringVar(&email, "email", "", "the email to invite")
	return cmd
}

// withEmail is the argument check of commands that need only --email.
func withEmail(email *string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if *email == "" {
			return needsEmail(cmd)
		}
		return arguments()(cmd, args)
	}
}

// completeEmail completes --email with the emails of users.
func (pr *Program) completeEmail(cmd *cobra.Command) {
	_ = cmd.RegisterFlagCompletionFunc("email", func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		if _, missing := pr.missingFile(); missing {
			return nil, noFiles
		}
		s, err := pr.Open(cmd.Context())
		if err != nil {
			return nil, noFiles // the command itself reports the error
		}
		defer func() { _ = s.Close() }()
		users, err := s.User.Users.List(cmd.Context(), nil, module.Page{Limit: 100, Order: []string{"email"}})
		if err != nil {
			return nil, noFiles
		}
		emails := make([]string, len(users))
		for i, u := range users {
			emails[i] = u.Email
		}
		return emails, noFiles
	}) // fails only for a flag that does not exist
}
