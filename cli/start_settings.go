package cli

import (
	"errors"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/file"
	"github.com/gorgon-commerce/gorgon/server"
)

// startFlags are the flags of `gorgon start`.
type startFlags struct {
	address, metricsAddress           string
	demo                              bool
	secret                            string
	tokenLife, sessionLife            time.Duration
	adminCORS, storeCORS, authCORS    []string
	maxBody                           int64
	timeout, shutdownDelay            time.Duration
	trustedProxies                    int
	smtp, from, adminURL, storeURL    string // of mails
	dashboard                         string
	files, filesURL                   string
	maxUpload                         int64
	metrics, trustProxy, secureCookie bool
	log                               logLevel
}

func (f *startFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.address, "address", server.DefaultAddress, "address to listen on")
	flags.BoolVar(&f.demo, "demo", false, "create the demo shop in an empty database, and print a token")
	flags.StringVar(&f.secret, "jwt-secret", "", "secret that signs tokens (default a key kept in the database)")
	flags.DurationVar(&f.tokenLife, "token-life", 24*time.Hour, "how long a token is valid")
	flags.DurationVar(&f.sessionLife, "session-life", auth.DefaultSessionLife, "how long after a login its token can be refreshed")
	flags.StringSliceVar(&f.adminCORS, "admin-cors", server.LocalOrigins(), "origins whose pages may call /admin")
	flags.StringSliceVar(&f.storeCORS, "store-cors", server.LocalOrigins(), "origins whose pages may call /store")
	flags.StringSliceVar(&f.authCORS, "auth-cors", server.LocalOrigins(), "origins whose pages may call /auth")
	flags.Int64Var(&f.maxBody, "max-body", api.DefaultMaxBody, "maximum size of a request body in bytes")
	flags.DurationVar(&f.timeout, "timeout", api.DefaultTimeout, "maximum duration of a request")
	flags.BoolVar(&f.metrics, "metrics", true, "serve Prometheus metrics at /metrics of --metrics-address")
	flags.StringVar(&f.metricsAddress, "metrics-address", server.DefaultMetricsAddress, "address to serve metrics on; empty for none")
	flags.DurationVar(&f.shutdownDelay, "shutdown-delay", 0, "how long to accept requests after /ready says no, when the server ends")
	flags.BoolVar(&f.trustProxy, "trust-proxy", false, "the same as --trusted-proxies 1")
	flags.IntVar(&f.trustedProxies, "trusted-proxies", 0, "number of proxies before the server, each of which appends to X-Forwarded-For")
	flags.BoolVar(&f.secureCookie, "secure-cookie", false, "send session cookies over HTTPS only")
	flags.StringVar(&f.smtp, "smtp-url", "", "mail server for password resets and invitations: smtp://user:password@host:587 or smtps://…")
	flags.StringVar(&f.from, "mail-from", "", "address that mails come from, such as \"Shop <shop@example.com>\"")
	flags.StringVar(&f.adminURL, "admin-url", "", "URL of the dashboard, for links in mails to users")
	flags.StringVar(&f.storeURL, "store-url", "", "URL of the storefront, for links in mails to customers")
	flags.StringVar(&f.dashboard, "dashboard", "", "folder of a built admin dashboard, to be served at /app")
	flags.StringVar(&f.files, "files", "", "folder of uploaded files (default gorgon-files beside the SQLite file, or in the working folder)")
	flags.StringVar(&f.filesURL, "files-url", "", "URL of that folder as clients reach it, such as https://shop.example.com/static (default /static of the host they call)")
	flags.Int64Var(&f.maxUpload, "max-upload", file.DefaultMaxSize, "maximum size of an uploaded file in bytes")
	f.log = logLevel(slog.LevelInfo)
	flags.Var(&f.log, "log", "what to log: info (every request), warn or error")
}

// fromEnvironment sets the flags of a command that the command line does not
// give from the environment: --jwt-secret from GORGON_JWT_SECRET.
func fromEnvironment(cmd *cobra.Command, _ []string) error {
	var problems []error
	cmd.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		text, ok := os.LookupEnv(variableOf(f.Name))
		if !ok || f.Changed || f.Name == "help" {
			return
		}
		if err := cmd.Flags().Set(f.Name, text); err != nil {
			problems = append(problems, wrongUsage("the environment variable %s takes %s, not %q", variableOf(f.Name), takes(f), text))
		}
	})
	return errors.Join(problems...)
}

// variableOf returns the name of the environment variable of a flag.
func variableOf(flag string) string {
	return "GORGON_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// positive refuses values of flags that contradict each other or are too small:
// unlike a zero in the Config, a zero does not mean the default.
func (f *startFlags) positive(cmd *cobra.Command) error {
	if f.trustProxy && cmd.Flags().Changed("trusted-proxies") && f.trustedProxies != 1 {
		return wrongUsage("--trust-proxy means --trusted-proxies 1, but --trusted-proxies is %d; leave one of them out", f.trustedProxies)
	}
	for _, flag := range []struct {
		name string
		ok   bool
		want string
	}{
		{"token-life", f.tokenLife > 0, "more than 0"}, {"session-life", f.sessionLife > 0, "more than 0"}, {"max-body", f.maxBody > 0, "more than 0"},
		{"max-upload", f.maxUpload > 0, "more than 0"}, {"timeout", f.timeout > 0, "more than 0"}, {"shutdown-delay", f.shutdownDelay >= 0, "0 or more"}, {"trusted-proxies", f.trustedProxies >= 0, "0 or more"},
	} {
		if !flag.ok {
			return wrongUsage("--%s (or %s) cannot be %s; it must be %s", flag.name, variableOf(flag.name), cmd.Flags().Lookup(flag.name).Value, flag.want)
		}
	}
	return nil
}

// server returns the settings of the server: those of flags that were given, by
// the command line or the environment, else those of the Config, else the
// defaults of the flags.
func (f *startFlags) server(cmd *cobra.Command, c server.Config) server.Config {
	given := cmd.Flags().Changed
	choose(&c.Address, f.address, given("address"))
	choose(&c.MetricsAddress, f.metricsAddress, given("metrics-address"))
	choose(&c.MaxBody, f.maxBody, given("max-body"))
	choose(&c.Timeout, f.timeout, given("timeout"))
	choose(&c.ShutdownDelay, f.shutdownDelay, given("shutdown-delay"))
	chooseList(&c.Origins.Admin, f.adminCORS, given("admin-cors"))
	chooseList(&c.Origins.Store, f.storeCORS, given("store-cors"))
	chooseList(&c.Origins.Auth, f.authCORS, given("auth-cors"))
	if given("metrics") {
		c.NoMetrics = !f.metrics
	}
	c.NoMetrics = c.NoMetrics || c.MetricsAddress == "" // given as empty
	switch {
	case given("trusted-proxies"):
		c.TrustedProxies = f.trustedProxies
	case given("trust-proxy") && f.trustProxy:
		c.TrustedProxies = 1
	case given("trust-proxy"):
		c.TrustedProxies = 0
	}
	choose(&c.Mail.SMTP, f.smtp, given("smtp-url"))
	choose(&c.Mail.From, f.from, given("mail-from"))
	choose(&c.Mail.AdminURL, f.adminURL, given("admin-url"))
	choose(&c.Mail.StoreURL, f.storeURL, given("store-url"))
	choose(&c.Dashboard, f.dashboard, given("dashboard"))
	choose(&c.Files.Folder, f.files, given("files"))
	choose(&c.Files.URL, f.filesURL, given("files-url"))
	choose(&c.Files.MaxSize, f.maxUpload, given("max-upload"))
	choose(&c.Auth.SecureCookie, f.secureCookie, given("secure-cookie"))
	if c.Log == nil || given("log") {
		c.Log = newLog(cmd.ErrOrStderr(), slog.Level(f.log))
	}
	return c
}

// auth returns the settings of logins, likewise. An empty secret is no secret: a
// variable that was left empty does not replace the secret of the Config.
func (f *startFlags) auth(cmd *cobra.Command, c auth.Config) auth.Config {
	if f.secret != "" {
		c.Secret = []byte(f.secret)
	}
	choose(&c.TokenLife, f.tokenLife, cmd.Flags().Changed("token-life"))
	choose(&c.SessionLife, f.sessionLife, cmd.Flags().Changed("session-life"))
	return c
}

// choose sets a setting of a Config to the value of its flag when the flag was
// given or the setting is the zero value.
func choose[T comparable](setting *T, flag T, given bool) {
	if given || *setting == *new(T) {
		*setting = flag
	}
}

// chooseList is choose for a list, of which an empty one is not the zero value.
func chooseList(setting *[]string, flag []string, given bool) {
	if given || *setting == nil {
		*setting = flag
	}
}

// logLevel is the value of --log.
type logLevel slog.Level

func (l *logLevel) String() string { return strings.ToLower(slog.Level(*l).String()) }
func (l *logLevel) Type() string   { return "level" }

func (l *logLevel) Set(text string) error {
	level, ok := map[string]slog.Level{"info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}[text]
	if !ok {
		return errors.New("unknown level")
	}
	*l = logLevel(level)
	return nil
}
