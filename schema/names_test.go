package schema_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

// long has names that are close to the limit of 63 bytes, and exceed it when
// joined.
type long struct {
	model.Base
	First  string  `json:"a_name_that_is_so_long_that_two_of_them_never_fit_in_an_index_a" model:"enum=x|y"`
	Second string  `json:"a_name_that_is_so_long_that_two_of_them_never_fit_in_an_index_b" model:"index"`
	Third  string  `json:"ключ_из_букв_в_два_байта_каждая" model:"index"`
	Over   *string `json:"over_id"`
	Parent *long   `json:"parent" model:"belongs=over_id"`
}

const longTable = "a_table_with_a_name_that_is_so_long_that_nothing_more_fits_in"

func TestLongNames(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := model.Define[long]("long").OnTable(longTable)
		first, second := m.Fields[1].Name, m.Fields[2].Name
		m.Unique(first, second).Index(first, second).Unique(second).
			Check(strings.Repeat("check", 20), "over_id <> 'x'")
		s := schema.New(tables(t, m))
		migrate(t, d, s)
		settled(t, d, s)
		p, err := s.Plan(t.Context(), d)
		if err != nil || !p.Empty() {
			t.Fatalf("plan %v, error %v", p, err)
		}
	})
}

func TestNamesFitAndAreUnique(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := model.Define[long]("long").OnTable(longTable)
		m.Unique(m.Fields[1].Name, m.Fields[2].Name).Index(m.Fields[1].Name, m.Fields[2].Name)
		p, err := schema.New(tables(t, m)).Plan(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		named := regexp.MustCompile("(?:INDEX|CONSTRAINT) [`\"]([^`\"]+)[`\"] (?:ON `|ON \"[^\"]+\" \\(|FOREIGN|CHECK)")
		for _, found := range named.FindAllStringSubmatch(p.String(), -1) {
			if name := found[1]; len(name) > 63 || seen[name] {
				t.Errorf("the name %q has %d bytes or is used twice", name, len(name))
			}
			seen[found[1]] = true
		}
		if len(seen) < 6 {
			t.Errorf("only the names %v were found in\n%s", seen, p)
		}
	})
}

type one struct {
	ID  string `json:"id" model:"pk"`
	BC  string `json:"b_c" model:"index"`
	Dup string `json:"dup" model:"index"`
}

type two struct {
	ID string `json:"id" model:"pk"`
	C  string `json:"c" model:"index"`
}

func TestTwoTablesDoNotShareAnIndexName(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		a := model.Define[one]("a").Index("dup")                // declared twice, created once
		s := schema.New(tables(t, a, model.Define[two]("a_b"))) // both would be IDX_a_b_c_id
		applied := migrate(t, d, s)
		settled(t, d, s)
		if n := strings.Count(applied[0].SQL, "CREATE INDEX"); n != 2 {
			t.Errorf("%d indexes, want 2:\n%s", n, applied[0])
		}
	})
}

func TestModelsThatCannotBeTables(t *testing.T) {
	t.Parallel()
	field := func(f model.Field) *model.Model {
		m := model.Define[two]("wrong")
		f.Name = "odd"
		m.AddField(&f)
		return m
	}
	cases := []struct {
		says string
		m    *model.Model
	}{
		{`the default "x" is not a valid integer`, field(model.Field{Kind: model.Int, Default: "x"})},
		{`the default "x" is not a valid float`, field(model.Field{Kind: model.Float, Default: "x"})},
		{`the default "x" is not a valid decimal`, field(model.Field{Kind: model.Decimal, Default: "x"})},
		{`the default "x" is not a valid boolean`, field(model.Field{Kind: model.Bool, Default: "x"})},
		{`the default "x" is not a valid json`, field(model.Field{Kind: model.JSON, Default: "x"})},
		{`the default "x" is not a valid list of text`, field(model.Field{Kind: model.TextList, Default: "x"})},
		{"a time cannot have a default", field(model.Field{Kind: model.Time, Default: "now"})},
		{"kind 99 has no type", field(model.Field{Kind: 99})},
		{"refers to one, which is not among the models", field(model.Field{References: &model.Reference{Model: model.Define[one]("one"), Column: "id"}})},
		{"refers to wrong.nothing, which does not exist", func() *model.Model {
			m := field(model.Field{})
			m.Field("odd").References = &model.Reference{Model: m, Column: "nothing"}
			return m
		}()},
		{`there is no field "nothing"`, model.Define[two]("wrong").Index("nothing")},
		{"a key must have at least one field", model.Define[two]("wrong").Index()},
		{"must have 1 to 63 bytes", model.Define[two]("wrong").OnTable(strings.Repeat("x", 64))},
	}
	for _, c := range cases {
		t.Run(c.says, func(t *testing.T) {
			t.Parallel()
			dbtest.Each(t, func(t *testing.T, d db.DB) {
				_, err := schema.New([]*model.Model{c.m}).Migrate(t.Context(), d, schema.Options{})
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("error %v", err)
				}
			})
		})
	}
}
