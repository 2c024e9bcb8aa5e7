package cli

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// settings are what `gorgon start` would serve with.
type settings struct {
	server   server.Config
	auth     auth.Config
	database string
}

// resolve runs `gorgon start` up to where it would open the database.
func resolve(t *testing.T, s Setup, args ...string) (got settings) {
	t.Helper()
	pr := New(&s)
	old, _, err := pr.root.Find([]string{"start"})
	if err != nil {
		t.Fatal(err)
	}
	pr.root.RemoveCommand(old)
	f := &startFlags{}
	cmd := &cobra.Command{Use: old.Use, Args: old.Args, PreRunE: old.PreRunE, RunE: func(cmd *cobra.Command, _ []string) error {
		got = settings{f.server(cmd, s.Server), f.auth(cmd, s.Shop.Auth), pr.Database()}
		return nil
	}}
	f.add(cmd.Flags())
	pr.root.AddCommand(cmd)
	var stderr strings.Builder
	if status := pr.Run(t.Context(), append([]string{"start"}, args...), io.Discard, &stderr, nil); status != 0 {
		t.Fatalf("gorgon start %q: status %d, %s", args, status, stderr.String())
	}
	return got
}

// lowest returns the lowest level that a logger logs.
func lowest(l *slog.Logger) slog.Level {
	for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn} {
		if l.Enabled(context.Background(), level) {
			return level
		}
	}
	return slog.LevelError
}

// setting is a value of a flag, of its environment variable and of the Config,
// and what each resolves to.
type setting struct {
	flag, fromFlag, fromEnvironment string
	config                          func(s *Setup)
	read                            func(s settings) any
	want                            [4]any // with the flag, the environment, the Config, none of them
}

// precedence has a row for each setting of `gorgon start`.
var precedence = []setting{
	{
		"address", ":1", ":2", func(s *Setup) { s.Server.Address = ":3" },
		func(s settings) any { return s.server.Address }, [4]any{":1", ":2", ":3", ":9000"},
	},
	{
		"jwt-secret", secretOf("flag"), secretOf("environment"), func(s *Setup) { s.Shop.Auth.Secret = []byte(secretOf("config")) },
		func(s settings) any { return string(s.auth.Secret) }, [4]any{secretOf("flag"), secretOf("environment"), secretOf("config"), ""},
	},
	{
		"token-life", "1h", "2h", func(s *Setup) { s.Shop.Auth.TokenLife = 3 * time.Hour },
		func(s settings) any { return s.auth.TokenLife }, [4]any{time.Hour, 2 * time.Hour, 3 * time.Hour, 24 * time.Hour},
	},
	{
		"session-life", "1h", "2h", func(s *Setup) { s.Shop.Auth.SessionLife = 3 * time.Hour },
		func(s settings) any { return s.auth.SessionLife }, [4]any{time.Hour, 2 * time.Hour, 3 * time.Hour, 30 * 24 * time.Hour},
	},
	{
		"admin-cors", "https://a,https://b", "https://c", func(s *Setup) { s.Server.Origins.Admin = []string{"https://d"} },
		func(s settings) any { return s.server.Origins.Admin }, origins(server.LocalOrigins()),
	},
	{
		"store-cors", "https://a,https://b", "https://c", func(s *Setup) { s.Server.Origins.Store = []string{"https://d"} },
		func(s settings) any { return s.server.Origins.Store }, origins(server.LocalOrigins()),
	},
	{
		"auth-cors", "https://a,https://b", "https://c", func(s *Setup) { s.Server.Origins.Auth = []string{"https://d"} },
		func(s settings) any { return s.server.Origins.Auth }, origins(server.LocalOrigins()),
	},
	{
		"max-body", "1", "2", func(s *Setup) { s.Server.MaxBody = 3 },
		func(s settings) any { return s.server.MaxBody }, [4]any{int64(1), int64(2), int64(3), int64(1 << 20)},
	},
	{
		"timeout", "1s", "2s", func(s *Setup) { s.Server.Timeout = 3 * time.Second },
		func(s settings) any { return s.server.Timeout }, [4]any{time.Second, 2 * time.Second, 3 * time.Second, 30 * time.Second},
	},
	{
		"metrics", "true", "false", func(s *Setup) { s.Server.NoMetrics = true },
		func(s settings) any { return !s.server.NoMetrics }, [4]any{true, false, false, true},
	},
	{
		"metrics-address", ":1", "", func(s *Setup) { s.Server.MetricsAddress = ":3" },
		func(s settings) any { return [2]any{s.server.MetricsAddress, s.server.NoMetrics} },
		[4]any{[2]any{":1", false}, [2]any{"", true}, [2]any{":3", false}, [2]any{"127.0.0.1:9464", false}},
	},
	{
		"shutdown-delay", "1s", "2s", func(s *Setup) { s.Server.ShutdownDelay = 3 * time.Second },
		func(s settings) any { return s.server.ShutdownDelay }, [4]any{time.Second, 2 * time.Second, 3 * time.Second, time.Duration(0)},
	},
	{
		"trust-proxy", "false", "true", func(s *Setup) { s.Server.TrustedProxies = 2 },
		func(s settings) any { return s.server.TrustedProxies }, [4]any{0, 1, 2, 0},
	},
	{
		"trusted-proxies", "0", "2", func(s *Setup) { s.Server.TrustedProxies = 3 },
		func(s settings) any { return s.server.TrustedProxies }, [4]any{0, 2, 3, 0},
	},
	text("smtp-url", func(c *server.Config) *string { return &c.Mail.SMTP }),
	text("mail-from", func(c *server.Config) *string { return &c.Mail.From }),
	text("admin-url", func(c *server.Config) *string { return &c.Mail.AdminURL }),
	text("store-url", func(c *server.Config) *string { return &c.Mail.StoreURL }),
	text("files", func(c *server.Config) *string { return &c.Files.Folder }),
	text("files-url", func(c *server.Config) *string { return &c.Files.URL }),
	text("dashboard", func(c *server.Config) *string { return &c.Dashboard }),
	{
		"max-upload", "1", "2", func(s *Setup) { s.Server.Files.MaxSize = 3 },
		func(s settings) any { return s.server.Files.MaxSize }, [4]any{int64(1), int64(2), int64(3), int64(32 << 20)},
	},
	{
		"secure-cookie", "false", "true", func(s *Setup) { s.Server.Auth.SecureCookie = true },
		func(s settings) any { return s.server.Auth.SecureCookie }, [4]any{false, true, true, false},
	},
	{
		"log", "error", "warn", func(s *Setup) {
			s.Server.Log = slog.New(slog.NewTextHandler(io.Discard, &slog.HandlerOptions{Level: slog.LevelDebug}))
		},
		func(s settings) any { return lowest(s.server.Log) },
		[4]any{slog.LevelError, slog.LevelWarn, slog.LevelDebug, slog.LevelInfo},
	},
	{
		"database", "sqlite:flag.db", "sqlite:environment.db", func(s *Setup) { s.Shop.Database = "sqlite:config.db" },
		func(s settings) any { return s.database },
		[4]any{"sqlite:flag.db", "sqlite:environment.db", "sqlite:config.db", shop.DefaultDatabase},
	},
}

// text is the row of a setting without a default.
func text(flag string, of func(c *server.Config) *string) setting {
	return setting{
		flag, "of the flag", "of the environment", func(s *Setup) { *of(&s.Server) = "of the Config" },
		func(s settings) any { return *of(&s.server) }, [4]any{"of the flag", "of the environment", "of the Config", ""},
	}
}

// secretOf returns a secret that is long enough.
func secretOf(what string) string { return what + strings.Repeat(".", auth.MinSecret) }

func origins(local []string) [4]any {
	return [4]any{[]string{"https://a", "https://b"}, []string{"https://c"}, []string{"https://d"}, local}
}

func TestFlagEnvironmentConfigDefault(t *testing.T) {
	for _, row := range precedence {
		t.Run(row.flag, func(t *testing.T) {
			variable := "GORGON_" + strings.ToUpper(strings.ReplaceAll(row.flag, "-", "_"))
			var config Setup
			row.config(&config)
			check := func(i int, level string, got settings) {
				t.Helper()
				if diff := cmp.Diff(row.want[i], row.read(got)); diff != "" {
					t.Errorf("%s: %s", level, diff)
				}
			}
			check(3, "the default", resolve(t, Setup{}))
			check(2, "the Config", resolve(t, config))
			t.Setenv(variable, row.fromEnvironment)
			check(1, "the environment", resolve(t, Setup{}))
			check(1, "the environment before the Config", resolve(t, config))
			check(0, "the flag before all others", resolve(t, config, "--"+row.flag+"="+row.fromFlag))
		})
	}
}

// A new flag of start needs a row of its own.
func TestEverySettingHasARow(t *testing.T) {
	t.Parallel()
	var f startFlags
	flags := pflag.NewFlagSet("start", pflag.ContinueOnError)
	f.add(flags)
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Name != "demo" && // no setting of the Config
			!slices.ContainsFunc(precedence, func(s setting) bool { return s.flag == flag.Name }) {
			t.Errorf("precedence has no row for --%s", flag.Name)
		}
	})
}

// An empty list of origins means that no pages may call, which differs from no
// list; an empty secret is no secret.
func TestEmptySettings(t *testing.T) {
	t.Setenv("GORGON_STORE_CORS", "")
	t.Setenv("GORGON_JWT_SECRET", "")
	t.Setenv("GORGON_DATABASE", "")
	var config Setup
	config.Server.Origins.Admin = []string{}
	config.Shop.Auth.Secret = []byte(secretOf("config"))
	config.Shop.Database = "sqlite:config.db"
	got := resolve(t, config)
	if o := got.server.Origins; o.Admin == nil || len(o.Admin) > 0 || o.Store == nil || len(o.Store) > 0 || len(o.Auth) != 2 {
		t.Errorf("origins: %q", o)
	}
	if string(got.auth.Secret) != secretOf("config") || got.database != "sqlite:config.db" {
		t.Errorf("secret %q, database %q", got.auth.Secret, got.database)
	}
}

func TestLogLevels(t *testing.T) {
	t.Parallel()
	for _, level := range []string{"info", "warn", "error"} {
		var l logLevel
		if err := l.Set(level); err != nil || l.String() != level {
			t.Errorf("%s: %s, %v", level, &l, err)
		}
	}
	l := logLevel(slog.LevelWarn)
	if err := l.Set("debug"); err == nil || l.String() != "warn" {
		t.Errorf("debug: %s, %v", &l, err)
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"127.0.0.1:9000": "http://127.0.0.1:9000", "[::]:9000": "http://localhost:9000", "0.0.0.0:80": "http://localhost:80",
		"[::1]:9000": "http://[::1]:9000", "shop.example.com:9000": "http://shop.example.com:9000", "nowhere": "http://nowhere",
	} {
		if got := baseURL(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

// Values that would turn sessions or addresses into nonsense are refused at start.
func TestStartRefusesSettingsOfClients(t *testing.T) {
	t.Parallel()
	var config Setup
	config.Server.TrustedProxies = -1
	for name, test := range map[string]struct {
		setup Setup
		args  []string
		want  string
	}{
		"no session":         {Setup{}, []string{"--session-life", "0s"}, "--session-life"},
		"a negative session": {Setup{}, []string{"--session-life", "-1h"}, "--session-life"},
		"negative proxies":   {Setup{}, []string{"--trusted-proxies", "-1"}, "--trusted-proxies"},
		"two counts":         {Setup{}, []string{"--trust-proxy", "--trusted-proxies", "2"}, "leave one of them out"},
		"one port for both":  {Setup{}, []string{"--address", ":9599", "--metrics-address", ":9599"}, "--address and --metrics-address cannot both be :9599"},
		"of the Config":      {config, nil, "Server.TrustedProxies"},
	} {
		var stderr strings.Builder
		args := append([]string{"start", "--address", "nowhere:port", "--database", "sqlite:" + t.TempDir() + "/shop.db"}, test.args...)
		if status := New(&test.setup).Run(t.Context(), args, io.Discard, &stderr, nil); status == 0 || !strings.Contains(stderr.String(), test.want) {
			t.Errorf("%s: status %d, %s", name, status, stderr.String())
		}
	}
}
