package schema_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

// widget is what two binaries know of one table.
type widget struct {
	model.Record
	Name string `json:"name"`
}

type widgetWithNote struct {
	model.Record
	Name string  `json:"name"`
	Note *string `json:"note"`
	Size int64   `json:"size" model:"default=1"`
}

type widgetWithSerial struct {
	model.Record
	Name   string `json:"name"`
	Serial string `json:"serial"`
}

func widgets[T any](t testing.TB, more ...*model.Model) *schema.Schema {
	return schema.New(tables(t, append(more, model.Define[T]("widget"))...))
}

// Two binaries, one with more tables and columns than the other, run beside each
// other; migrating with the older one changes nothing.
func TestTwoBinariesOneDatabase(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		older, newer := widgets[widget](t), widgets[widgetWithNote](t, model.Define[gadget]("gadget"))
		check := func(when string) {
			t.Helper()
			for name, s := range map[string]*schema.Schema{"older": older, "newer": newer} {
				if err := s.Check(t.Context(), d); err != nil {
					t.Errorf("%s: %s: %v", when, name, err)
				}
			}
		}
		migrate(t, d, older)
		migrate(t, d, newer)
		check("after the newer migrated")
		if changes := migrate(t, d, older); len(changes) != 0 {
			t.Errorf("the older binary made %v", changes)
		}
		check("after the older migrated, too")
		exec(t, d, "INSERT INTO widget (id, name, created_at, updated_at) VALUES ('w', 'x', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z')")
		settled(t, d, newer)
		never := widgets[widget](t, model.Define[gadget]("gadget")) // has not migrated this database
		if err := never.Check(t.Context(), d); err != nil {
			t.Errorf("a third binary: %v", err)
		}
	})
}

// What a binary cannot run with is named.
func TestABinaryThatCannotRun(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		older, newer := widgets[widget](t), widgets[widgetWithSerial](t)
		migrate(t, d, older)
		migrate(t, d, newer)
		for _, err := range []error{older.Check(t.Context(), d), migrateError(t, d, older)} {
			wantFault(t, err, fault.UnexpectedState, "widget.serial", "newer")
		}
		other := widgets[widgetWithNote](t)
		wantFault(t, other.Check(t.Context(), d), fault.UnexpectedState, "widget.serial")
	})
}

func migrateError(t *testing.T, d db.DB, s *schema.Schema) error {
	t.Helper()
	_, err := s.Migrate(t.Context(), d, schema.Options{})
	return err
}
