package postgres

import (
	"context"
	"errors"
	"net"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/gorgon-commerce/gorgon/fault"
)

// notOpened converts the error of the first connection, which whoever starts the
// program sees: unlike problem, it names the server, the user or the database.
func notOpened(ctx context.Context, url string, c *pgconn.Config, err error) error {
	if ctx.Err() != nil {
		return problem(err)
	}
	if ambiguous(url) || strings.Contains(c.Host, "@") {
		return fault.Wrap(err, fault.Unavailable, "cannot connect to PostgreSQL: its URL has an @ in the wrong place; in a user or password write %%40 for @, %%23 for #, %%2F for / and %%3F for ?")
	}
	at := strings.Join(servers(c), ", ")
	var e *pgconn.PgError
	switch {
	case !errors.As(err, &e):
		return fault.Wrap(err, fault.Unavailable, "PostgreSQL at %s does not answer%s", at, reason(err))
	case e.Code == "3D000" && c.Database == "":
		return fault.Wrap(err, fault.InvalidData, "the URL of PostgreSQL at %s names no database: want postgres://user:password@host:5432/database", at)
	case e.Code == "3D000":
		return fault.Wrap(err, fault.Unavailable, "there is no database %q at %s; check the name, or create it with createdb --encoding=UTF8 --template=template0 -h %s -p %d -U %s %s", c.Database, at, c.Host, c.Port, c.User, c.Database)
	case e.Code == "42704":
		name := strings.TrimSuffix(strings.TrimPrefix(e.Message, `unrecognized configuration parameter "`), `"`)
		return fault.Wrap(err, fault.InvalidData, "the URL of PostgreSQL at %s has an unknown parameter %q%s", at, name, fault.DidYouMean(name, parameters))
	case strings.HasPrefix(e.Code, "28"):
		return fault.Wrap(err, fault.Unavailable, "the login of user %q at %s was refused; check the user, the password and the server's pg_hba.conf", c.User, at)
	}
	return problem(err)
}

// parameters are those of URLs that people set.
var parameters = []string{"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "pool_max_conns", "pool_min_conns", "search_path", "application_name", "target_session_attrs"}

// ambiguous reports whether a URL has an @ behind its host. A password may then
// hold a character that ends the host, and what is taken for the host, the port
// or the database may be part of it.
func ambiguous(url string) bool {
	_, rest, _ := strings.Cut(url, "://")
	end := strings.IndexAny(rest, "/?#")
	return end >= 0 && strings.Contains(rest[end:], "@")
}

// servers returns where a configuration looks for the server.
func servers(c *pgconn.Config) []string {
	all := []string{address(c.Host, c.Port)}
	for _, f := range c.Fallbacks {
		if at := address(f.Host, f.Port); !slices.Contains(all, at) {
			all = append(all, at)
		}
	}
	return all
}

func address(host string, port uint16) string {
	if strings.HasPrefix(host, "/") {
		return path.Join(host, ".s.PGSQL."+strconv.Itoa(int(port)))
	}
	return net.JoinHostPort(host, strconv.Itoa(int(port)))
}

// reason says why a connection failed, as the end of a message.
func reason(err error) string {
	var dns *net.DNSError
	var netErr net.Error
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return ": there is no such host"
	case errors.Is(err, syscall.ECONNREFUSED):
		return ": the connection was refused; is the server running?"
	case errors.Is(err, os.ErrNotExist):
		return ": there is no such socket; is the server running?"
	case pgconn.Timeout(err), errors.As(err, &netErr) && netErr.Timeout():
		return ": the connection timed out"
	case strings.Contains(err.Error(), "TLS"):
		return ": TLS failed; the parameter sslmode says whether it is used"
	}
	return ""
}
