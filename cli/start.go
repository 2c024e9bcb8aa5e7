package cli

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/server"
)

// startFlags are the flags of `gorgon start`. Each has an environment variable
// of the same name: --jwt-secret is GORGON_JWT_SECRET.
type startFlags struct {
	address                           string
	demo                              bool
	secret                            string
	tokenLife                         time.Duration
	adminCORS, storeCORS, authCORS    []string
	maxBody                           int64
	timeout                           time.Duration
	metrics, trustProxy, secureCookie bool
	log                               string
}

func startCommand(pr *Program) *cobra.Command {
	f := &startFlags{}
	cmd := &cobra.Command{
		Use:   "start",
		Short: "Serve the shop over HTTP",
		Long: `Serves the REST API: /admin for those who work for the shop, /store for its
storefronts, /auth to log in, /docs to read about all of it. The tables are
created or brought up to date first. An interrupt finishes the requests in
flight.

With --demo, an empty database gets the demo shop first, and a token to try the
API with is printed.

Each flag can also be set in the environment: --jwt-secret as GORGON_JWT_SECRET,
--store-cors as GORGON_STORE_CORS, and so on. A flag comes before the
environment, and that before the Config of the program.`,
		Example: `  gorgon start --demo
  gorgon start --database postgres://gorgon@localhost/shop --address 127.0.0.1:9000
  GORGON_STORE_CORS=https://shop.example.com gorgon start`,
		Args:    arguments(),
		PreRunE: f.environment,
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(pr, cmd, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.address, "address", server.DefaultAddress, "where to listen")
	flags.BoolVar(&f.demo, "demo", false, "create the demo shop when the database is empty, and print a token")
	flags.StringVar(&f.secret, "jwt-secret", "", "what signs tokens; without one, a key that is kept in the database")
	flags.DurationVar(&f.tokenLife, "token-life", 24*time.Hour, "how long a token is good")
	flags.StringSliceVar(&f.adminCORS, "admin-cors", server.LocalOrigins(), "origins whose pages may call /admin")
	flags.StringSliceVar(&f.storeCORS, "store-cors", server.LocalOrigins(), "origins whose pages may call /store")
	flags.StringSliceVar(&f.authCORS, "auth-cors", server.LocalOrigins(), "origins whose pages may call /auth")
	flags.Int64Var(&f.maxBody, "max-body", 1<<20, "bytes of a request's body")
	flags.DurationVar(&f.timeout, "timeout", 30*time.Second, "how long a request may take")
	flags.BoolVar(&f.metrics, "metrics", true, "serve counters at /metrics")
	flags.BoolVar(&f.trustProxy, "trust-proxy", false, "take the client's address from the last entry of X-Forwarded-For")
	flags.BoolVar(&f.secureCookie, "secure-cookie", false, "keep session cookies to HTTPS")
	flags.StringVar(&f.log, "log", "info", "what to log: info (each request), warn, error")
	return cmd
}

// startSettings are the flags that can be set in the environment, too.
var startSettings = []string{
	"address", "demo", "jwt-secret", "token-life", "admin-cors", "store-cors", "auth-cors", "max-body", "timeout", "metrics",
	"trust-proxy", "secure-cookie", "log",
}

// environment sets the flags that the command line left open.
func (f *startFlags) environment(cmd *cobra.Command, _ []string) error {
	for _, name := range startSettings {
		variable := "GORGON_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		text, ok := os.LookupEnv(variable)
		if !ok || cmd.Flags().Changed(name) {
			continue
		}
		if err := cmd.Flags().Set(name, text); err != nil {
			if name == "jwt-secret" {
				text = "…"
			}
			return wrongUsage("the environment variable %s cannot be %q", variable, text)
		}
	}
	return nil
}

// server returns the settings of the server: what a flag or the environment
// says, else what the Config says.
func (f *startFlags) server(cmd *cobra.Command, c server.Config) (server.Config, error) {
	level, ok := map[string]slog.Level{"info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}[f.log]
	if !ok {
		return c, wrongUsage("--log cannot be %q; it is info, warn or error", f.log)
	}
	given := cmd.Flags().Changed
	choose(&c.Address, f.address, given("address"))
	choose(&c.MaxBody, f.maxBody, given("max-body"))
	choose(&c.Timeout, f.timeout, given("timeout"))
	chooseList(&c.Origins.Admin, f.adminCORS, given("admin-cors"))
	chooseList(&c.Origins.Store, f.storeCORS, given("store-cors"))
	chooseList(&c.Origins.Auth, f.authCORS, given("auth-cors"))
	if given("metrics") {
		c.NoMetrics = !f.metrics
	}
	choose(&c.Auth.TrustProxy, f.trustProxy, given("trust-proxy"))
	choose(&c.Auth.SecureCookie, f.secureCookie, given("secure-cookie"))
	if c.Log == nil || given("log") {
		c.Log = slog.New(slog.NewJSONHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level}))
	}
	return c, nil
}

// auth returns the settings of logins, likewise.
func (f *startFlags) auth(cmd *cobra.Command, c auth.Config) auth.Config {
	if cmd.Flags().Changed("jwt-secret") {
		c.Secret = []byte(f.secret)
	}
	choose(&c.TokenLife, f.tokenLife, cmd.Flags().Changed("token-life"))
	return c
}

// choose sets a setting of the Config that a flag was given for, or that is
// open: then to the default of the flag.
func choose[T comparable](config *T, flag T, given bool) {
	if given || *config == *new(T) {
		*config = flag
	}
}

func chooseList(config *[]string, flag []string, given bool) {
	if given || *config == nil {
		*config = flag
	}
}

func (f *startFlags) run(pr *Program, cmd *cobra.Command, args []string) error {
	c, err := f.server(cmd, pr.setup.Server)
	if err != nil {
		return err
	}
	logins := f.auth(cmd, pr.setup.Shop.Auth)
	pr.logins = &logins
	defer func() { pr.logins = nil }()
	return pr.migrated(func(cmd *cobra.Command, _ []string) error {
		hint := ""
		if f.demo {
			if hint, err = pr.startDemo(cmd); err != nil {
				return err
			}
		}
		return server.ListenAndServe(cmd.Context(), pr.Shop, c, pr.setup.Routes, func(address string) {
			fmt.Fprintf(cmd.OutOrStdout(), "Listening on %s, with the API described at %s/docs\n", address, baseURL(address))
			fmt.Fprint(cmd.OutOrStdout(), strings.ReplaceAll(hint, "BASE", baseURL(address)))
		})
	})(cmd, args)
}

// baseURL is how a client on this machine reaches an address.
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

// demoEmail is the user of the demo shop.
const demoEmail = "demo@example.com"

// startDemo makes the demo shop, a user and a storefront key, and answers what
// to try: with a token, since the user's password is not known to anybody.
func (pr *Program) startDemo(cmd *cobra.Command) (string, error) {
	ctx := cmd.Context()
	n, err := pr.Order.Orders.Count(ctx, nil)
	if err != nil {
		return "", err
	}
	if n == 0 {
		p := newProgress(cmd)
		made, err := demo.Seed(ctx, pr.Shop, demo.Options{
			Seed: 1, Orders: 2000, Progress: func(done, total int) { p.show("orders", int64(done), int64(total)) },
		})
		p.end()
		if err != nil {
			return "", err
		}
		fmt.Fprintln(cmd.OutOrStdout(), madeLine(made))
	}
	token, key, err := pr.demoCredentials(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(`
An order of the demo shop, and a page of those that are paid:

  TOKEN=%s
  curl -s -H "Authorization: Bearer $TOKEN" 'BASE/admin/orders?limit=1&fields=*,*items,*customer,*payment_collections'
  curl -s -H "Authorization: Bearer $TOKEN" -g 'BASE/admin/orders?payment_collections.status=completed&order=-customer.email&limit=3'

Its products, as a storefront sees them:

  curl -s -H 'x-publishable-api-key: %s' 'BASE/store/products?limit=2'
`, token, key), nil
}

// demoCredentials are an administrator's token and a publishable key.
func (pr *Program) demoCredentials(ctx context.Context) (token, key string, err error) {
	token, err = pr.Auth.TokenFor(ctx, "user", demoEmail)
	if fault.TypeOf(err) == fault.NotFound {
		// Nobody needs the password: the token is what is printed.
		if _, err = pr.Auth.CreateUser(ctx, demoEmail, rand.Text()); err == nil {
			token, err = pr.Auth.TokenFor(ctx, "user", demoEmail)
		}
	}
	if err != nil {
		return "", "", err
	}
	keys, err := pr.APIKey.APIKeys.List(ctx, module.Where{"type": "publishable", "revoked_at": nil}, module.Page{Limit: 1})
	if err == nil && len(keys) > 0 {
		key = keys[0].Token
	}
	return token, key, err
}
