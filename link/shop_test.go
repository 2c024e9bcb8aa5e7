package link_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/schema"
)

// The shop of these tests has six modules that know nothing of one another.

type item struct {
	model.Record
	Title    string     `json:"title" model:"searchable"`
	Rank     *int64     `json:"rank"`
	Variants []*variant `json:"variants,omitzero" model:"many=item_id"`
}

type variant struct {
	model.Record
	SKU    *string `json:"sku"`
	ItemID string  `json:"item_id"`
	Item   *item   `json:"item,omitzero" model:"belongs"`
}

type brand struct {
	model.Record
	Name  string `json:"name"`
	Score *int64 `json:"score"`
}

type tag struct {
	model.Record
	Value string `json:"value"`
}

// gear is soft-deleted with its teeth. That is the cascade of its module, not of a
// link.
type gear struct {
	model.Record
	Name  string   `json:"name"`
	Teeth []*tooth `json:"teeth,omitzero" model:"many=gear_id"`
}

type tooth struct {
	model.Record
	GearID string `json:"gear_id"`
	Gear   *gear  `json:"gear,omitzero" model:"belongs"`
}

type bolt struct {
	model.Record
	Name string `json:"name"`
}

// post has the ids of a brand and of items, and of a page outside the database.
type post struct {
	model.Record
	Title   *string  `json:"title"`
	BrandID *string  `json:"brand_id"`
	ItemIDs []string `json:"item_ids"`
	Handle  *string  `json:"handle"`
}

// currency has no id and cannot be soft-deleted.
type currency struct {
	Code string `json:"code" model:"pk"`
}

type models struct {
	items, variants, brands, tags, gears, teeth, bolts, posts, currencies *model.Model
}

func newModels() models {
	m := models{
		items: model.Define[item]("item").Cascades("variants"), variants: model.Define[variant]("item_variant"),
		brands: model.Define[brand]("brand"), tags: model.Define[tag]("tag"),
		gears: model.Define[gear]("gear").Cascades("teeth"), teeth: model.Define[tooth]("tooth"),
		bolts: model.Define[bolt]("bolt"), posts: model.Define[post]("post"), currencies: model.Define[currency]("currency"),
	}
	module.New("shop", m.items, m.variants)
	module.New("brandy", m.brands)
	module.New("tagger", m.tags)
	module.New("gearbox", m.gears, m.teeth, m.bolts)
	module.New("blog", m.posts)
	module.New("money", m.currencies)
	return m
}

func (m models) all() []*model.Model {
	return []*model.Model{m.items, m.variants, m.brands, m.tags, m.gears, m.teeth, m.bolts, m.posts, m.currencies}
}

// links returns one link of each cardinality and kind. Gears are deleted with their
// item, bolts with their gear.
func (m models) links() []link.Definition {
	return []link.Definition{
		link.Between(link.Many(m.items), link.One(m.brands)).Columns(
			link.Column{Name: "note", Kind: model.Text}, link.Column{Name: "pos", Kind: model.Int, Default: "7"}),
		link.Between(link.One(m.posts), link.One(m.items)),
		link.Between(link.Many(m.items), link.Many(m.tags)),
		link.Between(link.One(m.items), link.Many(m.gears).Cascade()),
		link.Between(link.One(m.gears), link.Many(m.bolts).Cascade()),
		link.ReadOnly(m.posts, "brand_id", m.brands).Inverse("articles"),
		link.ReadOnly(m.posts, "item_ids", m.items).As("picked"),
		link.Virtual(m.posts, "handle", "page", pages),
	}
}

// pages returns records outside the database.
func pages(_ context.Context, ids []string) (map[string]model.RawJSON, error) {
	out := map[string]model.RawJSON{}
	for _, id := range ids {
		if id != "unknown" {
			out[id] = model.RawJSON(fmt.Sprintf(`{"handle":%q}`, id))
		}
	}
	return out, nil
}

// shop is a database with the tables of the models, and what works with it. Its
// clock advances by a second each time it is read; its ids are numbered.
type shop struct {
	models
	*link.Manager
	db        db.DB
	graph     *model.Graph
	store     *module.Store
	installed []*link.Definition
	query     *query.Engine
	t         testing.TB
}

// start is the initial time of a shop's clock.
var start = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

// open returns a shop with the usual links.
func open(t testing.TB, d db.DB) *shop {
	t.Helper()
	m := newModels()
	return openWith(t, d, m, m.links()...)
}

// openWith returns a shop with other links, and the records that tests use.
func openWith(t testing.TB, d db.DB, m models, links ...link.Definition) *shop {
	t.Helper()
	g, installed := install(t, m, links...)
	migrate(t, d, g)
	var ticks, ids atomic.Int64
	store := module.NewStore(d, g).From(module.Source{
		Now:   func() time.Time { return start.Add(time.Duration(ticks.Add(1)) * time.Second) },
		NewID: func(prefix string) string { return fmt.Sprintf("%s_%06d", prefix, ids.Add(1)) },
	})
	s := &shop{models: m, db: d, graph: g, store: store, installed: installed, t: t, Manager: link.NewManager(store, installed), query: query.New(g, d, query.Limits{})}
	s.createRecords()
	return s
}

// install returns a graph with links, which must be valid.
func install(t testing.TB, m models, links ...link.Definition) (*model.Graph, []*link.Definition) {
	t.Helper()
	g, err := model.NewGraph(m.all()...)
	if err != nil {
		t.Fatal(err)
	}
	installed, err := link.Install(g, links...)
	if err != nil {
		t.Fatal(err)
	}
	return g, installed
}

func migrate(t testing.TB, d db.DB, g *model.Graph, o ...schema.Options) []schema.Change {
	t.Helper()
	changes, err := schema.New(g.Models()).Migrate(t.Context(), d, append(o, schema.Options{})[0])
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func create[T any](s *shop, m *model.Model, records ...*T) {
	s.t.Helper()
	if err := module.For[T](s.store, m).Create(s.t.Context(), records...); err != nil {
		s.t.Fatal(err)
	}
}

func id(id string) model.Record { return model.Record{ID: id} }

func (s *shop) createRecords() {
	s.t.Helper()
	create(s, s.items,
		&item{Record: id("i1"), Title: "One Shirt", Rank: new(int64(3))},
		&item{Record: id("i2"), Title: "Two Shirt", Rank: new(int64(1))}, &item{Record: id("i3"), Title: "Three Hat"}, &item{Record: id("i4"), Title: "Four"})
	create(s, s.variants, &variant{Record: id("v1"), ItemID: "i1"}, &variant{Record: id("v2"), ItemID: "i1"})
	create(s, s.brands, &brand{Record: id("b1"), Name: "Acme"}, &brand{Record: id("b2"), Name: "Zed"}, &brand{Record: id("b3"), Name: "Mid"})
	create(s, s.tags, &tag{Record: id("t1"), Value: "red"}, &tag{Record: id("t2"), Value: "blue"}, &tag{Record: id("t3"), Value: "gone"})
	create(s, s.gears, &gear{Record: id("g1"), Name: "G1"}, &gear{Record: id("g2"), Name: "G2"}, &gear{Record: id("g3"), Name: "G3"})
	create(s, s.teeth, &tooth{Record: id("o1"), GearID: "g1"}, &tooth{Record: id("o2"), GearID: "g1"})
	create(s, s.bolts, &bolt{Record: id("n1"), Name: "N1"}, &bolt{Record: id("n2"), Name: "N2"})
	create(s, s.posts, &post{Record: id("p1"), Title: new("P1"), BrandID: new("b1"), ItemIDs: []string{"i2", "i1"}, Handle: new("about")},
		&post{Record: id("p2"), Title: new("P2"), BrandID: new("dangling"), ItemIDs: []string{"i1", "nope"}, Handle: new("unknown")},
		&post{Record: id("p3")}, &post{Record: id("p4"), BrandID: new("b1")})
}

// model returns the model of the record with an id, by its first letter.
func (s *shop) model(id string) *model.Model {
	byLetter := map[byte]*model.Model{'i': s.items, 'v': s.variants, 'b': s.brands, 't': s.tags, 'g': s.gears, 'o': s.teeth, 'n': s.bolts, 'p': s.posts}
	m := byLetter[id[0]]
	if m == nil {
		s.t.Fatalf("no model has the id %q", id)
	}
	return m
}

// pair parses a pair such as "i1 b1".
func (s *shop) pair(text string) link.Pair {
	p := link.Pair{}
	for _, id := range strings.Fields(text) {
		p[s.model(id)] = id
	}
	return p
}

// pairs parses pairs such as "i1 b1, i2 b1".
func (s *shop) pairs(text string) []link.Pair {
	var out []link.Pair
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) != "" {
			out = append(out, s.pair(part))
		}
	}
	return out
}

// link links pairs, which must succeed.
func (s *shop) link(pairs string) []link.Row {
	s.t.Helper()
	rows, err := s.Create(s.t.Context(), s.pairs(pairs)...)
	if err != nil {
		s.t.Fatalf("linking %s: %v", pairs, err)
	}
	return rows
}

// linkWith links a pair with data, which must succeed.
func (s *shop) linkWith(pair string, data link.Data) link.Row {
	s.t.Helper()
	rows, err := s.CreateWith(s.t.Context(), link.Entry{Pair: s.pair(pair), Data: data})
	if err != nil {
		s.t.Fatalf("linking %s: %v", pair, err)
	}
	return rows[0]
}

func (s *shop) dismiss(pairs string) []link.Row {
	s.t.Helper()
	rows, err := s.Dismiss(s.t.Context(), s.pairs(pairs)...)
	if err != nil {
		s.t.Fatalf("dismissing %s: %v", pairs, err)
	}
	return rows
}

// linkAll links the pairs of the reference's fixture.
func (s *shop) linkAll() {
	s.t.Helper()
	s.linkWith("i1 b1", link.Data{"note": "hello"})
	s.link("i2 b1, i3 b2, p1 i1, p2 i2, i1 t2, i1 t1, i2 t1, i1 g1, i1 g2, g1 n1")
}

// live returns the live pairs of all links, sorted, such as "i1 b1, i2 b1".
func (s *shop) live() string {
	s.t.Helper()
	var all []string
	for _, d := range s.installed {
		if d.Rows() == nil {
			continue
		}
		m, err := s.For(d.TableName())
		if err != nil {
			s.t.Fatal(err)
		}
		rows, err := m.List(s.t.Context(), link.Pair{d.Left.Model: "", d.Right.Model: ""})
		if err != nil {
			s.t.Fatal(err)
		}
		for _, r := range rows {
			all = append(all, r.Keys[d.Left.Column]+" "+r.Keys[d.Right.Column])
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// wantLive checks that these pairs, and no others, are linked.
func (s *shop) wantLive(want string) {
	s.t.Helper()
	if got := s.live(); got != want {
		s.t.Errorf("linked are\n  %s\nwant\n  %s", got, want)
	}
}

// deleted returns the ids of all soft-deleted records, sorted.
func (s *shop) deleted() string {
	s.t.Helper()
	var out []string
	for _, m := range s.all() {
		if !m.SoftDeletes() {
			continue
		}
		ids, err := db.Collect[string](s.t.Context(), s.db, "SELECT id FROM "+s.db.Dialect().Quote(m.Table)+" WHERE deleted_at IS NOT NULL")
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, ids...)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

func (s *shop) wantDeleted(want string) {
	s.t.Helper()
	if got := s.deleted(); got != want {
		s.t.Errorf("soft-deleted are %q, want %q", got, want)
	}
}

// ask runs a query, which must succeed, and returns its JSON.
func (s *shop) ask(r query.Request) string {
	s.t.Helper()
	res, err := s.query.Graph(s.t.Context(), r)
	if err != nil {
		s.t.Fatalf("%+v: %v", r, err)
	}
	var out bytes.Buffer // PostgreSQL writes spaces into its JSON
	if err := json.Compact(&out, res.Data); err != nil {
		s.t.Fatalf("%v in %s", err, res.Data)
	}
	return out.String()
}

func (s *shop) wantAnswer(want string, r query.Request) {
	s.t.Helper()
	if got := s.ask(r); got != want {
		s.t.Errorf("%s %v returns\n  %s\nwant\n  %s", r.Entity, r.Fields, got, want)
	}
}

// wantFault checks the type of an error, and the parts of its message.
func wantFault(t testing.TB, err error, want fault.Type, parts ...string) {
	t.Helper()
	if fault.TypeOf(err) != want {
		t.Fatalf("error %v of type %q, want %q", err, fault.TypeOf(err), want)
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("the message is %q, it does not say %q", err, p)
		}
	}
}

// refuses checks that linking the pairs is refused and nothing is stored.
func (s *shop) refuses(pairs string, want fault.Type, parts ...string) {
	s.t.Helper()
	before := s.live()
	rows, err := s.Create(s.t.Context(), s.pairs(pairs)...)
	wantFault(s.t, err, want, parts...)
	if rows != nil {
		s.t.Errorf("refused, but it returns %v", rows)
	}
	s.wantLive(before)
}

// line is a test of one line in the list of Medusa's behaviors. Its name begins
// with the number of the line.
type line struct {
	name string
	test func(s *shop)
}

// runLines runs each line on the same shop, emptied before each.
func runLines(t *testing.T, lines []line) {
	t.Helper()
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for _, l := range lines {
			t.Run(l.name, func(t *testing.T) {
				s.t = t
				s.empty()
				s.createRecords()
				l.test(s)
			})
		}
	})
}

// empty deletes all rows of all tables. Link tables are last among the models, so
// they are emptied first.
func (s *shop) empty() {
	s.t.Helper()
	for _, m := range slices.Backward(s.graph.Models()) {
		if _, err := s.db.Exec(s.t.Context(), "DELETE FROM "+s.db.Dialect().Quote(m.Table)); err != nil {
			s.t.Fatal(err)
		}
	}
}
