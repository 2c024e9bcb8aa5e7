package cli

import (
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/web"
)

func startCommand(pr *Program) *cobra.Command {
	f := &startFlags{}
	cmd := &cobra.Command{
		Use:   "start",
		Short: "Serve the shop over HTTP",
		Long: `Serves the REST API: /admin for the people who run the shop, /store for storefronts,
/auth to log in, /docs, which documents every route, and /explore, a page to look at
models, links and records. The tables are created or brought up to date first. An interrupt stops the server after the requests in
flight. Metrics are served at an address of their own.

With --demo, an empty database is first filled with the demo shop, and a link to the
explorer and a token to try the API with are printed.

Each flag has an environment variable: GORGON_JWT_SECRET for --jwt-secret,
GORGON_STORE_CORS for --store-cors, and so on. A flag takes precedence over the
environment, and the environment over the Config of the program.`,
		Example: `  gorgon start --demo
  gorgon start --database postgres://gorgon@localhost/shop --address 127.0.0.1:9000
  GORGON_STORE_CORS=https://shop.example.com gorgon start`,
		Args:    arguments(),
		PreRunE: fromEnvironment,
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(pr, cmd, args) },
	}
	f.add(cmd.Flags())
	return cmd
}

// run serves the shop until the context of the command ends.
func (f *startFlags) run(pr *Program, cmd *cobra.Command, args []string) error {
	if err := f.positive(cmd); err != nil {
		return err
	}
	settings := f.server(cmd, pr.setup.Server)
	logins := f.auth(cmd, pr.setup.Shop.Auth)
	if err := module.FirstError(settings.Check(), logins.Check()); err != nil {
		return err
	}
	pr.logins = &logins
	defer func() { pr.logins = nil }()
	return pr.migrated(func(cmd *cobra.Command, _ []string) (err error) {
		hint := ""
		if f.demo {
			if hint, err = pr.startDemo(cmd, &settings); err != nil {
				return err
			}
		}
		notes, err := pr.startNotes(cmd.Context(), settings)
		if err != nil {
			return err
		}
		return server.New(pr.Shop, settings, pr.setup.Routes).ListenAndServe(cmd.Context(), func(at server.Addresses) {
			base, metrics := baseURL(at.API), ""
			if at.Metrics != "" {
				metrics = "Metrics at " + baseURL(at.Metrics) + "/metrics\n"
			}
			if settings.Dashboard != "" {
				notes = "The dashboard is at " + base + web.DashboardBase + "\n" + notes
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Listening on %s, with the API documented at %s/docs and the explorer at %[2]s/explore\n%[3]s%[4]s", at.API, base, metrics+notes, strings.ReplaceAll(hint, "BASE", base))
		})
	})(cmd, args)
}

// startNotes returns what the operator of a shop that starts should know.
func (pr *Program) startNotes(ctx context.Context, settings server.Config) (string, error) {
	users, err := pr.User.Users.Count(ctx, nil)
	if err != nil {
		return "", err
	}
	notes := ""
	if users == 0 {
		notes += inMessage(pr.root, noUsers) + "\n"
	}
	if !settings.Mail.Sends() {
		notes += noMail + "\n"
	}
	return notes, nil
}

// noMail says what to do while no mail is sent.
const noMail = "No mail is sent: password resets and invitations reach no one until --smtp-url and --mail-from are set."

// baseURL returns the URL by which a client on this machine reaches an address.
func baseURL(address string) string {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "http://" + address
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
