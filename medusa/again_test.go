package medusa_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/region"
)

func TestSecondImportChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := open(t, medusatest.Shop(t)), store(t, d)
		importShop(t, source, s)
		before := checksum(t, s)
		for _, table := range importShop(t, source, s).Tables {
			if table.Written != 0 || table.Unchanged != table.Read-table.Refused {
				t.Errorf("%+v: something was written", table)
			}
		}
		sameTables(t, before, checksum(t, s))
	})
}

// report returns the line of a table.
func report(t testing.TB, r *medusa.Report, table string) medusa.TableReport {
	t.Helper()
	for _, line := range r.Tables {
		if line.Table == table {
			return line
		}
	}
	t.Fatalf("%s is not in the report", table)
	return medusa.TableReport{}
}

// The newer side wins, row by row, and new rows of the source are added.
func TestNewerRowsWin(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := open(t, medusatest.Shop(t)), store(t, d)
		importShop(t, source, s)
		exec(t, source,
			"UPDATE product_type SET value = 'new there', updated_at = now() + interval '1 hour' WHERE value = 'Gear'",
			"UPDATE product_type SET value = 'old there', updated_at = created_at WHERE value = 'Apparel'",
			"INSERT INTO product_type (id, value) VALUES ('ptyp_1', 'added there')",
			"DELETE FROM product_tags WHERE product_tag_id IN (SELECT id FROM product_tag WHERE value = 'new')")
		exec(t, d, "UPDATE product_type SET value = 'new here', updated_at = '2100-01-01T00:00:00.000Z' WHERE value = 'Apparel'")
		r := importShop(t, source, s)
		if line := report(t, r, "product_type"); line.Read != 4 || line.Written != 2 || line.Unchanged != 2 {
			t.Errorf("product types: %+v, want 4 read, 2 written", line)
		}
		for value, want := range map[string]string{"new there": "1", "new here": "1", "old there": "0", "added there": "1", "Gear": "0"} {
			if got := one(t, d, "SELECT CAST(count(*) AS text) FROM product_type WHERE value = '"+value+"'"); got != want {
				t.Errorf("%s product types are %q, want %s", got, value, want)
			}
		}
		if n := count(t, d, "product_tags"); n != 14 {
			t.Errorf("%d product tags are left; what was deleted in the source should remain here", n)
		}
	})
}

// Countries and currencies exist before the import, which puts countries into the regions
// of the source.
func TestSeededRowsGiveWay(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		source, s := open(t, medusatest.Shop(t)), store(t, d)
		if n, err := region.New(s).AddWorld(t.Context()); err != nil || n != 250 {
			t.Fatal(n, err)
		}
		if n, err := currency.New(s).AddWorld(t.Context()); err != nil || n != len(currency.World) {
			t.Fatal(n, err)
		}
		// A country that was changed here after the last change in the source is left as it is.
		exec(t, d, "UPDATE region_country SET display_name = 'Gallia', updated_at = '2100-01-01T00:00:00.000Z' WHERE iso_2 = 'fr'")
		importShop(t, source, s)
		if got := one(t, d, "SELECT r.name FROM region_country c JOIN region r ON r.id = c.region_id WHERE c.iso_2 = 'de'"); got != "Europe" {
			t.Errorf("Germany is in %s", got)
		}
		if got := one(t, d, "SELECT display_name FROM region_country WHERE iso_2 = 'fr'"); got != "Gallia" {
			t.Errorf("France is called %s", got)
		}
		if got := one(t, d, "SELECT CAST(rounding AS text) FROM currency WHERE code = 'chf'"); got != "0.05" {
			t.Errorf("Swiss francs are rounded to %s", got)
		}
		if got := one(t, d, "SELECT CAST(count(*) AS text) FROM currency WHERE code IN ('ltl', 'kwd', 'eur')"); got != "3" {
			t.Errorf("%s currencies are there, want 3", got)
		}
		for _, table := range []string{"region_country", "currency"} {
			if r := report(t, importShop(t, source, s), table); r.Written != 0 {
				t.Errorf("the second import changed %d rows of %s", r.Written, table)
			}
		}
	})
}
