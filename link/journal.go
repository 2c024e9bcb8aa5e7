package link

import (
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// The journal records what a Delete changed, so that Restore restores exactly
// that: a link that had been dismissed before stays dismissed.

// deletion is one line of the journal: a row that was deleted with a root
// record.
type deletion struct {
	ID        string    `json:"id" model:"pk"`
	Operation string    `json:"operation"` // the same for all lines of one root and one Delete
	RootModel string    `json:"root_model"`
	RootID    string    `json:"root_id"`
	Model     string    `json:"model"` // of the row
	RowID     string    `json:"row_id"`
	Link      bool      `json:"link"` // true for a link row, false for a record deleted by cascade
	At        time.Time `json:"at"`   // the row's deleted_at
}

const journalTable = "link_deletion"

// Journal returns the model of the table link_deletion, which Install adds to a
// graph that does not have it. Queries cannot read it.
func Journal() *model.Model {
	m := model.Define[deletion](journalTable).Named().Index("root_model", "root_id")
	m.Module = "link"
	return m
}

// Deleted lists what a Delete or Restore changed: the sorted ids of records, by
// the name of their model, and of link rows, by the name of their table.
type Deleted map[string][]string

func (d Deleted) sort() Deleted {
	for _, ids := range d {
		slices.Sort(ids)
	}
	return d
}
