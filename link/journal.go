package link

import (
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// The journal notes what a Delete touched, so that Restore brings back that
// and nothing else: a link dismissed long before stays dismissed.

// deletion is one line of the journal: a row that was deleted with the root
// record.
type deletion struct {
	ID        string    `json:"id" model:"pk"`
	Operation string    `json:"operation"` // the same for all lines of one Delete of one root
	RootModel string    `json:"root_model"`
	RootID    string    `json:"root_id"`
	Model     string    `json:"model"` // of the row
	RowID     string    `json:"row_id"`
	Link      bool      `json:"link"` // a link row, or a record deleted by cascade
	At        time.Time `json:"at"`   // the row's deleted_at
}

const journalTable = "link_deletion"

// Journal is the model of the table link_deletion, which Install adds to a
// graph that has it not. Queries do not know it.
func Journal() *model.Model {
	m := model.Define[deletion](journalTable).Named().Index("root_model", "root_id")
	m.Module = "link"
	return m
}

// Deleted says what a Delete or Restore touched: ids by model, sorted; link
// rows under the link's table.
type Deleted map[string][]string

func (d Deleted) sort() Deleted {
	for _, ids := range d {
		slices.Sort(ids)
	}
	return d
}
