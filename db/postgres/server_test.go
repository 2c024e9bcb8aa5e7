package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/db/postgres"
	"github.com/gorgon-commerce/gorgon/fault"
)

// ownServer starts a server that the test may stop or reconfigure.
func ownServer(t *testing.T) (url string, stop func()) {
	t.Helper()
	url, stop, err := dbtest.Server()
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("no server can be started: %v", err)
	}
	if err != nil {
		t.Skipf("no server can be started: %v", err)
	}
	stop = sync.OnceFunc(stop)
	t.Cleanup(stop)
	return url, stop
}

func connect(t *testing.T, url string) *postgres.Database {
	t.Helper()
	d, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func unavailable(t *testing.T, name string, err error) {
	t.Helper()
	if fault.TypeOf(err) != fault.Unavailable {
		t.Errorf("%s: %s: %v", name, fault.TypeOf(err), err)
	}
}

// until calls ask until it returns true, for at most half a minute.
func until(t *testing.T, what string, ask func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ask(); {
		if time.Now().After(deadline) {
			t.Fatalf("timeout waiting for %s", what)
		}
	}
}

// running waits until n statements that contain text are running on the server.
func running(t *testing.T, d db.DB, text string, n int64) {
	t.Helper()
	until(t, "the statement to start", func() bool {
		got, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%' || $1 || '%'", text)
		return err != nil || got == n
	})
}

func TestServerGoesAway(t *testing.T) {
	t.Parallel()
	address, stop := ownServer(t)
	d, watch := connect(t, address+"&pool_max_conns=8"), connect(t, address)
	if _, err := d.Exec(t.Context(), "CREATE TABLE brand (name text)"); err != nil {
		t.Fatal(err)
	}
	errs := map[string]chan error{}
	for name, run := range map[string]func(ctx context.Context) error{
		"exec": func(ctx context.Context) error { _, err := d.Exec(ctx, "SELECT pg_sleep(600)"); return err },
		"query": func(ctx context.Context) error {
			_, err := db.Collect[string](ctx, d, "SELECT pg_sleep(600)::text")
			return err
		},
		"rows being sent": func(ctx context.Context) error {
			_, err := db.Collect[string](ctx, d, "SELECT repeat('x', 1000) || pg_sleep(CASE WHEN i > 1000 THEN 600 ELSE 0 END) FROM generate_series(1, 2000) AS i")
			return err
		},
		"transaction": func(ctx context.Context) error {
			return db.Do(ctx, d, func(ctx context.Context) error {
				if _, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO brand VALUES ('a')"); err != nil {
					return err
				}
				_, err := db.Use(ctx, d).Exec(ctx, "SELECT pg_sleep(600)")
				return err
			})
		},
		"savepoint": func(ctx context.Context) error {
			return db.Do(ctx, d, func(ctx context.Context) error {
				return db.Savepoint(ctx, d, func(ctx context.Context) error {
					_, err := db.Use(ctx, d).Exec(ctx, "SELECT pg_sleep(600)")
					return err
				})
			})
		},
	} {
		result := make(chan error, 1)
		errs[name] = result
		go func() { result <- run(t.Context()) }()
	}
	idle, err := watch.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	running(t, watch, "pg_sleep", int64(len(errs)))
	stop()
	for name, err := range errs {
		unavailable(t, name, <-err)
	}
	_, err = idle.Exec(t.Context(), "SELECT 1")
	unavailable(t, "an idle transaction", err)
	if err := idle.Rollback(t.Context()); err != nil && fault.TypeOf(err) != fault.Unavailable {
		t.Errorf("its rollback: %v", err)
	}
	_, err = d.Exec(t.Context(), "SELECT 1")
	unavailable(t, "a new statement", err)
	_, err = d.Begin(t.Context())
	unavailable(t, "a new transaction", err)
	_, err = postgres.Open(t.Context(), address)
	unavailable(t, "a new pool", err)
}

// The pool replaces a connection that the server has ended.
func TestConnectionIsReplaced(t *testing.T) {
	t.Parallel()
	d := dbtest.Postgres(t)
	mark := fmt.Sprint("of process ", os.Getpid())
	done := make(chan error, 1)
	go func() {
		done <- db.Do(t.Context(), d, func(ctx context.Context) error {
			_, err := db.Use(ctx, d).Exec(ctx, "SELECT pg_sleep(600) /* "+mark+" */")
			return err
		})
	}()
	until(t, "the connection to end", func() bool {
		ended, err := db.Collect[bool](t.Context(), d, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%' || $1", mark+" */")
		return err == nil && len(ended) > 0
	})
	unavailable(t, "the statement that was ended", <-done)
	for range 20 { // more than the pool has connections
		if _, err := d.Exec(t.Context(), "SELECT 1"); err != nil {
			t.Fatal(err)
		}
	}
}

// refused checks the type of an error of Open, and that neither it nor the errors
// it wraps contain a secret.
func refused(t *testing.T, name string, err error, typ fault.Type, secrets ...string) {
	t.Helper()
	if fault.TypeOf(err) != typ {
		t.Errorf("%s: %s: %v", name, fault.TypeOf(err), err)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		for _, secret := range append(secrets, "postgres://") {
			if text := e.Error() + string(fault.JSON(e)); strings.Contains(text, secret) && !strings.Contains(text, "postgres://user:password@host:5432/database") {
				t.Errorf("%s: %q appears in: %s", name, secret, text)
			}
		}
	}
}

// says checks the text of an error.
func says(t *testing.T, err error, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("the error is %v, want %q", err, text)
		}
	}
}

// timedOut opens a server that accepts connections and says nothing.
func timedOut(t *testing.T) {
	t.Helper()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // the test ends
	_, err = postgres.Open(t.Context(), "postgres://shop:hunter2@"+l.Addr().String()+"/shop?sslmode=disable&connect_timeout=1")
	refused(t, "a silent server", err, fault.Unavailable, "hunter2")
	says(t, err, "PostgreSQL at "+l.Addr().String()+" does not answer: the connection timed out")
}

func TestLoginRefused(t *testing.T) {
	t.Parallel()
	address, _ := ownServer(t)
	admin := connect(t, address)
	for _, sql := range []string{
		"CREATE DATABASE narrow TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'", "CREATE DATABASE closed", "ALTER DATABASE closed ALLOW_CONNECTIONS false",
		"CREATE ROLE shop LOGIN PASSWORD 'right-one'", "CREATE ROLE full LOGIN CONNECTION LIMIT 0",
		"REVOKE CREATE ON SCHEMA public FROM PUBLIC", // as PostgreSQL 15 does by itself
		"ALTER SYSTEM SET password_encryption = 'scram-sha-256'",
	} {
		if _, err := admin.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	file, _, err := db.One[string](t.Context(), admin, "SHOW hba_file")
	if err != nil {
		t.Fatal(err)
	}
	rules := "COPY (VALUES ('host all postgres,full 127.0.0.1/32 trust'), ('host all all 127.0.0.1/32 scram-sha-256')) TO '" + file + "'"
	if _, err := admin.Exec(t.Context(), rules); err != nil {
		t.Fatal(err)
	}
	if _, err := admin.Exec(t.Context(), "SELECT pg_reload_conf()"); err != nil {
		t.Fatal(err)
	}
	as := func(user *url.Userinfo, database string) (*postgres.Database, error) {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		u.User, u.Path = user, database
		return postgres.Open(t.Context(), u.String())
	}
	until(t, "the server to ask for passwords", func() bool {
		d, err := as(url.UserPassword("shop", "hunter2"), "/postgres")
		if err == nil {
			_ = d.Close()
		}
		return err != nil
	})
	_, err = as(url.UserPassword("shop", "hunter2"), "/postgres")
	refused(t, "a wrong password", err, fault.Unavailable, "hunter2")
	says(t, err, `the login of user "shop" at 127.0.0.1:`, "was refused")
	_, err = as(url.User("shop"), "/postgres")
	refused(t, "no password", err, fault.Unavailable)
	_, err = as(url.UserPassword("nobody", "hunter2"), "/postgres")
	refused(t, "an unknown user", err, fault.Unavailable, "hunter2")
	_, err = as(url.UserPassword("shop", "right-one"), "/nowhere")
	refused(t, "an unknown database", err, fault.Unavailable, "right-one")
	says(t, err, `there is no database "nowhere" at 127.0.0.1:`, "check the name, or create it with createdb --encoding=UTF8 --template=template0 -h 127.0.0.1 -p ")
	_, err = as(url.UserPassword("shop", "right-one"), "/narrow")
	refused(t, "a database that is not UTF8", err, fault.InvalidData, "right-one")
	says(t, err, "keeps text as LATIN1; it must be UTF8")
	_, err = as(url.UserPassword("shop", "right-one"), "/closed")
	refused(t, "a database that is closed", err, fault.Unavailable, "right-one")
	_, err = as(url.UserPassword("shop", "right-one"), "")
	refused(t, "no database", err, fault.InvalidData, "right-one")
	says(t, err, "names no database: want postgres://")
	host, _, _ := strings.Cut(address[strings.Index(address, "@")+1:], "/")
	for text, message := range map[string]string{
		"postgres://shop:right-one@" + host + "/postgres?sslmode=disable&sslmod=require": `has an unknown parameter "sslmod"; did you mean sslmode`,
		"postgres://shop:right-one#x@" + host + "/postgres?sslmode=disable":              "%23 for #",
		"postgres://shop:right-one@x@" + host + "/postgres?sslmode=disable":              "%40 for @",
		"postgres://shop:right-one/x@" + host + "/postgres":                              "%2F for a /",
		"postgres://shop:right-one@" + host + "/postgres?sslmode=maybe":                  "valid values of parameters such as sslmode",
	} {
		_, err := postgres.Open(t.Context(), text)
		if err == nil || strings.Contains(err.Error(), "right-one") || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: %v", message, err)
		}
	}
	d, err := postgres.Open(t.Context(), "postgres://shop:right-one@"+host+"/postgres?sslmode=disable&search_path=nowhere")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Exec(t.Context(), "CREATE TABLE t (a int)")
	says(t, err, "the schema that the URL's search_path names does not exist")
	_ = d.Close()
	d, err = as(url.UserPassword("shop", "right-one"), "/postgres")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Exec(t.Context(), "CREATE TABLE t (a int)")
	refused(t, "no permission", err, fault.Unavailable, "right-one")
	says(t, err, "permission denied for schema public", "createdb --owner=USER")
	_ = d.Close()
	_, err = as(url.UserPassword("full", "hunter2"), "/postgres")
	refused(t, "too many connections", err, fault.Unavailable, "hunter2")
	d, err = as(url.UserPassword("shop", "right-one"), "/postgres")
	if err != nil {
		t.Fatalf("the right password: %v", err)
	}
	_ = d.Close()
}

func TestUnreachable(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = postgres.Open(t.Context(), "postgres://shop:hunter2@"+free+"/shop?sslmode=disable")
	refused(t, "no listener", err, fault.Unavailable, "hunter2")
	says(t, err, "PostgreSQL at "+free+" does not answer: the connection was refused")
	for _, ambiguous := range []string{"postgres://shop:7654/hunter2@" + free + "/shop", "postgres://shop:7654?hunter2@" + free + "/shop", "postgres://shop@x:7654#hunter2@" + free + "/shop"} {
		_, err = postgres.Open(t.Context(), ambiguous)
		if text := err.Error(); strings.Contains(text, "hunter2") || strings.Contains(text, "7654") {
			t.Errorf("%s: part of a password in: %s", ambiguous, text)
		}
	}
	_, err = postgres.Open(t.Context(), "postgres://shop:hunter2@host.invalid:5433/shop")
	refused(t, "no host", err, fault.Unavailable, "hunter2")
	says(t, err, "PostgreSQL at host.invalid:5433 does not answer")
	_, err = postgres.Open(t.Context(), "postgres://shop:hunter2@/shop?host=/no/such/folder")
	refused(t, "no socket", err, fault.Unavailable, "hunter2")
	says(t, err, "PostgreSQL at /no/such/folder/.s.PGSQL.5432 does not answer: there is no such socket")
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = postgres.Open(canceled, "postgres://shop:hunter2@"+free+"/shop?sslmode=disable")
	refused(t, "canceled", err, fault.Internal, "hunter2")
	timedOut(t)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	for _, broken := range []string{
		"postgres://shop:hunter2@host:port/shop", "postgres://shop:hun ter2@host/x", "postgres://shop:hunter2%zz@host/x", "postgres://shop:hunter2@host/x?sslmode=sometimes",
		"postgres://shop:hunter2@host/x?pool_max_conns=many", "password=hunter2 port=x",
	} {
		_, err := postgres.Open(t.Context(), broken)
		refused(t, broken, err, fault.InvalidData, "hunter2")
	}
}

// A server that is not PostgreSQL.
func TestNotPostgreSQL(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // the test ends
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Write([]byte("220 mail.example.com ESMTP\r\n"))
			_ = c.Close()
		}
	}()
	_, err = postgres.Open(t.Context(), "postgres://shop:hunter2@"+l.Addr().String()+"/shop?sslmode=disable")
	refused(t, "a mail server", err, fault.Unavailable, "hunter2")
}
