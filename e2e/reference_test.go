package e2e_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What the page /docs makes of the document, run by node: examples fit their
// schemas, lists of filters are folded, and requests are put together as a
// shell and a browser need them.
func TestReferencePageFunctions(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		const reason = "node is not installed, so the functions of /docs are not tested; Debian has it as nodejs"
		if os.Getenv("CI") == "true" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	handler := open(t, file(t)).Handler()
	args := []string{filepath.Join("testdata", "reference", "check.mjs")}
	folder := t.TempDir()
	for _, path := range []string{"/docs", "/openapi.json"} {
		name := filepath.Join(folder, filepath.Base(path))
		if err := os.WriteFile(name, []byte(get(t, handler, path, nil).body), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	cmd := exec.CommandContext(t.Context(), node, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node: %v\n%s", err, &stderr)
	}
	var last struct {
		Where, What     string
		Done            bool
		Answers, Bodies int
	}
	for line := range strings.Lines(string(out)) {
		last.Where, last.What = "", ""
		if err := json.Unmarshal([]byte(line), &last); err != nil {
			t.Fatalf("a line of output is no report: %s", line)
		}
		if last.What != "" {
			t.Errorf("%s: %s", last.Where, last.What)
		}
	}
	if !last.Done || last.Answers < 150 || last.Bodies < 100 {
		t.Errorf("finished: %t, with %d answers and %d bodies", last.Done, last.Answers, last.Bodies)
	}
}
