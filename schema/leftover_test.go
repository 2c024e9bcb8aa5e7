package schema_test

import (
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

// pairs is a table of links between widgets and gadgets.
type pairs struct {
	model.Record
	WidgetID string `json:"widget_id"`
	GadgetID string `json:"gadget_id"`
}

// What a link had before its table was renamed or it was taken out is named, with
// the rows that are not deleted.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		before := widgets[widget](t, model.Define[gadget]("gadget"), model.Define[pairs]("widget_gadget"))
		renamed := widgets[widget](t, model.Define[gadget]("gadget"), model.Define[pairs]("gadget_widget"))
		without := widgets[widget](t, model.Define[gadget]("gadget"))
		migrate(t, d, before)
		find := func(s *schema.Schema, want ...schema.Leftover) {
			t.Helper()
			got, err := s.Leftovers(t.Context(), d)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%v (%v), want %v", got, err, want)
			}
		}
		find(renamed) // without rows there is nothing to lose
		for _, id := range []string{"a", "b", "c"} {
			exec(t, d, "INSERT INTO widget_gadget (id, widget_id, gadget_id, created_at, updated_at) VALUES ('"+id+"', 'w', 'g', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')")
		}
		exec(t, d, "UPDATE widget_gadget SET deleted_at = '2026-01-01T00:00:00.000Z' WHERE id = 'c'")
		find(before)
		find(renamed, schema.Leftover{Table: "widget_gadget", Rows: 2, Like: "gadget_widget"})
		find(without, schema.Leftover{Table: "widget_gadget", Rows: 2})
		migrate(t, d, renamed)
		find(renamed, schema.Leftover{Table: "widget_gadget", Rows: 2, Like: "gadget_widget"})
		exec(t, d, "CREATE TABLE other (id text, widget_id text)") // not Gorgon's
		find(renamed, schema.Leftover{Table: "widget_gadget", Rows: 2, Like: "gadget_widget"})
	})
}
