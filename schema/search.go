package schema

import (
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// SearchIndex returns the SQL that creates the search index of a model whose table
// exists. In PostgreSQL it does nothing where the extension cannot be installed.
func SearchIndex(d db.Dialect, m *model.Model) string {
	if d.Name() == "sqlite" {
		return searchOf(m).sql()
	}
	return indexSearches([]*model.Model{m})
}

// Counter returns the SQL that has the rows of a counted model counted whose table
// exists. It is empty where the database counts them itself.
func Counter(d db.Dialect, m *model.Model) string {
	if d.Name() != "sqlite" {
		return ""
	}
	return counterOf(m).sql()
}
