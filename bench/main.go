package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"
)

// run is a run with the given flags, and its results.
type run struct {
	engines  []string
	filter   string
	orders   int           // the orders of the demo shop
	million  int           // the generated orders
	imported int           // the orders of an imported shop
	only     bool          // whether to run the cases of generated orders only
	budget   time.Duration // the time for a case
	// The HTTP requests of a case, and of the one that measures memory.
	requests, many int
	results        []result
	grew           []point
}

func main() {
	engines := flag.String("engine", "sqlite,postgres", "the databases to measure")
	filter := flag.String("filter", "", "only cases whose name contains this, or one of start, plans, search, import, http, lists, growth and memory")
	only := flag.Bool("million", false, "only the cases of a million orders; their results replace those of the last run")
	short := flag.Bool("short", false, "small data, a moment for each case; writes no results")
	asked := flag.String("load", "", "make requests to a server as this JSON says, and print how long they took")
	url := flag.String("export", "", "read every order of this database and print the peak of memory")
	quoted := flag.Bool("table", false, "print the last results as the table of README.md")
	flag.Parse()
	ctx := context.Background()
	if *url != "" {
		fail(export(ctx, *url))
		return
	}
	if *quoted {
		results, err := merged(nil)
		fail(err)
		fmt.Println(strings.Join(table(results), "\n"))
		return
	}
	if *asked != "" {
		var l load
		fail(json.Unmarshal([]byte(*asked), &l))
		fail(l.run(ctx, os.Stdout))
		return
	}
	r := &run{requests: 2000, many: 200_000, engines: strings.Split(*engines, ","), filter: *filter, orders: 2000, million: 1_000_000, imported: 50_000, only: *only, budget: 3 * time.Second}
	if *short {
		r.imported = 1000
		r.orders, r.million, r.budget, r.requests, r.many = 300, 10_000, 100*time.Millisecond, 300, 5000
	}
	fail(r.all(ctx))
	fail(r.report(*short))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (r *run) all(ctx context.Context) error {
	if !r.only && r.wants("start") {
		results, err := startResults(ctx)
		if err != nil {
			return err
		}
		r.add(results...)
	}
	for _, engine := range r.engines {
		if !r.only {
			if err := r.demoShop(ctx, engine); err != nil {
				return fmt.Errorf("%s: %w", engine, err)
			}
		}
		if !r.wantsMillion() {
			continue
		}
		if err := r.millionShop(ctx, engine); err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
	}
	return nil
}

// demoShop measures reads and writes in a shop of average size.
func (r *run) demoShop(ctx context.Context, engine string) error {
	s, err := fresh(ctx, engine)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.seed(ctx, r.orders); err != nil {
		return err
	}
	cases, err := readCases(ctx, s)
	if err != nil {
		return err
	}
	links, err := linkCase(ctx, s)
	if err != nil {
		return err
	}
	prices, err := priceCase(ctx, s)
	if err != nil {
		return err
	}
	stock, err := stockCases(ctx, s)
	if err != nil {
		return err
	}
	options, err := shippingCase(ctx, s)
	if err != nil {
		return err
	}
	edit, err := editCase(ctx, s)
	if err != nil {
		return err
	}
	totaled, err := totalsCase(s)
	if err != nil {
		return err
	}
	if err := r.measure(ctx, engine, append(append(cases, links, orderCase(s), edit, totaled, prices, options), stock...)...); err != nil {
		return err
	}
	if r.wants("plans") {
		plans, err := planResults(s)
		if err != nil {
			return err
		}
		r.add(plans...)
	}
	if r.wants("search") {
		res, err := r.searchIndexCost(ctx, s)
		if err != nil {
			return err
		}
		r.add(res)
	}
	if r.wants("import") {
		if err := r.importCase(ctx, engine, r.imported); err != nil {
			return err
		}
	}
	if !r.wants("http") {
		return nil
	}
	return r.httpResults(ctx, s)
}

// millionShop measures filters and exports with many orders.
func (r *run) millionShop(ctx context.Context, engine string) error {
	url, stop, err := place(engine)
	if err != nil {
		return err
	}
	s, err := open(ctx, url)
	if err != nil {
		stop()
		return err
	}
	s.stop = stop
	defer s.close()
	fmt.Fprintf(os.Stderr, "%s: generating %d orders\n", engine, r.million)
	if err := s.generate(ctx, r.million); err != nil {
		return err
	}
	cases, err := millionCases(ctx, s, r.million)
	if err != nil {
		return err
	}
	if err := r.measure(ctx, engine, cases...); err != nil {
		return err
	}
	if r.wants("lists") {
		if err := r.lists(ctx, engine, s); err != nil {
			return err
		}
	}
	if r.wants("growth") {
		if err := r.growth(ctx, engine, s); err != nil {
			return err
		}
	}
	if !r.wants("memory") {
		return nil
	}
	memory, err := exportResult(ctx, url, engine, r.million)
	if err == nil {
		r.add(memory)
	}
	return err
}

// lists measures the API's lists with many orders and with few.
func (r *run) lists(ctx context.Context, engine string, many *shop) error {
	few, err := fresh(ctx, engine)
	if err != nil {
		return err
	}
	defer few.close()
	if err := few.generate(ctx, 10_000); err != nil {
		return err
	}
	results, err := listResults(ctx, few, many, r.million)
	r.add(results...)
	return err
}

func (r *run) measure(ctx context.Context, engine string, pairs ...*pair) error {
	for _, p := range pairs {
		if !strings.Contains(p.name, r.filter) {
			continue
		}
		res, err := p.measure(ctx, engine, r.budget)
		if err != nil {
			return err
		}
		r.add(res)
	}
	return nil
}

// wantsMillion reports whether to run any case of a million orders.
func (r *run) wantsMillion() bool {
	return slices.ContainsFunc([]string{"lists", "growth", "memory", acrossLinks, acrossLinksCounted}, func(name string) bool { return strings.Contains(name, r.filter) })
}

// wants reports whether to run cases that are measured together.
func (r *run) wants(group string) bool { return r.filter == "" || r.filter == group }

func (r *run) add(results ...result) {
	for _, res := range results {
		fmt.Fprintf(os.Stderr, "%s: %s: %.2f\n", res.Engine, res.Name, res.Ratio)
	}
	r.results = append(r.results, results...)
}

// scansLinks matches a query plan that reads a whole link table.
var scansLinks = regexp.MustCompile(`Seq Scan on order_(payment_collection|fulfillment)\b|SCAN t[1-9]\d* *$`)
