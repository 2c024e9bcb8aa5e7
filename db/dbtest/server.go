package dbtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/gorgon-commerce/gorgon/db/postgres"
)

// settings are those of a server for tests: it does not wait for the disk and
// listens on the loopback interface only.
var settings = []string{
	"fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300", "shared_buffers=256MB",
	"listen_addresses=127.0.0.1", "unix_socket_directories=", "autovacuum=off", "log_min_messages=fatal", "jit=off",
}

// Server starts a PostgreSQL server from installed binaries, for a test that
// needs one of its own. The function stop stops it and removes its data. It does
// not outlive the process.
func Server() (url string, stop func(), err error) {
	bin, err := binaries()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "gorgon-postgres-")
	if err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	proc, err := launch(bin, dir, port)
	if err != nil {
		_ = os.RemoveAll(dir)
		return "", nil, err
	}
	stop = func() {
		_ = proc.Process.Signal(syscall.SIGQUIT) // immediate shutdown: the data is removed anyway
		_ = proc.Wait()
		_ = os.RemoveAll(dir)
	}
	url = fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
	if err := await(url); err != nil {
		stop()
		return "", nil, err
	}
	return url, stop, nil
}

// start starts a Server for the rest of the process. The kernel stops it when the
// process ends; the next start removes the folder left behind.
func start() (string, error) {
	clearLeftovers()
	url, _, err := Server()
	return url, err
}

// binaries returns the folder of the newest installed PostgreSQL.
func binaries() (string, error) {
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return "", errors.New("no PostgreSQL binaries are installed")
	}
	return filepath.Dir(slices.Max(found)), nil
}

// launch creates a cluster and starts the server. As root it does both as the
// user postgres, because PostgreSQL refuses to run as root.
func launch(bin, dir string, port int) (*exec.Cmd, error) {
	attr, err := unprivileged(dir)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	initdb.SysProcAttr, initdb.Dir = attr, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w: %s", err, out)
	}
	args := []string{"-D", data, "-p", strconv.Itoa(port)}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	server := exec.Command(filepath.Join(bin, "postgres"), args...)
	server.SysProcAttr, server.Dir = dieWithParent(attr), dir
	return server, startLocked(server)
}

func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("PostgreSQL does not run as root, and there is no user postgres: %w", err)
	}
	uid, _ := strconv.Atoi(u.Uid) // numbers on every Unix
	gid, _ := strconv.Atoi(u.Gid)
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close() //nolint:errcheck // only its port is needed
	return l.Addr().(*net.TCPAddr).Port, nil
}

// await waits until the server accepts connections, for at most half a minute.
func await(url string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		d, err := postgres.Open(ctx, url)
		if err == nil {
			return d.Close()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the PostgreSQL server started for the tests is not responding: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// clearLeftovers removes the folders of servers that ended with their process.
func clearLeftovers() {
	dirs, _ := filepath.Glob(filepath.Join(os.TempDir(), "gorgon-postgres-*"))
	for _, dir := range dirs {
		pid, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
		if err != nil {
			continue // being created right now, or not a server's
		}
		var n int
		if _, err := fmt.Sscan(string(pid), &n); err == nil && gone(max(n, -n)) { // initdb's own server writes its pid negative
			_ = os.RemoveAll(dir)
		}
	}
}

func gone(pid int) bool { return syscall.Kill(pid, 0) == syscall.ESRCH }
