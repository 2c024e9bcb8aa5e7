package modules_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/modules/currency"
	"github.com/gorgon-commerce/gorgon/modules/region"
)

// ownTables are tables of ours in modules of Medusa.
var ownTables = []string{"payment_attempt"}

// inSample returns the models of modules that the sample shop has. A module with
// none of its tables in the sample is ours alone, and cannot be compared.
func inSample(d *dump, g *model.Graph) []*model.Model {
	has := map[string]bool{}
	for _, m := range g.Models() {
		has[m.Module] = has[m.Module] || d.tables[m.Table] != nil
	}
	return slices.DeleteFunc(slices.Clone(g.Models()), func(m *model.Model) bool { return !has[m.Module] || slices.Contains(ownTables, m.Table) })
}

// ownColumns are columns of ours in tables of Medusa. An import gives them their
// defaults.
var ownColumns = []string{"inventory_level.backordered", "store.rounding", "order.rounding", "cart.rounding", "order_shipping.amount", "fulfillment.provider_call", "fulfillment.provider_key"}

// Our tables have the same columns as those of the sample shop, with the same kinds. The
// columns raw_… are left out, since they repeat the value of another column.
func TestColumnsAreThoseOfTheSampleShop(t *testing.T) {
	t.Parallel()
	d, g := sample(t), graph(t)
	left := []string{"order_line_item.totals_id"} // a remnant of an earlier version
	exact := []string{"tax_rate.rate"}            // a decimal here: taxes are computed with it
	for _, m := range inSample(d, g) {
		columns := d.tables[m.Table]
		if columns == nil {
			t.Errorf("model %s: the sample has no table %s", m, m.Table)
		}
		for name, c := range columns {
			f := m.Field(name)
			switch {
			case strings.HasPrefix(name, "raw_") || slices.Contains(left, m.Table+"."+name):
				if f != nil {
					t.Errorf("%s.%s should not be ours", m.Table, name)
				}
			case f == nil:
				t.Errorf("%s.%s is missing", m.Table, name)
			case f.Kind != c.kind && (f.Kind != model.Decimal || !slices.Contains(exact, m.Table+"."+name)):
				t.Errorf("%s.%s is %s, in the sample %s", m.Table, name, f.Kind, c.kind)
			}
		}
		for _, f := range m.Fields {
			if f.Follows {
				continue // Medusa computes them on every read
			}
			if _, ok := columns[f.Name]; ok == slices.Contains(ownColumns, m.Table+"."+f.Name) {
				t.Errorf("%s.%s is in the sample: %t", m.Table, f.Name, ok)
			}
		}
	}
}

// Columns that are nullable there must be nullable here, or an import could fail. Medusa
// never writes null to the exceptions.
func TestNullsAreThoseOfTheSampleShop(t *testing.T) {
	t.Parallel()
	d, g := sample(t), graph(t)
	exceptions := []string{
		"order.display_id", "order_summary.totals", "cart_line_item_adjustment.item_id", "cart_line_item_tax_line.item_id",
		"cart_shipping_method_adjustment.shipping_method_id", "cart_shipping_method_tax_line.shipping_method_id",
	}
	var stricter []string
	for _, m := range inSample(d, g) {
		for _, f := range m.Fields {
			c := d.tables[m.Table][f.Name]
			if f.Follows || slices.Contains(ownColumns, m.Table+"."+f.Name) {
				continue
			}
			if c.null && !f.Null {
				stricter = append(stricter, m.Table+"."+f.Name)
			}
			if !c.null && f.Null {
				t.Errorf("%s.%s is nullable, in the sample it is not", m.Table, f.Name)
			}
		}
	}
	sameStrings(t, "columns that are nullable in the sample only", stricter, exceptions)
}

func TestEnumsAreThoseOfTheSampleShop(t *testing.T) {
	t.Parallel()
	d, g := sample(t), graph(t)
	for _, m := range inSample(d, g) {
		for _, f := range m.Fields {
			if f.Follows || slices.Contains(ownColumns, m.Table+"."+f.Name) {
				continue
			}
			want := d.enums[m.Table+"."+f.Name]
			if typ := d.tables[m.Table][f.Name].enum; typ != "" {
				want = d.enums[typ]
			}
			sameStrings(t, "values of "+m.Table+"."+f.Name, f.Enum, want)
		}
	}
}

func TestForeignKeysAreThoseOfTheSampleShop(t *testing.T) {
	t.Parallel()
	d, g := sample(t), graph(t)
	want := slices.DeleteFunc(slices.Clone(d.keys), func(key string) bool {
		table, _, _ := strings.Cut(key, ".")
		return g.Table(table) == nil || strings.HasPrefix(key, "order_line_item.totals_id")
	})
	var got []string
	for _, m := range inSample(d, g) {
		for _, f := range m.Fields {
			if r := f.References; r != nil {
				got = append(got, m.Table+"."+f.Name+" -> "+r.Model.Table+" on delete "+r.OnDelete)
			}
		}
	}
	sameStrings(t, "foreign keys", got, want)
}

func TestUniqueIndexesAreThoseOfTheSampleShop(t *testing.T) {
	t.Parallel()
	d, g := sample(t), graph(t)
	want := slices.DeleteFunc(slices.Clone(d.unique), func(index string) bool {
		table, _, _ := strings.Cut(index, " ")
		// That index forbids a second discount on a shipping method.
		return g.Table(table) == nil || strings.HasPrefix(index, "order_shipping_method_adjustment ")
	})
	var got []string
	for _, m := range inSample(d, g) {
		for _, i := range m.Indexes {
			if i.Unique {
				got = append(got, strings.TrimSuffix(m.Table+" "+strings.Join(i.Columns, " ")+" where "+i.Where, " where "))
			}
		}
	}
	sameStrings(t, "unique indexes", got, want)
}

func TestCountriesAreThoseOfTheSampleShop(t *testing.T) {
	t.Parallel()
	d := sample(t)
	var got, want []string
	for _, c := range region.WorldCountries {
		got = append(got, c.ISO2+" "+c.NumCode)
	}
	for _, row := range d.rows["region_country"] {
		want = append(want, row["iso_2"]+" "+row["num_code"])
	}
	sameStrings(t, "countries", got, want)
}

func TestCurrenciesAreThoseOfTheSampleShop(t *testing.T) {
	t.Parallel()
	d := sample(t)
	var got, want []string
	for _, c := range currency.World {
		got = append(got, fmt.Sprintf("%s %s %s %d %s %s", c.Code, c.Symbol, c.SymbolNative, c.DecimalDigits, c.Rounding, c.Name))
	}
	for _, row := range d.rows["currency"] {
		want = append(want, fmt.Sprintf("%s %s %s %s %s %s", row["code"], row["symbol"], row["symbol_native"], row["decimal_digits"], row["rounding"], row["name"]))
	}
	sameStrings(t, "currencies", got, want)
}

// sameStrings compares two lists as sets.
func sameStrings(t *testing.T, what string, got, want []string) {
	t.Helper()
	for _, s := range got {
		if !slices.Contains(want, s) {
			t.Errorf("%s: %q is not in the sample", what, s)
		}
	}
	for _, s := range want {
		if !slices.Contains(got, s) {
			t.Errorf("%s: %q is missing", what, s)
		}
	}
}
