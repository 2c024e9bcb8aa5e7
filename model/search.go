package model

import (
	"fmt"
	"strings"
)

// SearchTable is the table that has, in SQLite, up to which number (indexed) the
// rows of a searched table (name) are in its index. SearchKeys
// and SearchTexts name that index, which triggers keep.
const SearchTable = "gorgon_search"

// SearchKeys returns the name of the table that numbers the rows for a search.
func (m *Model) SearchKeys() string { return SearchTable + "_" + m.Table }

// SearchTexts returns the name of the index of the numbered texts.
func (m *Model) SearchTexts() string { return textPrefix + m.Table }

const textPrefix = "gorgon_text_"

// Kept reports whether a table is one that triggers keep: of numbers of rows, or of
// an index for searches.
func Kept(table string) bool {
	return table == CountTable || table == SearchTable || strings.HasPrefix(table, SearchTable+"_") || strings.HasPrefix(table, textPrefix)
}

// Searched is for models whose records are many: it has the text of the searchable
// columns indexed for the free text filter q.
func (m *Model) Searched() *Model { m.SearchIndex = true; return m }

// SearchText returns, in SQL for both databases, the text of a row that q searches:
// the searchable columns, each on a line of its own. row is the alias of the table
// with a dot, or "".
func (m *Model) SearchText(row string) string {
	var columns []string
	for _, f := range m.Fields {
		if f.Searchable && !f.Secret {
			columns = append(columns, "coalesce(CAST("+row+`"`+f.Name+`" AS text), '')`)
		}
	}
	return strings.Join(columns, " || '\n' || ")
}

// checkSearch returns an error for a model that cannot have a search index.
func (m *Model) checkSearch() error {
	if !m.SearchIndex {
		return nil
	}
	if key := m.Field(m.PrimaryKey()); key == nil || key.Kind != Text {
		return fmt.Errorf("model %s: records that are searched have one primary key, a text", m)
	}
	if !m.Searchable() {
		return fmt.Errorf("model %s: records that are searched have a searchable column", m)
	}
	for _, f := range m.Fields {
		if f.Searchable && f.Kind != Text && f.Kind != Int {
			return fmt.Errorf("model %s: the searchable column %s is neither text nor a whole number, so the records cannot be searched by an index", m, f.Name)
		}
	}
	return nil
}
