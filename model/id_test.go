package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/oklog/ulid/v2"
)

func TestNewID(t *testing.T) {
	t.Parallel()
	const n = 10_000
	ids := make([]string, n)
	for i := range ids {
		ids[i] = model.NewID("brand")
	}
	for _, id := range ids {
		rest, ok := strings.CutPrefix(id, "brand_")
		u, err := ulid.ParseStrict(rest)
		if !ok || err != nil {
			t.Fatalf("%q is not a valid id: %v", id, err)
		}
		if age := time.Since(ulid.Time(u.Time())); age < -time.Second || age > time.Minute {
			t.Fatalf("%q was created %s ago", id, age)
		}
	}
	if !slices.IsSorted(ids) {
		t.Error("successive ids are not in ascending order")
	}
	if len(slices.Compact(ids)) != n {
		t.Error("two ids are equal")
	}
	if _, err := ulid.ParseStrict(model.NewID("")); err != nil {
		t.Errorf("without a prefix, an id is not a bare ULID: %v", err)
	}
}

func TestNewIDFromManyGoroutines(t *testing.T) {
	t.Parallel()
	const workers, each = 8, 2000
	made := make(chan []string)
	for range workers {
		go func() {
			ids := make([]string, each)
			for i := range ids {
				ids[i] = model.NewID("x")
			}
			if !slices.IsSorted(ids) {
				t.Error("successive ids of one goroutine are not in ascending order")
			}
			made <- ids
		}()
	}
	seen := map[string]bool{}
	for range workers {
		for _, id := range <-made {
			seen[id] = true
		}
	}
	if len(seen) != workers*each {
		t.Errorf("%d of %d ids are different", len(seen), workers*each)
	}
}

// Ids ascend even if the clock stands still or is set back.
func TestNewIDWithAnOddClock(t *testing.T) {
	t.Parallel()
	clock := []uint64{1000, 1000, 1000, 990, 5, 1001, 1000, 2000}
	next := model.Source(func() uint64 {
		now := clock[0]
		clock = clock[1:]
		return now
	})
	last := ""
	for len(clock) > 0 {
		now := clock[0]
		id := next()
		if id <= last {
			t.Errorf("at %d, %s follows %s", now, id, last)
		}
		last = id
	}
	if u := ulid.MustParse(last); u.Time() != 2000 {
		t.Errorf("the time of the last id is %d", u.Time())
	}
}

func BenchmarkNewID(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		model.NewID("order")
	}
}
