package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// startResults measures how long `gorgon start` takes until it responds, on an existing
// SQLite file, and how much memory it uses when idle.
func startResults(ctx context.Context) ([]result, error) {
	dir, err := os.MkdirTemp("", "gorgon-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a temporary folder may remain
	binary, file := filepath.Join(dir, "gorgon"), "sqlite:"+filepath.Join(dir, "start.db")
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", binary, "./cmd/gorgon").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, out)
	}
	if out, err := exec.CommandContext(ctx, binary, "demo", "--database", file, "--orders", "300").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("demo: %w\n%s", err, out)
	}
	var ready, memory []float64
	for range 5 {
		took, resident, err := startOnce(ctx, binary, file)
		if err != nil {
			return nil, err
		}
		ready, memory = append(ready, float64(took)), append(memory, resident)
	}
	return []result{
		limited("gorgon start: ready", "sqlite", median(ready), float64(100*time.Millisecond), "ns"),
		limited("gorgon start: resident when idle", "sqlite", median(memory), 40<<20, "bytes"),
	}, nil
}

// freeAddress returns an address that is not in use.
func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close() //nolint:errcheck // only its address is needed
	return l.Addr().String(), nil
}

// startOnce starts a server, waits until it is ready, and stops it.
func startOnce(ctx context.Context, binary, file string) (took time.Duration, resident float64, err error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return 0, 0, err
	}
	cmd := exec.CommandContext(ctx, binary, "start", "--database", file, "--address", address, "--metrics=false", "--log", "error")
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	for !healthy(ctx, address) {
		if time.Since(start) > 10*time.Second {
			return 0, 0, fmt.Errorf("gorgon start does not respond on %s", address)
		}
	}
	took = time.Since(start)
	time.Sleep(time.Second) // idle
	resident, err = residentOf(cmd.Process.Pid)
	return took, resident, err
}

func healthy(ctx context.Context, address string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/health", http.NoBody)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	_ = res.Body.Close() // only the status is needed
	return res.StatusCode == http.StatusOK
}

// residentOf returns the resident memory of a process in bytes. It works on Linux only.
func residentOf(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for s := bufio.NewScanner(bytes.NewReader(b)); s.Scan(); {
		var kib float64
		if n, _ := fmt.Sscanf(s.Text(), "VmRSS: %f kB", &kib); n == 1 {
			return kib * 1024, nil
		}
	}
	return 0, fmt.Errorf("/proc/%d/status has no VmRSS", pid)
}
