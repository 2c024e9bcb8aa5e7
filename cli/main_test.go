package cli_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/gorgon-commerce/gorgon"
)

// TestMain makes the test binary run as gorgon when GORGON_TEST_MAIN is set:
// tests that need a separate process start themselves.
func TestMain(m *testing.M) {
	clearEnvironment()
	if os.Getenv("GORGON_TEST_MAIN") != "" {
		gorgon.New(gorgon.Config{}).Main()
	}
	os.Exit(m.Run())
}

// clearEnvironment unsets every GORGON_ variable except those of the tests
// themselves: a setting of the developer's shell comes before a Config. Terminals
// have colors.
func clearEnvironment() {
	for _, variable := range os.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		if strings.HasPrefix(name, "GORGON_") && !strings.HasPrefix(name, "GORGON_TEST_") {
			_ = os.Unsetenv(name) // fails only for an invalid name
		}
	}
	_ = os.Unsetenv("NO_COLOR")
	_ = os.Setenv("TERM", "xterm")
}

// process returns a command line that runs in a process of its own.
func process(t *testing.T, program string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "GORGON_TEST_MAIN=1")
	return cmd
}

func statusOf(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	if err == nil {
		return 0
	}
	if !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return exit.ExitCode()
}

func TestExitStatusOfTheProcess(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]int{"version": 0, "links --json": 0, "query order --database sqlite:/nowhere/x.db": 1, "nope": 2} {
		if got := statusOf(t, process(t, os.Args[0], strings.Fields(line)...).Run()); got != want {
			t.Errorf("gorgon %s: status %d, want %d", line, got, want)
		}
	}
}

// An interrupt in the middle of a transaction ends the process cleanly and rolls
// the transaction back.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	database := "sqlite:" + filepath.Join(t.TempDir(), "shop.db")
	ok(t, gorgon.New(gorgon.Config{Database: database}), "migrate")
	cmd := process(t, os.Args[0], "demo", "--orders", "20000", "--database", database)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	first := make([]byte, len("orders: 0 of")) // it has begun
	if _, err := io.ReadFull(stderr, first); err != nil || string(first) != "orders: 0 of" {
		t.Fatalf("%q, %v", first, err)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(stderr)
	if err != nil || !bytes.HasSuffix(rest, []byte("gorgon: unavailable: interrupted before the end; what was not finished is undone: run the command again\n")) {
		t.Errorf("%s (%v)", rest, err)
	}
	if status := statusOf(t, cmd.Wait()); status != 1 {
		t.Errorf("status %d", status)
	}
	if got := whole(t, gorgon.New(gorgon.Config{Database: database}), "query", "product", "--fields", "id"); got != "no records\n" {
		t.Errorf("not rolled back:\n%.300s", got)
	}
}

// endless is a standard input without data. Reading from it cancels the context.
type endless struct {
	cancel context.CancelFunc
	over   <-chan struct{}
}

func (e endless) Read([]byte) (int, error) {
	e.cancel()
	<-e.over
	return 0, io.EOF
}

func TestInterruptWhileReading(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for _, line := range []string{"query --request -", "user create --email ada@example.com --password-stdin"} {
		ctx, cancel := context.WithCancel(t.Context())
		var stdout, stderr strings.Builder
		status := app.Run(ctx, strings.Fields(line), &stdout, &stderr, endless{cancel, t.Context().Done()})
		if status != 1 || stdout.String() != "" || stderr.String() != "gorgon: unavailable: interrupted before the end; what was not finished is undone: run the command again\n" {
			t.Errorf("%s: status %d, %s%s", line, status, stdout.String(), stderr.String())
		}
	}
}

// A process without permission says what it lacks, and what to do.
func TestNoPermission(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	program, private, closed, path := filepath.Join(dir, "gorgon"), filepath.Join(dir, "private"), filepath.Join(dir, "closed"), filepath.Join(dir, "open", "shop.db")
	copyFile(t, os.Args[0], program)
	for folder, mode := range map[string]os.FileMode{filepath.Dir(dir): 0o755, dir: 0o755, private: 0o700, closed: 0o555, filepath.Dir(path): 0o777} {
		_ = os.Mkdir(folder, 0o700) // some exist
		if err := os.Chmod(folder, mode); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{path, filepath.Join(private, "shop.db")} {
		stocked(t, "sqlite:"+file)
	}
	for name, mode := range map[string]os.FileMode{path: 0o000, private: 0o000} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _, _ = os.Chmod(private, 0o700), os.Chmod(closed, 0o700) })
	for line, want := range map[string]string{
		"query order --database sqlite:" + path:                              "the SQLite file " + path + " cannot be opened: no permission; allow this user to read and write",
		"query order --database sqlite:" + filepath.Join(private, "shop.db"): "cannot be opened: no permission; allow this user",
		"migrate --database sqlite:" + filepath.Join(closed, "new.db"):       "cannot be opened: no permission to create files in " + closed + "; choose another folder",
		"models --csv": "",
	} {
		cmd := process(t, program, strings.Fields(line)...)
		if os.Getuid() == 0 { // who may read everything
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		out, err := cmd.CombinedOutput()
		if status := statusOf(t, err); !strings.Contains(string(out), want) || (status == 0) != (want == "") {
			t.Errorf("gorgon %s: status %d, %.300s; want %s", line, status, out, want)
		}
	}
}

// A file that the user may read and not write.
func TestReadOnlyFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "shop.db")
	stocked(t, "sqlite:"+path)
	program := filepath.Join(dir, "gorgon")
	copyFile(t, os.Args[0], program)
	for name, mode := range map[string]os.FileMode{path: 0o444, dir: 0o555} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755) })
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"link create order=order_2 promotion=promo_2", "migrate", "demo", "query order --fields id"} {
		cmd := process(t, program, append(strings.Fields(line), "--database", "sqlite:"+path)...)
		if os.Getuid() == 0 { // who may write everything
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		}
		out, err := cmd.CombinedOutput()
		if want := "gorgon: unavailable: the SQLite file " + path + " is read-only: allow this user to read and write the file and its folder (chown or chmod), or run as their owner\n"; statusOf(t, err) != 1 || !strings.HasPrefix(string(out), want) {
			t.Errorf("gorgon %s: %s (%v), want %s", line, out, err, want)
		}
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o755); err != nil { //nolint:gosec // a program
		t.Fatal(err)
	}
}
