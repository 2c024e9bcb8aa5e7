package main

import (
	"context"
	"encoding/xml"
	"os"
	"strings"
	"testing"
)

// BenchmarkCases runs each case and its yardsticks on small data. CI runs one iteration,
// which checks that all of them work and return the same.
func BenchmarkCases(b *testing.B) {
	for _, engine := range []string{"sqlite", "postgres"} {
		s, err := fresh(b.Context(), engine)
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(s.close)
		if err := s.seed(b.Context(), 200); err != nil {
			b.Fatal(err)
		}
		cases, err := readCases(b.Context(), s)
		if err != nil {
			b.Fatal(err)
		}
		links, err := linkCase(b.Context(), s)
		if err != nil {
			b.Fatal(err)
		}
		edit, err := editCase(b.Context(), s)
		if err != nil {
			b.Fatal(err)
		}
		totaled, err := totalsCase(s)
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range append(cases, links, orderCase(s), edit, totaled) {
			name := engine + "/" + strings.ReplaceAll(p.name, " ", "_")
			b.Run(name+"/ours", func(b *testing.B) { loop(b, p.ours) })
			b.Run(name+"/by-hand", func(b *testing.B) { loop(b, p.hands[0]) })
		}
		if _, err := planResults(s); err != nil {
			b.Fatal(err)
		}
	}
}

func loop(b *testing.B, f func(ctx context.Context) error) {
	for b.Loop() {
		if err := f(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

func TestGeneratedOrdersAreFilteredAlike(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			s, err := fresh(t.Context(), engine)
			if err != nil && engine == "postgres" && os.Getenv("CI") != "true" {
				t.Skipf("PostgreSQL is not tested: %v", err)
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(s.close)
			if err := s.generate(t.Context(), 5000); err != nil {
				t.Fatal(err)
			}
			if _, err := millionCases(t.Context(), s, 5000); err != nil { // compares the results
				t.Fatal(err)
			}
		})
	}
}

func TestChartIsXML(t *testing.T) {
	svg := chart([]result{{Name: "a < b", Engine: "sqlite", Ratio: 0.5, Bar: 1}, {Name: "c", Engine: "postgres", Ratio: 9, Bar: 1.15}})
	if err := xml.Unmarshal([]byte(svg), new(struct{ XMLName xml.Name })); err != nil {
		t.Error(err)
	}
	if !strings.Contains(svg, "9.00") || !strings.Contains(svg, "#d9534f") {
		t.Errorf("the case over its bar is not marked:\n%s", svg)
	}
}
