package server

import (
	"log/slog"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/login"
	"github.com/gorgon-commerce/gorgon/api/store"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/file"
	"github.com/gorgon-commerce/gorgon/mail"
	"github.com/gorgon-commerce/gorgon/module"
)

// Where a server listens unless told otherwise. Counters are for the machine
// itself: they tell what a shop sells and how much.
const (
	DefaultAddress        = ":9000"
	DefaultMetricsAddress = "127.0.0.1:9464"
)

// Config is how the HTTP API of a shop is served. The zero value of each
// setting means its default; `gorgon start` has a flag for each.
type Config struct {
	// Address is where to listen. Default: DefaultAddress.
	Address string
	// Origins are the sites whose pages may call the API. Default of each list: those on localhost; an empty list allows none.
	Origins api.Origins
	// Auth bounds attempts to log in.
	Auth login.Config
	// Mail is how password resets and invitations reach people. Default: no mail is sent, and people get tokens only from
	// an administrator.
	Mail mail.Config
	// Files are where uploads are kept. Default: a folder beside the SQLite file, or in the working folder.
	Files file.Config
	// TrustedProxies is how many proxies of ours stand before the server. Each must append the address that it has seen to
	// X-Forwarded-For. Default: none, and the header is ignored.
	TrustedProxies int
	// MaxBody is how many bytes a request's body may have. Default: api.DefaultMaxBody.
	MaxBody int64
	// Timeout is how long the work of a request may take. Default: api.DefaultTimeout.
	Timeout time.Duration
	// Storefront shows storefronts more than the built-in fields, such as fields of the shop's own modules.
	Storefront []store.Opening
	// Dashboard is the folder of a built admin dashboard, which is served at /app. Default: none is.
	Dashboard string
	// MetricsAddress is where GET /metrics is served, apart from the API. Default: DefaultMetricsAddress.
	MetricsAddress string
	// NoMetrics leaves GET /metrics out.
	NoMetrics bool
	// ShutdownDelay is how long the server goes on as before once it is told to end and GET /ready says no:
	// the time that a load balancer takes to notice. Default: none.
	ShutdownDelay time.Duration
	// Log receives requests and failures. Default: nothing is logged.
	Log *slog.Logger
}

// Check returns an invalid_data error if a setting is not valid.
func (c Config) Check() error {
	return module.FirstError(
		checkAddress("the address to listen on (--address)", c.Address, "9000"),
		checkAddress("the address for metrics (--metrics-address)", c.MetricsAddress, "9464"),
		c.checkPorts(),
		fault.NotNegative("Server.MaxBody", c.MaxBody),
		fault.NotNegative("Server.Timeout", c.Timeout),
		fault.NotNegative("Server.TrustedProxies", c.TrustedProxies),
		fault.NotNegative("Server.ShutdownDelay", c.ShutdownDelay),
		c.Origins.Check(),
		c.Auth.Check(),
		c.Mail.Check(),
		checkDashboard(c.Dashboard),
		c.Files.Check(),
	)
}

// checkPorts returns an error if the API and the metrics have the same address.
func (c Config) checkPorts() error {
	c = c.orDefaults()
	if c.NoMetrics || c.Address != c.MetricsAddress || strings.HasSuffix(c.Address, ":0") {
		return nil
	}
	return fault.New(fault.InvalidData, "--address and --metrics-address cannot both be %s; choose another --metrics-address, or --metrics=false", c.Address)
}

// LocalOrigins are the origins of pages on the machine itself.
func LocalOrigins() []string { return []string{"http://localhost:*", "http://127.0.0.1:*"} }

// orDefaults returns the settings with their defaults filled in.
func (c Config) orDefaults() Config {
	if c.Address == "" {
		c.Address = DefaultAddress
	}
	if c.MetricsAddress == "" {
		c.MetricsAddress = DefaultMetricsAddress
	}
	for _, origins := range []*[]string{&c.Origins.Admin, &c.Origins.Store, &c.Origins.Auth} {
		if *origins == nil {
			*origins = LocalOrigins()
		}
	}
	if c.Timeout <= 0 {
		c.Timeout = api.DefaultTimeout
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}
