package cli_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/gorgon-commerce/gorgon"
)

// terminal returns both sides of a new terminal. What is written to keyboard can
// be read from screen, as if it had been typed.
func terminal(t *testing.T) (keyboard, screen *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		noTerminal(t, err)
	}
	t.Cleanup(func() { _ = keyboard.Close() })
	fd := int(keyboard.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	screen, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		noTerminal(t, err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	return keyboard, screen
}

// noTerminal skips the test, or fails it with CI=true.
func noTerminal(t *testing.T, err error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(err)
	}
	t.Skipf("there are no terminals here: %v", err)
}

func echoes(t *testing.T, screen *os.File) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(screen.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// asked is a running `user create` that asks for a password.
type asked struct {
	keyboard, screen *os.File
	prompts          *bufio.Reader
	done             <-chan told
}

func ask(t *testing.T, ctx context.Context, app *gorgon.App) *asked {
	t.Helper()
	keyboard, screen := terminal(t)
	prompts, stderr := io.Pipe()
	done := make(chan told, 1)
	go func() {
		var stdout strings.Builder
		status := app.Run(ctx, []string{"user", "create", "--email", "ada@example.com"}, &stdout, stderr, screen)
		_ = stderr.Close()
		done <- told{status: status, stdout: stdout.String()}
	}()
	return &asked{keyboard, screen, bufio.NewReader(prompts), done}
}

// prompted waits for a prompt, and until the terminal does not echo.
func (a *asked) prompted(t *testing.T, want string) {
	t.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(a.prompts, got); err != nil || string(got) != want {
		t.Fatalf("the prompt is %q (%v), want %q", got, err, want)
	}
	for echoes(t, a.screen) {
		runtime.Gosched()
	}
}

func (a *asked) enter(t *testing.T, line string) {
	t.Helper()
	if _, err := a.keyboard.WriteString(line + "\n"); err != nil {
		t.Fatal(err)
	}
}

// rest returns what is printed until the command ends, and its result.
func (a *asked) rest(t *testing.T) (stderr string, end told) {
	t.Helper()
	b, err := io.ReadAll(a.prompts)
	if err != nil {
		t.Fatal(err)
	}
	end = <-a.done
	if !echoes(t, a.screen) {
		t.Error("the terminal still does not echo")
	}
	return string(b), end
}

// shown returns what the terminal displayed.
func (a *asked) shown() string {
	_ = a.screen.Close()
	b, _ := io.ReadAll(a.keyboard) // ends with an error when the last one hangs up
	return string(b)
}

// release ends an abandoned read of the terminal by typing a line. Otherwise it
// could read from the next file that gets the same descriptor.
func (a *asked) release(t *testing.T) {
	t.Helper()
	a.enter(t, "x")
	echo := make([]byte, 1)
	for echo[0] != 'x' {
		if _, err := a.keyboard.Read(echo); err != nil {
			t.Fatal(err)
		}
	}
	for waiting := 1; waiting > 0; runtime.Gosched() {
		var err error
		if waiting, err = unix.IoctlGetInt(int(a.screen.Fd()), unix.TIOCINQ); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPasswordAtTheTerminal(t *testing.T) {
	t.Parallel()
	app := stocked(t, file(t))
	for _, test := range []struct {
		again, stderr, stdout string
		status                int
	}{
		{"correct mule", "\ngorgon: invalid_data: the two passwords differ\n", "", 1},
		{"correct horse", "\n", "created user ada@example.com (user_", 0},
	} {
		a := ask(t, t.Context(), app)
		a.prompted(t, "Password: ")
		a.enter(t, "correct horse")
		a.prompted(t, "\nPassword again: ")
		a.enter(t, test.again)
		stderr, end := a.rest(t)
		if end.status != test.status || stderr != test.stderr || !strings.HasPrefix(end.stdout, test.stdout) {
			t.Errorf("%+v, %q; want %+v", end, stderr, test)
		}
		if shown := a.shown(); strings.Contains(shown, "correct") {
			t.Errorf("the password is shown: %q", shown)
		}
	}
}

func TestInterruptAtThePassword(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	a := ask(t, ctx, stocked(t, file(t)))
	a.prompted(t, "Password: ")
	cancel()
	if stderr, end := a.rest(t); end.status != 1 || stderr != "\ngorgon: unavailable: interrupted before the end; what was not finished is undone: run the command again\n" {
		t.Errorf("%+v, %q", end, stderr)
	}
	a.release(t)
}
