package link_test

import (
	"reflect"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
)

func TestDeleteSaysWhatItTouched(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		brand, gears := s.link("i1 b1")[0], s.link("i1 g2, i1 g1")
		bolts := s.link("g1 n2, g1 n1")
		want := link.Deleted{
			"shop_item_brandy_brand": {brand.ID}, "shop_item_gearbox_gear": {gears[0].ID, gears[1].ID},
			"gearbox_gear_gearbox_bolt": {bolts[0].ID, bolts[1].ID},
			"gear":                      {"g1", "g2"}, "tooth": {"o1", "o2"}, "bolt": {"n1", "n2"},
		}
		if got := s.delete(s.items, "i1"); !reflect.DeepEqual(got, want) {
			t.Errorf("deleted %v\nwant    %v", got, want)
		}
		if got := s.restore(s.items, "i1"); !reflect.DeepEqual(got, want) {
			t.Errorf("restored %v\nwant     %v", got, want)
		}
	})
}

// Records that are deleted together can be restored one by one, each with what
// was deleted with it.
func TestSeveralRootsAreRestoredApart(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 t1, i2 t1, i1 g1, i2 g2, g1 n1, g2 n2, i3 g3")
		s.delete(s.items, "i2", "i1", "i3")
		s.wantLive("")
		s.wantDeleted("g1 g2 g3 n1 n2 o1 o2")
		s.restore(s.items, "i2")
		s.wantLive("g2 n2, i2 g2, i2 t1")
		s.wantDeleted("g1 g3 n1 o1 o2")
		s.restore(s.items, "i1", "i3", "i4", "i1")
		s.wantLive("g1 n1, g2 n2, i1 g1, i1 t1, i2 g2, i2 t1, i3 g3")
		s.wantDeleted("")
	})
}

// Deleting a hundred records takes one statement per link, not per record.
func TestDeleteOfManyIsFewStatements(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		pairs := s.thousand()
		if _, err := s.Create(t.Context(), pairs...); err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, p := range pairs {
			ids = append(ids, p[s.items])
		}
		count := s.count()
		s.wantStatements(count, 5, "delete", func() { s.delete(s.items, ids...) }) // four links of items, and the journal
		s.wantLive("")
		s.wantStatements(count, 4, "restore", func() { s.restore(s.items, ids...) })
		rows, err := s.List(t.Context(), link.Pair{s.items: "", s.brands: "b1"})
		if err != nil || len(rows) != 1000 {
			t.Errorf("%d links are back, %v", len(rows), err)
		}
	})
}

func TestDeleteTwice(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 b1, i1 t1, i1 g1")
		s.delete(s.items, "i1")
		if got := s.delete(s.items, "i1"); len(got) != 0 {
			t.Errorf("the second delete deleted %v", got)
		}
		s.restore(s.items, "i1")
		s.wantLive("i1 b1, i1 g1, i1 t1")
		s.wantDeleted("")
		if got := s.restore(s.items, "i1"); len(got) != 0 {
			t.Errorf("the second restore restored %v", got)
		}
	})
}

// Two deletions of a record are undone one by one, the last one first.
func TestRestoreUndoesTheLastDelete(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 t1")
		s.delete(s.items, "i1")
		s.link("i1 t2, i1 g1")
		s.delete(s.items, "i1")
		s.restore(s.items, "i1")
		s.wantLive("i1 g1, i1 t2")
		s.restore(s.items, "i1")
		s.wantLive("i1 g1, i1 t1, i1 t2")
		s.wantDeleted("")
	})
}

// A link of two records that are deleted one after the other goes with the first.
func TestRestoreOfTheOtherEnd(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 b1, i1 t1, i2 b1")
		s.delete(s.brands, "b1")
		s.delete(s.items, "i1")
		s.restore(s.items, "i1")
		s.wantLive("i1 t1")
		s.restore(s.brands, "b1")
		s.wantLive("i1 b1, i1 t1, i2 b1")
	})
}

func TestARecordDeletedAnewStaysDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 g1, i1 g2, i1 b1")
		s.delete(s.items, "i1")
		gears := module.For[gear](s.store, s.gears)
		for _, step := range []func() error{
			func() error { return gears.Restore(t.Context(), "g1") },
			func() error { return gears.SoftDelete(t.Context(), "g1") },
			func() error { return gears.Delete(t.Context(), "g2") },
		} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		got := s.restore(s.items, "i1")
		if len(got["gear"]) != 0 || len(got["tooth"]) != 0 {
			t.Errorf("restored %v", got)
		}
		s.wantDeleted("g1 o1 o2")
		s.wantLive("i1 b1, i1 g1") // the row of g2 has been deleted permanently
	})
}

// A gear that was deleted before it was linked is not restored; its links are.
func TestARecordDeletedBeforeStaysDeleted(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		if err := module.For[gear](s.store, s.gears).SoftDelete(t.Context(), "g1"); err != nil {
			t.Fatal(err)
		}
		s.link("i1 g1, g1 n1")
		s.delete(s.items, "i1")
		s.wantLive("")
		s.wantDeleted("g1 n1 o1 o2")
		s.restore(s.items, "i1")
		s.wantLive("g1 n1, i1 g1")
		s.wantDeleted("g1 o1 o2")
	})
}

// A pair that has been linked again since the deletion stays as it is; the rest is
// restored.
func TestRestoreBesideAPairLinkedAgain(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 b1, i1 t1, i1 t2, p1 i1")
		s.delete(s.items, "i1")
		again := s.link("i1 b1, i1 t1, p1 i1")
		s.restore(s.items, "i1")
		s.wantLive("i1 b1, i1 t1, i1 t2, p1 i1")
		rows, err := s.List(t.Context(), s.pairs("i1 b1, i1 t1, p1 i1")...)
		if err != nil || !reflect.DeepEqual(rows, again) {
			t.Errorf("rows %v, %v; want %v", rows, err, again)
		}
	})
}

func TestRestoreConflictsNameTheLinkInTheWay(t *testing.T) {
	t.Parallel()
	cases := []struct{ linked, deleted, since, says string }{
		{"i1 g1", "i1", "i2 g1", `cannot restore the link of item "i1" to gear "g1": gear "g1" is linked to item "i2" now`},
		{"p1 i1", "p1", "p2 i1", `cannot restore the link of post "p1" to item "i1": item "i1" is linked to post "p2" now`},
		{"p1 i1", "i1", "p1 i2", `cannot restore the link of post "p1" to item "i1": post "p1" is linked to item "i2" now`},
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		for _, c := range cases {
			s.empty()
			s.createRecords()
			s.link(c.linked + ", i1 t1")
			s.delete(s.model(c.deleted), c.deleted)
			s.link(c.since)
			before, gone := s.live(), s.deleted()
			_, err := s.Restore(t.Context(), s.model(c.deleted), c.deleted)
			wantFault(t, err, fault.Conflict, c.says, "dismiss that link first")
			s.wantLive(before)
			s.wantDeleted(gone)
			s.dismiss(c.since) // now it succeeds
			s.restore(s.model(c.deleted), c.deleted)
			if s.deleted() != "" || s.list(c.linked) == "" {
				t.Errorf("after the conflict is gone, linked are %s, deleted %q", s.live(), s.deleted())
			}
		}
	})
}

// A cascade ends when it leads back to where it came from.
func TestCascadesInACircle(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := newModels()
		s := openWith(t, d, m,
			link.Between(link.Many(m.items).Cascade(), link.Many(m.gears).Cascade()),
			link.Between(link.Many(m.gears).Cascade(), link.Many(m.bolts).Cascade()),
			link.Between(link.Many(m.bolts).Cascade(), link.Many(m.items).Cascade()))
		s.link("i1 g1, g1 n1, n1 i1, n1 i2, i2 g2, g2 n1, g2 i3, i4 g3")
		s.delete(s.items, "i1")
		s.wantDeleted("g1 g2 i2 i3 n1 o1 o2") // not i1 itself, nor its variants
		s.wantLive("i4 g3")
		s.restore(s.items, "i1")
		s.wantDeleted("")
		s.wantLive("g1 n1, g2 n1, i1 g1, i2 g2, i3 g2, i4 g3, n1 i1, n1 i2")
		s.delete(s.items, "i1", "i2") // i2 is reached by the cascade, but was also named, so its own module deletes it
		s.wantDeleted("g1 g2 i3 n1 o1 o2")
		s.restore(s.items, "i2", "i1")
		s.wantDeleted("")
	})
}

// The links of records that a module deletes together with a cascaded record are
// dismissed, too.
func TestLinksOfWhatAModuleDeletesAlong(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		m := newModels()
		s := openWith(t, d, m, link.Between(link.One(m.items), link.Many(m.gears).Cascade()),
			link.Between(link.Many(m.teeth), link.Many(m.tags)), link.Between(link.One(m.teeth), link.Many(m.bolts).Cascade()))
		s.link("i1 g1, o1 t1, o2 t1, o1 n1")
		s.delete(s.items, "i1")
		s.wantLive("")
		s.wantDeleted("g1 n1 o1 o2")
		s.restore(s.items, "i1")
		s.wantLive("i1 g1, o1 n1, o1 t1, o2 t1")
		s.wantDeleted("")
	})
}

// The journal holds what can be restored, and nothing else.
func TestTheJournalIsEmptyAfterRestore(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		lines := func() int64 {
			n, _, err := db.One[int64](t.Context(), d, "SELECT count(*) FROM link_deletion")
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		s.linkAll()
		s.delete(s.items, "i1")
		if lines() != 12 { // seven link rows, two gears, two teeth, a bolt
			t.Errorf("%d lines", lines())
		}
		s.restore(s.items, "i1")
		if lines() != 0 {
			t.Errorf("%d lines are left", lines())
		}
	})
}

// Restore ignores a link that the program no longer has.
func TestRestoreWithoutALinkThatWas(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.link("i1 b1, i1 t1")
		s.delete(s.items, "i1")
		m := newModels()
		g, installed := install(t, m, m.links()[:2]...)
		later := link.NewManager(module.NewStore(d, g), installed)
		got, err := later.Restore(t.Context(), m.items, "i1")
		if err != nil || len(got) != 1 || len(got["shop_item_brandy_brand"]) != 1 {
			t.Errorf("restored %v, %v", got, err)
		}
		s.wantLive("i1 b1")
	})
}

func TestDeleteAndRestoreOfNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		if got := s.delete(s.items); got == nil || len(got) != 0 {
			t.Errorf("deleted %v", got)
		}
		if got := s.restore(s.items); got == nil || len(got) != 0 {
			t.Errorf("restored %v", got)
		}
		_, err := s.Delete(t.Context(), nil, "i1")
		wantFault(t, err, fault.InvalidData, "a nil model is not a model of the program")
		_, err = s.Restore(t.Context(), newModels().items, "i1")
		wantFault(t, err, fault.InvalidData, "item is not a model of the program")
	})
}

// The history of a link is read by asking for deleted rows of its entity.
func TestTheHistoryOfALink(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := open(t, d)
		s.linkWith("i1 b1", link.Data{"note": "first"})
		s.dismiss("i1 b1")
		s.linkWith("i1 b2", link.Data{"note": "second"})
		s.dismiss("i1 b2")
		s.linkWith("i1 b1", link.Data{"note": "third"})
		history := query.Request{Entity: "item_brand", Fields: []string{"note", "brand.name"}, Filters: is{"item_id": "i1"}, Order: []string{"created_at"}, WithDeleted: true}
		s.wantAnswer(`[{"note":"first","brand":{"name":"Acme"}},{"note":"second","brand":{"name":"Zed"}},{"note":"third","brand":{"name":"Acme"}}]`, history)
		s.wantAnswer(`[{"brand":{"name":"Acme"}}]`, query.Request{Entity: "item", Fields: []string{"brand.name"}, Filters: is{"id": "i1"}, WithDeleted: true})
	})
}
