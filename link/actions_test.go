package link_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

// list returns the linked pairs among the given ones, in which "i t1" stands for
// any item and t1.
func (s *shop) list(pairs string) string {
	s.t.Helper()
	var all []link.Pair
	for part := range strings.SplitSeq(pairs, ",") {
		p := link.Pair{}
		for _, id := range strings.Fields(part) {
			p[s.model(id)] = id
			if len(id) == 1 {
				p[s.model(id)] = ""
			}
		}
		all = append(all, p)
	}
	rows, err := s.List(s.t.Context(), all...)
	if err != nil {
		s.t.Fatalf("listing %s: %v", pairs, err)
	}
	var out []string
	for _, r := range rows {
		ids := slices.Sorted(maps.Values(r.Keys))
		out = append(out, strings.Join(ids, " "))
	}
	return strings.Join(out, ", ")
}

// delete calls Delete, which must succeed.
func (s *shop) delete(of *model.Model, ids ...string) link.Deleted {
	s.t.Helper()
	got, err := s.Delete(s.t.Context(), of, ids...)
	if err != nil {
		s.t.Fatalf("deleting the links of %s %v: %v", of, ids, err)
	}
	return got
}

func (s *shop) restore(of *model.Model, ids ...string) link.Deleted {
	s.t.Helper()
	got, err := s.Restore(s.t.Context(), of, ids...)
	if err != nil {
		s.t.Fatalf("restoring the links of %s %v: %v", of, ids, err)
	}
	return got
}

// summary lists the ids of deleted records, and the number of link rows.
func summary(d link.Deleted) string {
	var out []string
	rows := 0
	for _, name := range slices.Sorted(maps.Keys(d)) {
		if strings.HasPrefix(d[name][0], "link_") {
			rows += len(d[name])
			continue
		}
		out = append(out, name+" "+strings.Join(d[name], " "))
	}
	return strings.Join(append(out, fmt.Sprint("rows ", rows)), "; ")
}
