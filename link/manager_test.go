package link_test

import (
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
)

func TestPairsThatAreNone(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		other := newModels()
		for name, c := range map[string]struct {
			pair link.Pair
			says []string
		}{
			"a nil model":       {link.Pair{s.items: "i1", nil: "t1"}, []string{"a model that is nil"}},
			"nil alone":         {link.Pair{nil: "t1"}, []string{"given: a nil model"}},
			"a foreign model":   {link.Pair{s.items: "i1", other.brands: "b1"}, []string{"no link between brand and item", "item can be linked to brand, gear, post, tag"}},
			"by a list":         {link.Pair{s.brands: "b1", s.tags: "t1"}, []string{"brand can be linked to item"}},
			"by no stored link": {link.Pair{s.currencies: "eur", s.tags: "t1"}, []string{"currency has no stored links", "tag can be linked to item"}},
			"by a column":       {link.Pair{s.brands: "b1", s.posts: "p1"}, []string{"brand and post are linked by the column brand_id of post", "post can be linked to item"}},
		} {
			calls := map[string]func() error{
				"create":  func() error { _, err := s.Create(t.Context(), s.pair("i1 t1"), c.pair); return err },
				"dismiss": func() error { _, err := s.Dismiss(t.Context(), s.pair("i1 t1"), c.pair); return err },
				"list":    func() error { _, err := s.List(t.Context(), c.pair); return err },
			}
			for what, call := range calls {
				t.Run(name+"/"+what, func(t *testing.T) { wantFault(t, call(), fault.InvalidData, c.says...) })
			}
		}
		s.wantLive("")
	})
}

// For chooses one of two links between the same models.
func TestForOneOfTwoLinks(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := newModels()
		s := openWith(t, d, m, link.Between(link.Many(m.items), link.One(m.brands)),
			link.Between(link.Many(m.items).As("made_item"), link.One(m.brands).As("maker")), link.Between(link.Many(m.items), link.Many(m.tags)))
		s.refuses("i1 b1", fault.InvalidData, "shop_item_brandy_brand, shop_made_item_brandy_maker", "For")
		for _, name := range []string{"made_item_maker", "shop_made_item_brandy_maker"} {
			makers, err := s.For(name)
			if err != nil {
				t.Fatal(err)
			}
			if rows, err := makers.Create(t.Context(), s.pair("i1 b1")); err != nil || rows[0].Link != "shop_made_item_brandy_maker" || rows[0].Keys["maker_id"] != "b1" {
				t.Errorf("created %v, %v", rows, err)
			}
			_, err = makers.Create(t.Context(), s.pair("i1 t1"))
			wantFault(t, err, fault.InvalidData, "no link between item and tag", "item can be linked to brand")
		}
		brands, err := s.For("item_brand")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := brands.Create(t.Context(), s.pair("i1 b2")); err != nil {
			t.Fatal(err)
		}
		s.link("i1 t1")
		s.wantLive("i1 b1, i1 b2, i1 t1")
		if _, err := brands.Delete(t.Context(), s.items, "i1"); err != nil { // applies to all links
			t.Fatal(err)
		}
		s.wantLive("")
		s.restore(s.items, "i1")
		s.wantLive("i1 b1, i1 b2, i1 t1")
	})
}

func TestForAnUnknownLink(t *testing.T) {
	t.Parallel()
	s := open(t, dbtest.SQLite(t))
	_, err := s.For("item_brands")
	wantFault(t, err, fault.InvalidData, `"item_brands"`, "did you mean item_brand")
	_, err = s.For("post.brand")
	wantFault(t, err, fault.InvalidData, "no stored link")
}

func TestListAnswersNoRowTwice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.linkAll()
		s.dismiss("i1 t2")
		for pairs, want := range map[string]string{
			"i1 t1, i1 t1":       "i1 t1",
			"i1 t1, i1 t, i t1":  "i1 t1, i2 t1",
			"i2 t1, i1 t1":       "i1 t1, i2 t1", // sorted by id
			"i2 t, i1 b, i1 t1":  "i1 t1, i2 t1, b1 i1",
			"i t, i9 t9":         "i1 t1, i2 t1",
			"i1 t2, i2 t2, i9 t": "",
			"":                   "",
		} {
			if pairs == "" {
				if rows, err := s.List(t.Context()); rows == nil || len(rows) != 0 || err != nil {
					t.Errorf("listing nothing: %v, %v", rows, err)
				}
				continue
			}
			if got := s.list(pairs); got != want {
				t.Errorf("listing %s returns %q, want %q", pairs, got, want)
			}
		}
	})
}

// A manager uses the default clock and ids if the store has no others.
func TestClockAndIDsOfItsOwn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.store = module.NewStore(d, s.graph)
		s.Manager = link.NewManager(s.store, s.installed)
		rows := s.link("i1 t1, i1 b1, i1 t2")
		if rows[0].ID >= rows[2].ID || len(rows[0].ID) != len("link_")+26 || rows[0].CreatedAt.Before(start) || rows[0].CreatedAt.Nanosecond()%1e6 != 0 {
			t.Errorf("rows %+v", rows)
		}
		s.delete(s.items, "i1")
		s.restore(s.items, "i1")
		s.wantLive("i1 b1, i1 t1, i1 t2")
	})
}

// On returns a manager with the clock and ids of another store.
func TestOnAnotherStore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		later := start.AddDate(1, 0, 0)
		m := s.On(module.NewStore(d, s.graph).From(module.Source{Now: func() time.Time { return later }, NewID: func(string) string { return "mine" }}))
		rows, err := m.Create(t.Context(), s.pair("i1 t1"))
		if err != nil || rows[0].ID != "mine" || !rows[0].CreatedAt.Equal(later) {
			t.Errorf("rows %v, %v", rows, err)
		}
		if r := s.link("i1 t2")[0]; r.ID == "mine" || !r.CreatedAt.Before(later) {
			t.Errorf("the first manager made %v", r)
		}
	})
}
