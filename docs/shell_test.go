package docs_test

import (
	"bytes"
	"context"
	_ "embed"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A line is what a reader is told to type, and where.
type line struct{ at, text string }

// A rule changes a line that cannot run here as it is written, or leaves it out.
type rule struct {
	match  string // a regular expression
	runs   string // what takes the place of the match
	reason string // why the line is left out
}

// A script is lines that are run one after another in one shell.
type script struct {
	name  string
	lines []line
	rules []rule // of the script alone; those of all scripts come after them
	first string // what is run before the lines
	each  string // what is run before each line
}

// everywhere are the rules of all scripts.
var everywhere = []rule{
	{match: `^(createdb|pg_dump|pg_restore) .*`, reason: "needs a server of PostgreSQL"},
	{match: `.*\bimport medusa\b.*`, reason: "needs a Medusa shop in PostgreSQL, as the tests of package medusa have"},
	{match: `--(to|database) postgres://\S+`, runs: `--$1 sqlite:other.db`},
	{match: `--from postgres://\S+`, runs: `--from sqlite:gorgon.db`},
	{match: `=postgres://\S+`, runs: `=sqlite:gorgon.db`},
	{match: `^(.*\buser (?:create|password) --email \S+)( +#.*)?$`, runs: `$1 --password-stdin <<<"$$PASSWORD"`},
	{match: `(\S*(?:gorgon|brandshop)) start\b(.*?)( &|  +#.*)?$`, runs: `serve $1 start$2`},
	{match: `"password": "…"`, runs: `"password": "correct horse"`},
}

// prepared returns the lines of the script as they run, and the reasons of those
// that are left out. A rule of the script that matches nothing is an error.
func (s script) prepared(t *testing.T, ids *strings.Replacer) (lines []line, left []string) {
	t.Helper()
	used := make([]bool, len(s.rules))
next:
	for _, l := range s.lines {
		text := ids.Replace(l.text)
		for i, r := range append(s.rules[:len(s.rules):len(s.rules)], everywhere...) {
			match := regexp.MustCompile(r.match)
			if !match.MatchString(text) {
				continue
			}
			if i < len(used) {
				used[i] = true
			}
			if r.reason != "" {
				left = append(left, l.at+": "+l.text+"\n\tis left out: "+r.reason)
				continue next
			}
			text = match.ReplaceAllString(text, r.runs)
		}
		lines = append(lines, line{l.at, text})
	}
	for i, r := range s.rules {
		if !used[i] {
			t.Errorf("%s: no line matches the rule %s", s.name, r.match)
		}
	}
	return lines, left
}

//go:embed prelude.sh
var prelude string

// run runs the script in a new folder with the demo shop.
func (s script) run(t *testing.T) {
	t.Helper()
	need(t, "bash", "curl", "jq", "sqlite3")
	made(t)
	home := t.TempDir()
	write(t, filepath.Join(home, "gorgon.db"), gorgon.shop, 0o600)
	bin := filepath.Join(home, "bin")
	for path, target := range map[string]string{filepath.Join(bin, "gorgon"): gorgon.program, filepath.Join(home, "deploy"): absolute(t, "../deploy")} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, path); err != nil {
			t.Fatal(err)
		}
	}
	lines, left := s.prepared(t, gorgon.ids)
	if len(left) > 0 {
		t.Log(strings.Join(left, "\n"))
	}
	text := prelude + s.first + "\n"
	for _, l := range lines {
		text += "AT=" + quote(l.at+": "+l.text) + "\n" + s.each + "\n" + l.text + "\n((!$?))\n" // the shell does not end when the first command of an && fails
	}

	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-c", text)
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "HOME="+home, "GORGON_DATABASE=sqlite:gorgon.db?synchronous=off", // the default, without waiting for the disk
		"PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that its servers end with it
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 10 * time.Second
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Errorf("%s: %v\n%s", s.name, err, tail(out.String()))
	}
	t.Logf("%d lines ran", len(lines))
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, path string, content []byte, mode os.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, content, mode); err != nil {
		t.Fatal(err)
	}
}

// quote quotes a word for a shell.
func quote(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// tail returns the last lines of an output.
func tail(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-30):], "\n")
}

// shellLines returns the lines of the sh blocks of a page, in order. A line that
// ends in a backslash goes on in the next one.
func shellLines(t *testing.T, page string) []line {
	t.Helper()
	var lines []line
	continued := false
	for _, b := range blocks(t, page) {
		if b.language != "sh" {
			continue
		}
		for i, text := range strings.Split(b.text, "\n") {
			at := filepath.Base(page) + ":" + strconv.Itoa(b.at+i)
			switch {
			case continued:
				lines[len(lines)-1].text += "\n" + text
			case text != "" && !strings.HasPrefix(text, "#"):
				lines = append(lines, line{at, text})
			}
			continued = strings.HasSuffix(text, `\`)
		}
	}
	return lines
}

// A block is code in a page. The number is that of its first line.
type block struct {
	language, text string
	at             int
	above          string // the last line of text above it
}

func blocks(t *testing.T, page string) []block {
	t.Helper()
	content, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var all []block
	inside, above := false, ""
	for i, text := range strings.Split(string(content), "\n") {
		language, fence := strings.CutPrefix(text, "```")
		switch {
		case fence && !inside:
			all = append(all, block{language: language, at: i + 2, above: above})
			inside = true
		case fence:
			inside = false
		case inside:
			all[len(all)-1].text += text + "\n"
		case text != "":
			above = text
		}
	}
	return all
}
