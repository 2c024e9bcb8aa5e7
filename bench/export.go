package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/query"
)

// exportResult returns the peak resident memory of a process that reads every order
// through the engine. It runs this program again, in a separate process, so that nothing
// else is measured.
func exportResult(ctx context.Context, url, engine string, orders int) (result, error) {
	self, err := os.Executable()
	if err != nil {
		return result{}, err
	}
	cmd := exec.CommandContext(ctx, self, "-export", url)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return result{}, fmt.Errorf("export: %w", err)
	}
	var records int
	var peak float64
	if _, err := fmt.Sscan(string(out), &records, &peak); err != nil {
		return result{}, fmt.Errorf("export printed %q: %w", out, err)
	}
	if records != orders {
		return result{}, fmt.Errorf("export read %d orders of %d", records, orders)
	}
	return limited(fmt.Sprintf("memory of exporting %d orders", orders), engine, peak, 100<<20, "bytes"), nil
}

// export is that process. It prints how many orders it read, and its peak resident memory
// in bytes.
func export(ctx context.Context, url string) error {
	app := gorgon.New(gorgon.Config{Database: url})
	if err := app.Open(ctx); err != nil {
		return err
	}
	defer app.Close() //nolint:errcheck // it was only read from
	n := 0
	err := app.Query.Each(ctx, query.Request{Entity: "order", Fields: []string{"id", "display_id", "customer.email", "payment_collections.status"}}, func([]byte) error {
		n++
		return nil
	})
	if err != nil {
		return err
	}
	peak, err := peakMemory()
	if err != nil {
		return err
	}
	_, err = fmt.Println(n, peak)
	return err
}

// peakMemory returns VmHWM of proc_pid_status(5) in bytes. It works on Linux only.
func peakMemory() (int64, error) {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(b), "VmHWM:")
	kib, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
	return kib << 10, err
}
