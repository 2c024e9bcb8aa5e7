package module

import (
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
)

// A Check finds rows that the rules of a module would have refused. Such rows come
// from backups, imports and other programs. Package verify makes the checks.
type Check struct {
	// Model is the model of the rows, which have a primary key.
	Model *model.Model
	// Column is the column that is wrong.
	Column string
	// Wrong says what is wrong with the rows: "do not count their rules".
	Wrong string
	// Rows returns the FROM and WHERE clauses of the rows. The table must be a in them.
	Rows func(d db.Dialect) string
	// Value returns the expression of what the column of a row a must be, which a repair
	// writes. It may be nil: the column does not follow from other records.
	Value func(d db.Dialect) string
}
