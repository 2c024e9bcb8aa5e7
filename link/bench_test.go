package link_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// BenchmarkCreate links a thousand many-to-many pairs at once, with the manager
// and with a hand-written insert.
func BenchmarkCreate(b *testing.B) {
	for name, fresh := range map[string]func(testing.TB) db.DB{"sqlite": dbtest.SQLite, "postgres": dbtest.Postgres} {
		b.Run(name+"/manager", func(b *testing.B) {
			s := openBenchmark(b, fresh(b))
			b.ReportAllocs()
			for round := 0; b.Loop(); round++ {
				pairs := make([]link.Pair, 1000)
				for i := range pairs {
					pairs[i] = link.Pair{s.items: benchID("i", i), s.tags: benchID("t", i+round)}
				}
				if _, err := s.Create(b.Context(), pairs...); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/by-hand", func(b *testing.B) {
			s := openBenchmark(b, fresh(b))
			text := insertByHand(s.db.Dialect(), 1000)
			b.ReportAllocs()
			for round := 0; b.Loop(); round++ {
				now, args := time.Now(), make([]any, 0, 5000)
				for i := range 1000 {
					args = append(args, benchID("i", i), benchID("t", i+round), model.NewID("link"), now, now)
				}
				if _, err := s.db.Exec(b.Context(), text, args...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchID(letter string, n int) string { return fmt.Sprintf("%s%03d", letter, n%1000) }

// openBenchmark opens a shop with a thousand items and tags.
func openBenchmark(b *testing.B, d db.DB) *shop {
	s := open(b, d)
	s.store = module.NewStore(d, s.graph)
	s.Manager = link.NewManager(s.store, s.installed)
	items, tags := make([]*item, 1000), make([]*tag, 1000)
	for n := range items {
		items[n], tags[n] = &item{Record: id(benchID("i", n))}, &tag{Record: id(benchID("t", n))}
	}
	create(s, s.items, items...)
	create(s, s.tags, tags...)
	return s
}

func insertByHand(q db.Dialect, rows int) string {
	var text strings.Builder
	text.WriteString("INSERT INTO shop_item_tagger_tag (item_id, tag_id, id, created_at, updated_at) VALUES ")
	for n := range rows {
		if n > 0 {
			text.WriteByte(',')
		}
		text.WriteByte('(')
		for c := range 5 {
			if c > 0 {
				text.WriteByte(',')
			}
			text.WriteString(q.InOrder(5*n + c + 1))
		}
		text.WriteByte(')')
	}
	return text.String()
}
