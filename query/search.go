package query

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/gorgon-commerce/gorgon/db"
)

// searches is what a database can find by an index.
type searches struct {
	every  bool            // whether all indexes of the models are there
	tables map[string]bool // those that are, by table, if not every one
	wide   bool            // whether they have letters and digits that are not ASCII
}

// searchState holds what an engine knows about the search indexes of its database.
type searchState struct {
	mu    sync.Mutex
	known *searches
}

// searches asks the database, once, which search indexes it has.
func (e *Engine) searches(ctx context.Context) (*searches, error) {
	e.search.mu.Lock()
	defer e.search.mu.Unlock()
	if e.search.known == nil {
		found, err := e.dialect.searches(ctx, db.Use(ctx, e.db))
		if err != nil {
			return nil, err
		}
		e.search.known = found
	}
	return e.search.known, nil
}

// indexes reports whether an index finds the text of all records that a search
// looks at.
func (s *searches) indexes(k *cond, root *scope) bool {
	for _, searched := range k.search {
		m := root.model
		if searched.end != nil {
			if keyCondition(searched.end.edge) < 0 {
				return false
			}
			m = searched.end.model
		}
		if !m.SearchIndex || !s.every && !s.tables[m.Table] {
			return false
		}
	}
	return true
}

// searchWords returns the words of a search; nil if the text is not valid.
func searchWords(v any) []string {
	text, err := toText(normalTexts(v))
	if err != nil {
		return nil
	}
	return strings.Fields(text)
}

// findable returns the words of a search that an index can find, those first that
// probably fewer records have: numbers, and long ones.
func (d *dialect) findable(v any, s *searches) []string {
	words := slices.DeleteFunc(searchWords(v), func(w string) bool { return !d.search.finds(w, s.wide) })
	slices.SortStableFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(digits(b), digits(a)), cmp.Compare(len(b), len(a)))
	})
	return words
}

func digits(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// shortest is how many characters a word has at least that an index can find.
const shortest = 3
