package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// load is the requests that a separate process makes, so that it does not share the
// server's CPU time.
type load struct {
	URL      string        `json:"url"`
	Token    string        `json:"token"`
	Clients  int           `json:"clients"`
	Requests int           `json:"requests"`
	Timeout  time.Duration `json:"timeout"`
}

// loaded is the result of a load.
type loaded struct {
	Errors   int     `json:"errors"`
	P50, P99 float64 // ns
	Rate     float64 `json:"rate"` // requests a second
}

// warm is how many requests each client makes before it measures, so that connections to
// the server and to the database are open.
const warm = 10

// run makes the requests and prints the result.
func (l load) run(ctx context.Context, out io.Writer) error {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.Clients, DisableCompression: true}, Timeout: l.Timeout}
	var left, failed atomic.Int64
	left.Store(int64(l.Requests))
	took := make([][]float64, l.Clients)
	var wg sync.WaitGroup
	start := time.Now()
	for i := range l.Clients {
		wg.Go(func() {
			for range warm {
				if l.ask(ctx, client) != nil {
					failed.Add(1)
				}
			}
			for left.Add(-1) >= 0 {
				start := time.Now()
				if l.ask(ctx, client) != nil {
					failed.Add(1)
				}
				took[i] = append(took[i], float64(time.Since(start)))
			}
		})
	}
	wg.Wait()
	rate := float64(l.Requests+warm*l.Clients) / time.Since(start).Seconds()
	all := slices.Concat(took...)
	slices.Sort(all)
	return json.NewEncoder(out).Encode(loaded{int(failed.Load()), all[len(all)/2], all[len(all)*99/100], rate})
}

func (l load) ask(ctx context.Context, client *http.Client) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, l.URL, http.NoBody)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+l.Token)
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close() //nolint:errcheck // it was only read from
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", res.StatusCode)
	}
	return nil
}

// elsewhere runs the load in a separate process.
func (l load) elsewhere(ctx context.Context) (loaded, error) {
	var res loaded
	self, err := os.Executable()
	if err != nil {
		return res, err
	}
	text, err := json.Marshal(l)
	if err != nil {
		return res, err
	}
	cmd := exec.CommandContext(ctx, self, "-load", string(text))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return res, fmt.Errorf("load: %w", err)
	}
	return res, json.Unmarshal(out, &res)
}

// server is the API of a shop, and a token for it.
type server struct {
	url, token string
	stop       func()
}

func (s *shop) serve(ctx context.Context) (*server, error) {
	const email = "bench@example.com"
	if _, err := s.Auth.CreateUser(ctx, email, "correct horse"); err != nil {
		return nil, err
	}
	token, err := s.Auth.TokenFor(ctx, "user", email)
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	h := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: time.Minute}
	go func() { _ = h.Serve(listener) }() // returns on Close
	return &server{"http://" + listener.Addr().String(), token, func() { _ = h.Close() }}, nil
}

// httpResults measures the API of a demo shop.
func (r *run) httpResults(ctx context.Context, s *shop) error {
	h, err := s.serve(ctx)
	if err != nil {
		return err
	}
	defer h.stop()
	one := load{URL: h.url + "/admin/orders/" + s.orderID + "?fields=" + url.QueryEscape(strings.Join(nine, ",")), Token: h.token, Clients: 1, Requests: r.requests, Timeout: time.Minute}
	if s.engine() == "sqlite" { // with PostgreSQL, the time of the query is that of another process
		res, err := r.cpuOfOne(ctx, s, one)
		if err != nil {
			return err
		}
		r.add(res)
	}
	for _, clients := range []int{8, 256} {
		l := one
		l.Clients = clients
		got, err := l.elsewhere(ctx)
		if err != nil {
			return err
		}
		if got.Errors > 0 {
			return fmt.Errorf("%d clients: %d requests failed", clients, got.Errors)
		}
		r.add(result{Name: fmt.Sprintf("%d clients: p99 beside p50", clients), Engine: s.engine(), Ours: got.P99, Yardstick: got.P50, Ratio: got.P99 / got.P50, Bar: 10, Unit: "ns"})
	}
	return r.memoryOfMany(ctx, s, one)
}

// cpuOfOne compares the CPU time of a request with that of a handler that does
// nothing but run the hand-written statement and write its bytes.
func (r *run) cpuOfOne(ctx context.Context, s *shop, l load) (result, error) {
	bare, err := s.bare(ctx)
	if err != nil {
		return result{}, err
	}
	defer bare.stop()
	hand := l
	hand.URL = bare.url
	served := func(l load) (float64, error) {
		start := cpu()
		got, err := l.elsewhere(ctx)
		if err != nil || got.Errors > 0 {
			return 0, errors.Join(err, fmt.Errorf("%d requests failed", got.Errors))
		}
		return float64(cpu()-start) / float64(l.Requests+warm*l.Clients), nil
	}
	var ours, hands, ratios []float64
	for range 7 {
		a, err := served(l)
		if err != nil {
			return result{}, err
		}
		b, err := served(hand)
		if err != nil {
			return result{}, err
		}
		ours, hands, ratios = append(ours, a), append(hands, b), append(ratios, a/b)
	}
	return result{Name: "GET one order, nine relations, beside a bare handler", Engine: s.engine(), Ours: median(ours), Yardstick: median(hands), Ratio: median(ratios), Bar: 1.5, Unit: "ns"}, nil
}

// bare serves the order by the fastest of the hand-written statements.
func (s *shop) bare(ctx context.Context) (*server, error) {
	all, err := byHandSQL(s.engine(), "one")
	if err != nil {
		return nil, err
	}
	p := &pair{ours: func(context.Context) error { return nil }}
	var statements []string
	for _, sql := range all {
		statements = append(statements, sql)
		p.hands = append(p.hands, func(ctx context.Context) error { _, err := s.read(ctx, sql, false, s.orderID); return err })
	}
	fastest, err := p.fastest(ctx)
	if err != nil {
		return nil, err
	}
	sql := statements[fastest]
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	h := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		records, err := s.read(r.Context(), sql, false, s.orderID)
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(slices.Concat([]byte(`{"order":`), records[1:len(records)-1], []byte("}"))) // the client may be gone
	})}
	go func() { _ = h.Serve(listener) }() // returns on Close
	return &server{url: "http://" + listener.Addr().String(), stop: func() { _ = h.Close() }}, nil
}

// memoryOfMany compares the heap after many requests with that after a few.
func (r *run) memoryOfMany(ctx context.Context, s *shop, l load) error {
	l.Clients = 8
	var after []float64
	for _, n := range []int{r.requests * 2, r.many} {
		l.Requests = n
		if got, err := l.elsewhere(ctx); err != nil || got.Errors > 0 {
			return errors.Join(err, fmt.Errorf("%d requests failed", got.Errors))
		}
		runtime.GC()
		debug.FreeOSMemory()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		after = append(after, float64(m.HeapAlloc))
	}
	r.add(result{Name: fmt.Sprintf("heap after %d requests beside %d", r.many, r.requests*2), Engine: s.engine(), Ours: after[1], Yardstick: after[0], Ratio: after[1] / after[0], Bar: 1.2, Unit: "bytes"})
	return nil
}

// lists are first pages of lists, as the dashboard asks for them, and sorted and filtered
// through links. Those by something, and those of an email and of a rare
// word, match the same number of orders in a shop of any size.
var lists = map[string]string{
	"by id":                           "/admin/orders?fields=id,email",
	"newest first":                    "/admin/orders?fields=id,email&order=-created_at",
	"by customer.email":               "/admin/orders?fields=id,customer.email&order=customer.email",
	"of a status":                     "/admin/orders?fields=id,email&status=pending&order=-created_at",
	"of an email":                     "/admin/orders?fields=id,email&email=buyer77@shop.example",
	"of completed payments":           "/admin/orders?fields=id,email&payment_collections.status=completed",
	"that are not fulfilled":          "/admin/orders?fields=id,email&fulfillments=null",
	"by customer.email, newest first": "/admin/orders?customer.email=buyer77@shop.example&order=-created_at&fields=id,customer.email",
	"by a payment's id":               "/admin/orders?payment_collections.id=pay_col_00000777&order=-created_at&fields=id,customer.email",
	"of a search, a rare word":        "/admin/orders?fields=id,email&q=buyer777@shop&order=-created_at",
	"of a search, a common word":      "/admin/orders?fields=id,email&q=shop.example&order=-created_at",
	"of a search, a short word":       "/admin/orders?fields=id,email&q=r7&order=-created_at",
	"by a fulfillment's id":           "/admin/orders?fulfillments.id=ful_00000777&order=customer.email&fields=id,customer.email",
}

// listResults compares these pages in a shop with many orders with those in one with few.
func listResults(ctx context.Context, few, many *shop, n int) ([]result, error) {
	small, err := few.serve(ctx)
	if err != nil {
		return nil, err
	}
	defer small.stop()
	large, err := many.serve(ctx)
	if err != nil {
		return nil, err
	}
	defer large.stop()
	var out []result
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		path := lists[name]
		page := func(h *server) func(ctx context.Context) error {
			l := load{URL: h.url + path, Token: h.token}
			return func(ctx context.Context) error { return l.ask(ctx, http.DefaultClient) }
		}
		p := &pair{name: fmt.Sprintf("first page of %d orders beside 10000, %s", n, name), bar: 2, ours: page(large), hands: []func(ctx context.Context) error{page(small)}}
		res, err := p.measure(ctx, many.engine(), time.Second)
		if err != nil {
			return nil, err
		}
		out = append(out, res)
	}
	return out, nil
}
