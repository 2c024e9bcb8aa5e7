package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

// report prints the table and writes bench/results.json and bench/results.svg.
func (r *run) report(short bool) error {
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
	if short {
		return nil
	}
	if err := r.writeGrowth(); err != nil {
		return fmt.Errorf("run bench from the root of the repository: %w", err)
	}
	results := r.results
	if r.only || r.filter != "" {
		var err error
		if results, err = merged(r.results); err != nil {
			return err
		}
	}
	b, err := json.MarshalIndent(results, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(resultsFile, append(b, '\n'), 0o644); err != nil {
		return fmt.Errorf("run bench from the root of the repository: %w", err)
	}
	return os.WriteFile("bench/results.svg", []byte(chart(results)), 0o644)
}

const resultsFile = "bench/results.json"

// table returns results as the rows of README.md: the ratios of each work on SQLite and
// PostgreSQL, and the bar.
func table(results []result) []string {
	var rows []string
	for _, res := range results {
		if slices.ContainsFunc(rows, func(row string) bool { return strings.HasPrefix(row, "| "+res.Name+" |") }) {
			continue
		}
		cells := []string{res.Name}
		for _, engine := range []string{"sqlite", "postgres"} {
			i := slices.IndexFunc(results, func(r result) bool { return r.Name == res.Name && r.Engine == engine })
			switch {
			case i < 0:
				cells = append(cells, "–")
			case results[i].ok():
				cells = append(cells, fmt.Sprintf("%.2f", results[i].Ratio))
			default:
				cells = append(cells, fmt.Sprintf("**%.2f**", results[i].Ratio))
			}
		}
		rows = append(rows, "| "+strings.Join(append(cells, fmt.Sprintf("%.2f", res.Bar)), " | ")+" |")
	}
	return rows
}

// merged returns the results of the last run with the new ones in place of those
// of the same work, and the others behind them.
func merged(fresh []result) ([]result, error) {
	b, err := os.ReadFile(resultsFile)
	if err != nil {
		return nil, fmt.Errorf("run bench from the root of the repository: %w", err)
	}
	var all []result
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("%s: %w", resultsFile, err)
	}
	for _, f := range fresh {
		i := slices.IndexFunc(all, func(r result) bool { return r.Name == f.Name && r.Engine == f.Engine })
		if i < 0 {
			all = append(all, f)
		} else {
			all[i] = f
		}
	}
	return all, nil
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
