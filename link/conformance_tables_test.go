package link_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

// Section J: link tables are created from their definitions, like all tables.

// graphOf returns a graph of the shop's models with other links.
func graphOf(t testing.TB, links func(m models) []link.Definition) (models, *model.Graph) {
	t.Helper()
	m := newModels()
	g, _ := install(t, m, links(m)...)
	return m, g
}

// planned returns what a migration to the graph would change, or "" if the tables
// are up to date.
func planned(t testing.TB, d db.DB, g *model.Graph) (string, error) {
	t.Helper()
	p, err := schema.New(g.Models()).Plan(t.Context(), d)
	if err != nil {
		return "", err
	}
	var out []string
	for _, c := range p.Changes {
		out = append(out, c.Table+": "+c.Summary)
	}
	return strings.Join(out, "; "), nil
}

func wantPlan(t testing.TB, d db.DB, g *model.Graph, want string) {
	t.Helper()
	if got, err := planned(t, d, g); err != nil || got != want {
		t.Errorf("the plan is %q, %v; want %q", got, err, want)
	}
}

// The links of a shop at different times.

func branded(columns ...link.Column) func(m models) []link.Definition {
	return func(m models) []link.Definition {
		return []link.Definition{link.Between(link.Many(m.items), link.One(m.brands)).Columns(columns...)}
	}
}

func none(models) []link.Definition { return nil }

func count(t testing.TB, d db.DB, table, where string) int64 {
	t.Helper()
	n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM "+d.Dialect().Quote(table)+" WHERE "+where)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const brandedTable = "shop_item_brandy_brand"

// brandedShop returns a shop with a link between items and brands.
func brandedShop(t testing.TB, d db.DB, columns ...link.Column) *shop {
	t.Helper()
	m := newModels()
	s := openWith(t, d, m, branded(columns...)(m)...)
	s.link("i1 b1")
	return s
}

var (
	note   = link.Column{Name: "note"}
	pos    = link.Column{Name: "pos", Kind: model.Int, Default: "7"}
	posOne = link.Column{Name: "pos", Kind: model.Int, Default: "1"}
)

// tableLine is a line about tables; it starts with an empty database.
type tableLine struct {
	name string
	test func(t *testing.T, d db.DB)
}

func runTableLines(t *testing.T, lines []tableLine) {
	t.Helper()
	t.Parallel()
	for _, l := range lines {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, l.test)
		})
	}
}

func TestConformanceTables(t *testing.T) {
	runTableLines(t, []tableLine{
		{"254 a new definition: its table is created", func(t *testing.T, d db.DB) {
			_, before := graphOf(t, none)
			migrate(t, d, before)
			_, g := graphOf(t, branded())
			wantPlan(t, d, g, brandedTable+": create the table")
			migrate(t, d, g)
			if n := count(t, d, brandedTable, "true"); n != 0 {
				t.Errorf("%d rows in a new table", n)
			}
		}},
		{"255 the table holds the rules: id is the key, pairs and ends by indexes and foreign keys", func(t *testing.T, d db.DB) {
			brandedShop(t, d)
			insert := func(id, item, brand, deleted string) error {
				_, err := d.Exec(t.Context(), "INSERT INTO "+brandedTable+" (id, item_id, brand_id, created_at, updated_at, deleted_at) VALUES ('"+id+"', '"+item+"', '"+brand+
					"', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', "+deleted+")")
				return err
			}
			for _, bad := range [][3]string{{"x", "i1", "b2"}, {"x", "i1", "b1"}, {"x", "i9", "b1"}, {"x", "i2", "b9"}} {
				if insert(bad[0], bad[1], bad[2], "NULL") == nil {
					t.Errorf("the table takes %v", bad)
				}
			}
			if err := insert("old", "i1", "b2", "'2024-01-02T00:00:00.000Z'"); err != nil {
				t.Errorf("a dismissed row is refused: %v", err)
			}
			if insert("old", "i2", "b2", "NULL") == nil {
				t.Error("the table takes an id twice")
			}
		}},
		{"256 an added extra column: added to the table, rows keep what they have", func(t *testing.T, d db.DB) {
			brandedShop(t, d)
			_, g := graphOf(t, branded(note, pos))
			wantPlan(t, d, g, brandedTable+": add column note, add column pos")
			for _, c := range migrate(t, d, g) {
				if c.Destructive {
					t.Errorf("adding columns is destructive: %v", c)
				}
			}
			if n := count(t, d, brandedTable, "item_id = 'i1' AND note IS NULL AND pos = 7"); n != 1 {
				t.Error("the row has not the defaults")
			}
		}},
		{"257 no change: nothing to do", func(t *testing.T, d db.DB) {
			s := open(t, d)
			wantPlan(t, d, s.graph, "")
			_, again := graphOf(t, models.links)
			wantPlan(t, d, again, "")
		}},
	})
}

func TestConformanceTableChanges(t *testing.T) {
	runTableLines(t, []tableLine{
		{"258 a definition that is gone: its table stays", func(t *testing.T, d db.DB) {
			brandedShop(t, d)
			_, g := graphOf(t, none)
			wantPlan(t, d, g, "")
			migrate(t, d, g, schema.Options{AllowDestructive: true})
			if n := count(t, d, brandedTable, "true"); n != 1 {
				t.Errorf("%d rows are left", n)
			}
		}},
		{"259 a dropped or altered column is refused without a flag", func(t *testing.T, d db.DB) {
			brandedShop(t, d, note, pos)
			for lost, links := range map[string]func(models) []link.Definition{
				"note would be dropped": branded(pos),
				"note would change":     branded(link.Column{Name: "note", Kind: model.Int}, pos),
			} {
				_, g := graphOf(t, links)
				_, err := schema.New(g.Models()).Migrate(t.Context(), d, schema.Options{})
				wantFault(t, err, fault.NotAllowed, brandedTable+"."+lost)
			}
			_, g := graphOf(t, branded(pos))
			migrate(t, d, g, schema.Options{AllowDestructive: true})
			_, g = graphOf(t, branded(posOne)) // another default loses nothing
			migrate(t, d, g)
			if n := count(t, d, brandedTable, "pos = 7"); n != 1 {
				t.Errorf("%d rows are left", n)
			}
		}},
		{"260 a name over the limit: shortened, the same every time", func(t *testing.T, d db.DB) {
			long := func(m models) []link.Definition {
				return []link.Definition{link.Between(link.Many(m.items).As("an_item_with_a_name_that_is_long"), link.Many(m.brands).As("a_brand_with_a_name_that_is_long"))}
			}
			m := newModels()
			s := openWith(t, d, m, long(m)...)
			if name := s.installed[0].TableName(); len(name) > 58 || !strings.HasPrefix(name, "shop_an_item_with_a_name_that_is_long_brandy_a_br") {
				t.Errorf("the table is %s", name)
			}
			s.link("i1 b1, i1 b2, i2 b1")
			s.refuses("i1 b9", fault.NotFound, "b9")
			_, g := graphOf(t, long)
			wantPlan(t, d, g, "")
		}},
		{"261 an existing table is used", func(t *testing.T, d db.DB) {
			_, before := graphOf(t, none)
			migrate(t, d, before)
			create := "CREATE TABLE " + brandedTable + " (id text NOT NULL PRIMARY KEY, item_id text NOT NULL, brand_id text NOT NULL)"
			if _, err := d.Exec(t.Context(), create); err != nil {
				t.Fatal(err)
			}
			_, g := graphOf(t, branded())
			migrate(t, d, g, schema.Options{AllowDestructive: true})
			wantPlan(t, d, g, "")
		}},
		{"262 a table under another name is a new one; the old one stays", func(t *testing.T, d db.DB) {
			brandedShop(t, d)
			_, g := graphOf(t, func(m models) []link.Definition { return []link.Definition{branded()(m)[0].Table("maker")} })
			wantPlan(t, d, g, "maker: create the table")
			migrate(t, d, g)
			if old, made := count(t, d, brandedTable, "true"), count(t, d, "maker", "true"); old != 1 || made != 0 {
				t.Errorf("%d rows in the old table, %d in the new one", old, made)
			}
		}},
		{"263 sides swapped: a new table; the old one stays", func(t *testing.T, d db.DB) {
			brandedShop(t, d)
			_, g := graphOf(t, func(m models) []link.Definition {
				return []link.Definition{link.Between(link.One(m.brands), link.Many(m.items))}
			})
			wantPlan(t, d, g, "brandy_brand_shop_item: create the table")
		}},
		{"264 a required column without a default cannot be defined", func(t *testing.T, d db.DB) {
			s := brandedShop(t, d, note, pos)
			f := s.installed[0].Rows()
			if !f.Field("note").Null || f.Field("pos").Null {
				t.Error("a column without a default is nullable, one with a default is not")
			}
		}},
	})
}

// A link whose table has a name with punctuation works like any other.
func TestATableWithAnOddName(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := newModels()
		s := openWith(t, d, m, link.Between(link.Many(m.items), link.One(m.brands).Key("Order")).Table("Stock List").Columns(link.Column{Name: "limit", Kind: model.Int}))
		s.linkWith("i1 b1", link.Data{"limit": 3})
		s.linkWith("i1 b1", link.Data{"limit": 4})
		s.refuses("i1 b2", fault.Conflict, "b1")
		s.delete(s.items, "i1")
		s.restore(s.items, "i1")
		s.wantLive("i1 b1")
		if rows := s.dismiss("i1 b1"); rows[0].Data["limit"] != int64(4) {
			t.Errorf("dismissed %+v", rows)
		}
	})
}
