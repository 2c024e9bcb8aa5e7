package schema_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

type memo struct {
	model.Base
	Title string  `json:"title" model:"searchable"`
	Extra *string `json:"extra" model:"searchable"`
}

type shortMemo struct {
	model.Base
	Title string `json:"title" model:"searchable,default=untitled"`
}

type sticker struct {
	model.Base
	Text string `json:"text"`
}

type numberedSticker struct {
	sticker
	Number int64 `json:"number" model:"default=1,index"`
}

func memos[M, S any](searched bool) *schema.Schema {
	m := model.Define[M]("memo")
	if searched {
		m = m.Searched()
	}
	return schema.New([]*model.Model{m, model.Define[S]("sticker")})
}

// A search index is made for the rows that are there, changed with the columns that
// are searched, and dropped with the last of them.
func TestSearchIndexFollowsTheModel(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		steps := []struct {
			s    *schema.Schema
			want int64 // search indexes
		}{
			{memos[memo, sticker](false), 0},
			{memos[memo, sticker](true), 1},
			{memos[shortMemo, numberedSticker](true), 1}, // drops a searched column, and changes another table
			{memos[memo, sticker](true), 1},
			{memos[memo, numberedSticker](false), 0},
		}
		for i, step := range steps {
			migrate(t, d, step.s, schema.Options{AllowDestructive: true})
			settled(t, d, step.s)
			for _, id := range []string{"a", "b"} {
				exec(t, d, "INSERT INTO memo (id, title"+stamps+") VALUES ('"+id+string(rune('0'+i))+"', 'Remember'"+stamped+")")
			}
			exec(t, d, "UPDATE memo SET title = 'Remembered' WHERE id LIKE 'a%'")
			exec(t, d, "DELETE FROM memo WHERE id LIKE 'b%'")
			if n := searchIndexes(t, d); n != step.want {
				t.Errorf("step %d: %d search indexes, want %d", i, n, step.want)
			}
			if n := count(t, d, "SELECT count(*) FROM memo"); n != int64(i+1) {
				t.Errorf("step %d: %d memos", i, n)
			}
			if d.Dialect().Name() == "sqlite" && step.want > 0 {
				if n := count(t, d, "SELECT count(*) FROM gorgon_search_memo k JOIN memo m ON m.id = k.key"); n != int64(i+1) {
					t.Errorf("step %d: the index has %d memos", i, n)
				}
			}
		}
	})
}

func searchIndexes(t testing.TB, d db.DB) int64 {
	t.Helper()
	if d.Dialect().Name() == "sqlite" {
		return count(t, d, "SELECT count(*) FROM sqlite_master WHERE name = 'gorgon_text_memo'")
	}
	return count(t, d, "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relname LIKE 'gorgon_search_memo_%'")
}
