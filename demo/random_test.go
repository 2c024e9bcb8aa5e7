package demo

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestIDsTellTheirTimeAndRise(t *testing.T) {
	t.Parallel()
	s := newSource(1, noon)
	var ids []string
	for i := range 5000 {
		at := noon.Add(time.Duration(i/500) * time.Hour) // many of one time
		id := s.id("thing", at)
		u, err := ulid.ParseStrict(strings.TrimPrefix(id, "thing_"))
		if err != nil {
			t.Fatal(err)
		}
		if !ulid.Time(u.Time()).Equal(at) {
			t.Fatalf("%s is of %s, want %s", id, ulid.Time(u.Time()), at)
		}
		ids = append(ids, id)
	}
	if !slices.IsSorted(ids) || len(slices.Compact(ids)) != 5000 {
		t.Error("the ids do not rise, or one was made twice")
	}
}

func TestIDsWithoutPrefixAreBare(t *testing.T) {
	t.Parallel()
	if id := newSource(1, noon).id("", noon); len(id) != 26 || strings.Contains(id, "_") {
		t.Errorf("the id is %q, want a bare ULID", id)
	}
}

// The time that comes back later has other ids than before.
func TestIDsOfATimeThatComesBack(t *testing.T) {
	t.Parallel()
	s := newSource(1, noon)
	seen := map[string]bool{}
	for range 2000 {
		for _, at := range []time.Time{noon, noon.Add(time.Second)} {
			id := s.id("thing", at)
			if seen[id] {
				t.Fatalf("%s was made twice", id)
			}
			seen[id] = true
		}
	}
}

func TestIDsNeverRunOver(t *testing.T) {
	t.Parallel()
	s := newSource(1, noon)
	first := s.id("", noon)
	for i := 7; i < len(s.last); i++ {
		s.last[i] = 0xff
	}
	s.last[6] = 0xfe
	before := s.last
	if next := s.id("", noon); next <= before.String() {
		t.Errorf("%s does not come after %s", next, before)
	}
	for range 3 {
		if id := s.id("", noon); id[:10] != first[:10] {
			t.Errorf("%s is of another time than %s", id, first)
		}
	}
}

func TestOneSeedOneSource(t *testing.T) {
	t.Parallel()
	ask := func(seed int64) []int {
		s, out := newSource(seed, noon), []int(nil)
		for range 50 {
			out = append(out, s.between(1, 1000), int(s.span(0, time.Hour)), len(s.id("x", noon)), favored(s, []int{1, 2, 3, 4}))
		}
		return out
	}
	if !slices.Equal(ask(5), ask(5)) {
		t.Error("one seed answers in two ways")
	}
	if slices.Equal(ask(5), ask(6)) {
		t.Error("two seeds answer alike")
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	s := newSource(1, noon)
	seen := map[int]bool{}
	for range 1000 {
		seen[s.between(3, 5)] = true
		if d := s.span(time.Minute, time.Hour); d < time.Minute || d > time.Hour || d%time.Second != 0 {
			t.Fatalf("a span of %s", d)
		}
		if s.chance(0) || !s.chance(100) {
			t.Fatal("what is never was, or what is always was not")
		}
	}
	if len(seen) != 3 || !seen[3] || !seen[5] {
		t.Errorf("between 3 and 5 are %v", seen)
	}
}

// The first quarter of a list is taken almost half of the time.
func TestFavored(t *testing.T) {
	t.Parallel()
	s := newSource(1, noon)
	list := make([]int, 100)
	for i := range list {
		list[i] = i
	}
	first := 0
	for range 10_000 {
		if favored(s, list) < 25 {
			first++
		}
	}
	if first < 4000 || first > 4800 {
		t.Errorf("%d of 10,000 are of the first quarter", first)
	}
}

func TestAsideLeavesTheStoriesAsTheyAre(t *testing.T) {
	t.Parallel()
	one, other := newSource(7, noon), newSource(7, noon)
	first := one.id("a", noon)
	if other.id("a", noon) != first {
		t.Fatal("two sources of one seed differ")
	}
	var more []string
	note := func(context.Context) error { more = append(more, other.id("b", noon)); return nil }
	if err := other.aside(note, note)(t.Context()); err != nil || len(more) != 2 || more[0] >= more[1] || more[0][2:] <= first[2:] {
		t.Errorf("aside made %v after %s (%v)", more, first, err)
	}
	if a, b := one.Uint64(), other.Uint64(); a != b {
		t.Errorf("after it %d is drawn, %d without", b, a)
	}
	if id := other.id("b", noon); id <= more[1] {
		t.Errorf("the id %s does not come after %s", id, more[1])
	}
	failure := errors.New("no")
	stop := func(context.Context) error { return failure }
	if err := other.aside(stop, note)(t.Context()); !errors.Is(err, failure) || len(more) != 2 {
		t.Errorf("it went on after %v", err)
	}
}
