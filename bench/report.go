package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"text/tabwriter"
)

// report prints the table and writes bench/results.json and bench/results.svg.
func (r *run) report() error {
	fmt.Printf("Go %s, %s/%s, %d processors; %s\n\n", strings.TrimPrefix(runtime.Version(), "go"), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), durability)
	w := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "work\tengine\tours\tyardstick\tratio\tbar\t")
	for _, res := range r.results {
		mark := ""
		if !res.ok() {
			mark = "over"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%.2f\t%.2f\t%s\n", res.Name, res.Engine, amount(res.Ours, res.Unit), amount(res.Yardstick, res.Unit), res.Ratio, res.Bar, mark)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	b, err := json.MarshalIndent(r.results, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile("bench/results.json", append(b, '\n'), 0o644); err != nil {
		return fmt.Errorf("run bench from the root of the repository: %w", err)
	}
	return os.WriteFile("bench/results.svg", []byte(chart(r.results)), 0o644)
}

// amount formats a time or a size.
func amount(v float64, unit string) string {
	switch {
	case unit == "bytes":
		return fmt.Sprintf("%.0f MiB", v/(1<<20))
	case v < 10_000:
		return fmt.Sprintf("%.2f µs", v/1e3)
	case v < 1e6:
		return fmt.Sprintf("%.0f µs", v/1e3)
	}
	return fmt.Sprintf("%.1f ms", v/1e6)
}
