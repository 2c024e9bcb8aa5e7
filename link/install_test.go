package link_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// refusedBy checks that a link cannot be installed, and what the error says.
func refusedBy(t *testing.T, g *model.Graph, d link.Definition, parts ...string) {
	t.Helper()
	_, err := link.Install(g, d)
	if err == nil {
		t.Fatalf("%s was installed", &d)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("the error is %q, it does not say %q", err, p)
		}
	}
}

// numbered has a key that is not text.
type numbered struct {
	Number int64 `json:"number" model:"pk"`
}

// wrongLink is an invalid definition, and what its error says.
type wrongLink struct {
	link func(m models) link.Definition
	says []string
}

func runWrong(t *testing.T, cases map[string]wrongLink) {
	t.Helper()
	t.Parallel()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newModels()
			refusesLink(t, m, c.link(m), c.says...)
		})
	}
}

func column(name string, k model.Kind, value string) link.Column {
	return link.Column{Name: name, Kind: k, Default: value}
}

func TestStoredLinksThatCannotBe(t *testing.T) {
	runWrong(t, map[string]wrongLink{
		"both ends one model": {func(m models) link.Definition { return link.Between(link.One(m.items), link.Many(m.items)) }, []string{"both ends are item"}},
		"one column for both": {func(m models) link.Definition {
			return link.Between(link.One(m.items).Key("x"), link.One(m.brands).Key("x"))
		}, []string{`"x"`, "Key"}},
		"a key named id":     {func(m models) link.Definition { return link.Between(link.One(m.items).Key("id"), link.One(m.brands)) }, []string{`two columns "id"`}},
		"a key without name": {func(m models) link.Definition { return link.Between(link.One(m.items).Key(""), link.One(m.brands)) }, []string{`"" is not a valid name for the key of item`}},
		"an alias without name": {func(m models) link.Definition { return link.Between(link.One(m.items).As(""), link.One(m.brands)) },
			[]string{`"" is not a valid name`, "item"}},
		"an end made by hand": {func(m models) link.Definition { return link.Between(link.End{Model: m.items}, link.One(m.brands)) }, []string{"not a valid name for the end at item"}},
		"an extra column of every table": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("updated_at", model.Time, ""))
		}, []string{`two columns "updated_at"`}},
		"an extra column like a key": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("brand_id", model.Text, ""))
		}, []string{`two columns "brand_id"`}},
		"an extra column twice": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("note", model.Text, ""), column("note", model.Int, ""))
		}, []string{`two columns "note"`}},
		"an extra column like an end's field": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("brand", model.Text, ""))
		}, []string{"brand", "Inside"}},
		"an extra column without name": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("", model.Text, ""))
		}, []string{`"" is not a valid name for a column`}},
		"a default of another kind": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("pos", model.Int, "seven"))
		}, []string{"pos", `"seven" is not a value of kind integer`}},
		"a default that is no boolean": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("main", model.Bool, "yes"))
		}, []string{"main", `"yes" is not a value of kind boolean`}},
		"a default that is no list": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("roles", model.TextList, "a"))
		}, []string{"roles", `"a" is not a value of kind list of text`}},
		"a default time": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Columns(column("since", model.Time, "2026-01-01T00:00:00Z"))
		}, []string{"since", "is not a value of kind time"}},
	})
}

func TestNamesThatCannotBe(t *testing.T) {
	runWrong(t, map[string]wrongLink{
		"a field with a dot": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands).Named("my.brand"))
		}, []string{`"my.brand" is not a valid name for a field`}},
		"a field that the model has": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands).Named("title"))
		},
			[]string{"title of item", "has a field of that name", "Named"}},
		"a field that is a relation": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands).Named("variants"))
		},
			[]string{"variants of item", "defined twice", "Named"}},
		"rows under a taken name": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands).Rows("variants"))
		}, []string{"variants of item", "Rows"}},
		"rows like the records": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands).Rows("brand"))
		}, []string{"brand of item", "Rows"}},
		"one name inside for both": {func(m models) link.Definition {
			return link.Between(link.One(m.items).Inside("it"), link.One(m.brands).Inside("it"))
		}, []string{"it of shop_item_brandy_brand", "Inside"}},
		"a table that a model has": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Table("tag")
		}, []string{`table "tag" already belongs to tag`, "Table"}},
		"a table with quotes": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Table(`a"b`)
		}, []string{"not a valid name for a table"}},
		"a table too long": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Table(strings.Repeat("x", 64))
		}, []string{"1 to 63 bytes"}},
		"an entity that a model is": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Entities("tags")
		}, []string{`entity "tags" is already tag`, "Entities"}},
		"an entity with a dot": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.One(m.brands)).Entities("a.b")
		}, []string{`"a.b" is not a valid name for an entity`}},
		"a cascade without deleted": {func(m models) link.Definition {
			return link.Between(link.One(m.items), link.Many(m.currencies).Cascade())
		}, []string{"currency cannot cascade", "deleted_at"}},
	})
}

func TestLinksByColumnThatCannotBe(t *testing.T) {
	runWrong(t, map[string]wrongLink{
		"a read-only of numbers":     {func(m models) link.Definition { return link.ReadOnly(m.items, "rank", m.brands) }, []string{"item.rank is of kind integer"}},
		"a read-only under its name": {func(m models) link.Definition { return link.ReadOnly(m.posts, "handle", m.brands) }, []string{"handle of post", "As"}},
		"a read-only without target": {func(m models) link.Definition { return link.ReadOnly(m.posts, "brand_id", nil) }, []string{"link post.brand", "right end"}},
		"a read-only without source": {func(m models) link.Definition { return link.ReadOnly(nil, "brand_id", m.brands) }, []string{"link ?.brand", "left end"}},
		"an inverse that exists":     {func(m models) link.Definition { return link.ReadOnly(m.posts, "brand_id", m.brands).Inverse("name") }, []string{"name of brand", "Inverse"}},
		"an inverse of a list":       {func(m models) link.Definition { return link.ReadOnly(m.posts, "item_ids", m.items).Inverse("posts") }, []string{"item_ids is a list of ids: it has no inverse"}},
		"a virtual of no column":     {func(m models) link.Definition { return link.Virtual(m.posts, "cms", "page", pages) }, []string{`post has no text column "cms"`}},
		"a virtual of a list":        {func(m models) link.Definition { return link.Virtual(m.posts, "item_ids", "page", pages) }, []string{`post has no text column "item_ids"`}},
		"a virtual of nothing":       {func(m models) link.Definition { return link.Virtual(m.posts, "handle", "page", nil) }, []string{"no function"}},
		"a virtual under its name":   {func(m models) link.Definition { return link.Virtual(m.posts, "handle", "handle", pages) }, []string{"handle of post"}},
		"a virtual without source":   {func(models) link.Definition { return link.Virtual(nil, "handle", "page", pages) }, []string{"left end"}},
	})
}

func TestAKeyMustBeText(t *testing.T) {
	t.Parallel()
	m, n := newModels(), model.Define[numbered]("ticket")
	g, err := model.NewGraph(append(m.all(), n)...)
	if err != nil {
		t.Fatal(err)
	}
	refusedBy(t, g, link.Between(link.One(m.items), link.One(n)), "the primary key of ticket is not a single text column")
}

// Two links that would have the same table, entity or fields are refused. With
// different names they are two links.
func TestTwoLinksBetweenTheSameModels(t *testing.T) {
	t.Parallel()
	m := newModels()
	first := link.Between(link.Many(m.items), link.One(m.brands))
	clash := func(second link.Definition, parts ...string) {
		t.Helper()
		g, _ := install(t, m, first)
		refusedBy(t, g, second, append(parts, "link item - brand")...)
	}
	clash(first, `table "shop_item_brandy_brand" already belongs to shop_item_brandy_brand`)
	clash(first.Table("other"), `entity "item_brand" is already shop_item_brandy_brand`)
	clash(first.Table("other").Entities("other"), "brand of item is defined twice")
	maker := link.Between(link.Many(m.items).As("made_item"), link.One(m.brands).As("maker"))
	g, links := install(t, m, first, maker)
	wantRows(t, links[1], "shop_made_item_brandy_maker", "made_item_maker", "id", "made_item_id", "maker_id", "created_at", "updated_at", "deleted_at")
	wantNames(t, "of a brand", edges(g, m.brands), "item_link[]", "items[]", "made_item_link[]", "made_items[]")
	wantNames(t, "of an item", edges(g, m.items), "brand", "brand_link", "maker", "maker_link", "variants[]")
}

func TestNamesOfOnesOwn(t *testing.T) {
	t.Parallel()
	m := newModels()
	g, links := install(t, m, link.Between(
		link.Many(m.items).Named().Rows("products_link").Inside("product"),
		link.Many(m.brands).Named("brands", "brand").Rows("").Inside("")).
		Table("Stock List").Prefix("stk").Entities("stock", "stocks"))
	d := links[0]
	if d.TableName() != "Stock List" || d.Rows().Prefix != "stk" || d.String() != "item - brand" {
		t.Errorf("table %q, prefix %q, %s", d.TableName(), d.Rows().Prefix, d)
	}
	wantNames(t, "entities", d.Rows().Entities, "stock", "stocks")
	wantNames(t, "of an item", edges(g, m.items), "brand[]", "brands[]", "variants[]")
	wantNames(t, "of a brand", edges(g, m.brands), "products_link[]")
	wantNames(t, "of a row", edges(g, d.Rows()), "product")
}

// Methods return changed copies, so that definitions can be based on others.
func TestDefinitionsAreValues(t *testing.T) {
	t.Parallel()
	m := newModels()
	base := link.Between(link.One(m.items), link.One(m.brands)).Columns(link.Column{Name: "note"})
	a, b := base.Columns(link.Column{Name: "a"}), base.Columns(link.Column{Name: "b"})
	_, links := install(t, m, a)
	wantNames(t, "columns of a", columns(links[0].Rows()), "id", "item_id", "brand_id", "note", "a", "created_at", "updated_at", "deleted_at")
	_, links = install(t, m, b)
	wantNames(t, "columns of b", columns(links[0].Rows()), "id", "item_id", "brand_id", "note", "b", "created_at", "updated_at", "deleted_at")
	read := link.ReadOnly(m.posts, "brand_id", m.brands).Inverse("x")
	g, _ := install(t, m, read.Inverse("y"))
	wantNames(t, "with y", edges(g, m.brands), "x[]", "y[]")
	g, _ = install(t, m, read.Inverse("z"))
	wantNames(t, "with z", edges(g, m.brands), "x[]", "z[]")
}

func TestReadOnlyFieldNames(t *testing.T) {
	t.Parallel()
	m := newModels()
	g, links := install(t, m, link.ReadOnly(m.posts, "brand_id", m.brands), link.ReadOnly(m.posts, "item_ids", m.items), link.ReadOnly(m.posts, "brand_id", m.tags).As("label"))
	wantNames(t, "of a post", edges(g, m.posts), "brand", "items[]", "label")
	if text := links[1].String(); text != "post.items" {
		t.Errorf("the link is called %s", text)
	}
	if m.posts.Indexes[0].Columns[0] != "brand_id" || len(m.posts.Indexes) != 1 {
		t.Errorf("the indexes of posts are %v", m.posts.Indexes)
	}
}

// Every link has two indexes, which enforce its cardinality.
func TestIndexesHoldTheCardinality(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		many        [2]bool
		left, right string
	}{
		"one to one":   {[2]bool{false, false}, "unique item_id", "unique brand_id"},
		"one to many":  {[2]bool{false, true}, "unique item_id brand_id", "unique brand_id"},
		"many to one":  {[2]bool{true, false}, "unique item_id", "brand_id id"},
		"many to many": {[2]bool{true, true}, "unique item_id brand_id", "brand_id id"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newModels()
			left, right := link.One(m.items), link.One(m.brands)
			left.List, right.List = c.many[0], c.many[1]
			_, links := install(t, m, link.Between(left, right))
			var got []string
			for _, i := range links[0].Rows().Indexes {
				text := strings.Join(i.Columns, " ")
				if i.Unique {
					text = "unique " + text
				}
				got = append(got, text)
			}
			wantNames(t, "indexes", got, c.left, c.right)
		})
	}
}

func TestTableNames(t *testing.T) {
	t.Parallel()
	cases := []struct{ leftModule, left, rightModule, right, want string }{
		{"order", "order", "cart", "cart", "order_order_cart_cart"},
		{"shipping", "shipping", "fulfillment", "shipping_option_with_a_very_long_name", "shipping_shipping_fulfillment_shipping_option_with_a_very_long_name"},
		{"shipping", "shipping", "fulfillment", "fulfillment_of_goods", "shipping_shipping_fulfillment_fulfillment_of_goods"},
		{"warehousing", "warehousing", "transportation", "transportation", "warehousing_warehousing_transportation_transportation"},
		{"warehousing_east", "warehousing_east", "transportation", "transportation", "warehousing_east_transportation"},
	}
	names := map[string]bool{}
	for _, c := range cases {
		got := tableOf(t, c.leftModule, c.left, c.rightModule, c.right)
		if len(c.want) > 58 {
			if len(got) > 58 || got == c.want || got != tableOf(t, c.leftModule, c.left, c.rightModule, c.right) {
				t.Errorf("the table of %s is %s", c.want, got)
			}
		} else if got != c.want {
			t.Errorf("the table is %s, want %s", got, c.want)
		}
		names[got] = true
	}
	for _, first := range []string{"m", "mm"} { // cut between characters, never within one
		name := tableOf(t, first, strings.Repeat("ä", 40), "n", "tag")
		if len(name) > 58 || names[name] || strings.ToValidUTF8(name, "?") != name {
			t.Errorf("the table is %q", name)
		}
		names[name] = true
	}
}

// tableOf returns the table of a link between models with these names.
func tableOf(t *testing.T, leftModule, left, rightModule, right string) string {
	t.Helper()
	a, b := model.Define[brand](left), model.Define[tag](right)
	module.New(leftModule, a)
	module.New(rightModule, b)
	g, err := model.NewGraph(a, b)
	if err != nil {
		t.Fatal(err)
	}
	links, err := link.Install(g, link.Between(link.One(a), link.One(b)))
	if err != nil {
		t.Fatal(err)
	}
	return links[0].TableName()
}

// The journal is added with the first link, and only once.
func TestInstallBringsTheJournal(t *testing.T) {
	t.Parallel()
	for _, more := range [][]*model.Model{nil, {link.Journal()}} {
		m := newModels()
		g, err := model.NewGraph(append(m.all(), more...)...)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = link.Install(g, m.links()[:2]...); err != nil {
			t.Fatal(err)
		}
		if _, err = link.Install(g, m.links()[2:]...); err != nil {
			t.Fatal(err)
		}
		if j := g.Table("link_deletion"); j == nil || len(j.Entities) != 0 {
			t.Errorf("the journal is %v", j)
		}
	}
}
