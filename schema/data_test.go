package schema_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

// addLabel returns a data migration that inserts a label and records that it ran.
func addLabel(code string, ran *[]string) schema.DataMigration {
	return schema.DataMigration{Name: "add label " + code, Run: func(ctx context.Context, d db.DB) error {
		*ran = append(*ran, code)
		p := d.Dialect().Placeholder
		_, err := db.Use(ctx, d).Exec(ctx, "INSERT INTO label (code, name) VALUES ("+p(1)+", "+p(2)+")", code, code)
		return err
	}}
}

func TestDataMigrationsRunOnceInOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		var ran []string
		first, second, third := addLabel("z", &ran), addLabel("y", &ran), addLabel("x", &ran)
		migrate(t, d, shop(t, first, second))
		settled(t, d, shop(t, first, second))
		migrate(t, d, shop(t, first, second))

		wantFault(t, shop(t, first, second, third).Check(t.Context(), d), fault.UnexpectedState, "gorgon migrate")
		applied := migrate(t, d, shop(t, first, second, third))
		if len(applied) != 1 || applied[0].Summary != "run data migration add label x" || applied[0].Table != "" {
			t.Errorf("applied %v", applied)
		}
		settled(t, d, shop(t, first, second, third))
		if want := []string{"z", "y", "x"}; !slices.Equal(ran, want) {
			t.Errorf("ran %v, want %v", ran, want)
		}
		if n := count(t, d, "SELECT count(*) FROM label"); n != 3 {
			t.Errorf("%d labels, want 3", n)
		}
	})
}

func TestAFailingDataMigrationChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		var ran []string
		broken := schema.DataMigration{Name: "broken", Run: func(context.Context, db.DB) error { return errors.New("no luck") }}
		more := func(data ...schema.DataMigration) *schema.Schema {
			return schema.New(tables(t, model.Define[gadgetWithNulls]("gadget"), labels()), data...)
		}
		_, err := more(addLabel("a", &ran), broken).Migrate(t.Context(), d, schema.Options{})
		wantFault(t, err, fault.UnexpectedState, "broken", "no luck", "nothing was changed")
		settled(t, d, gadgets[gadget](nil)(t))
		survived(t, d)
		migrate(t, d, more(addLabel("a", &ran)))
		if n := count(t, d, "SELECT count(*) FROM label"); n != 1 || len(ran) != 2 {
			t.Errorf("%d labels, ran %v", n, ran)
		}
	})
}

func TestADataMigrationMayRefuse(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		refuse := schema.DataMigration{Name: "refuse", Run: func(context.Context, db.DB) error {
			return fault.New(fault.Conflict, "the shop is open")
		}}
		_, err := shop(t, refuse).Migrate(t.Context(), d, schema.Options{})
		wantFault(t, err, fault.Conflict, "the shop is open")
		wantFault(t, shop(t).Check(t.Context(), d), fault.UnexpectedState, "no tables")
	})
}

func TestAPanicInADataMigrationChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		firstGadgets(t, d)
		s := schema.New(tables(t, model.Define[gadgetWithNulls]("gadget")), schema.DataMigration{
			Name: "panics", Run: func(context.Context, db.DB) error { panic("oh") }})
		func() {
			defer func() {
				if recover() == nil {
					t.Error("Migrate recovered the panic")
				}
			}()
			_, _ = s.Migrate(t.Context(), d, schema.Options{})
		}()
		settled(t, d, gadgets[gadget](nil)(t))
		survived(t, d)
	})
}

func TestNamesOfDataMigrationsAreUnique(t *testing.T) {
	t.Parallel()
	d := dbtest.SQLite(t)
	var ran []string
	_, err := shop(t, addLabel("a", &ran), addLabel("a", &ran)).Migrate(t.Context(), d, schema.Options{})
	if err == nil || !strings.Contains(err.Error(), `two data migrations are named "add label a"`) {
		t.Errorf("error %v", err)
	}
}
