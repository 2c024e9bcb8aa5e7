package link_test

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/query"
)

// Section I: link operations. docs/differences.md explains where they differ
// from Medusa's on purpose.

func TestConformanceCreate(t *testing.T) {
	runLines(t, []line{
		{"208 create one pair of many to many returns one row", func(s *shop) {
			rows := s.link("i1 t1")
			want := link.Row{Link: "shop_item_tagger_tag", ID: rows[0].ID, Keys: map[string]string{"item_id": "i1", "tag_id": "t1"},
				CreatedAt: rows[0].CreatedAt, UpdatedAt: rows[0].CreatedAt}
			if len(rows) != 1 || !reflect.DeepEqual(rows[0], want) || want.ID == "" || want.CreatedAt.IsZero() {
				s.t.Errorf("returned %+v, want %+v", rows, want)
			}
			s.wantLive("i1 t1")
		}},
		{"209 create an array with several types: each goes to its own link, rows in the order given", func(s *shop) {
			rows := s.link("i1 t1, p1 i1, i1 b1, i1 t2")
			for i, table := range []string{"shop_item_tagger_tag", "blog_post_shop_item", "shop_item_brandy_brand", "shop_item_tagger_tag"} {
				if rows[i].Link != table {
					s.t.Errorf("row %d is of %s, want %s", i, rows[i].Link, table)
				}
			}
			s.wantLive("i1 b1, i1 t1, i1 t2, p1 i1")
		}},
		{"210 create nothing returns no rows", func(s *shop) {
			rows := s.link("")
			if rows == nil || len(rows) != 0 {
				s.t.Errorf("returned %#v", rows)
			}
		}},
		{"211 create again the same pair: no error, one row, same timestamps", func(s *shop) {
			first, second := s.link("i1 t1"), s.link("i1 t1")
			if !reflect.DeepEqual(first, second) {
				s.t.Errorf("returned %+v, then %+v", first, second)
			}
			s.wantLive("i1 t1")
		}},
		{"212 create again keeps the row's id", func(s *shop) {
			for _, pair := range []string{"i1 t1", "i1 b1", "p1 i1", "i1 g1"} {
				if first, second := s.link(pair)[0].ID, s.link(pair)[0].ID; first != second {
					s.t.Errorf("%s had the id %s and has %s", pair, first, second)
				}
			}
		}},
		{"213 create after dismiss: linked again, by a new row", func(s *shop) {
			first := s.link("i1 t1")[0]
			s.dismiss("i1 t1")
			second := s.link("i1 t1")[0]
			if first.ID == second.ID || !second.CreatedAt.After(first.CreatedAt) || second.DeletedAt != nil {
				s.t.Errorf("first %+v, then %+v", first, second)
			}
			s.wantLive("i1 t1")
		}},
		{"214 data given later replaces what it names and keeps the rest", func(s *shop) {
			first := s.linkWith("i1 b1", link.Data{"note": "n1", "pos": 1})
			second := s.linkWith("i1 b1", link.Data{"note": "n2"})
			if want := (link.Data{"note": "n2", "pos": int64(1)}); !reflect.DeepEqual(second.Data, want) || first.ID != second.ID {
				s.t.Errorf("returned %+v, want the data %v", second, want)
			}
			if !second.UpdatedAt.After(first.UpdatedAt) || !second.CreatedAt.Equal(first.CreatedAt) {
				s.t.Errorf("created %s, updated %s; it was %s", second.CreatedAt, second.UpdatedAt, first.UpdatedAt)
			}
			s.wantAnswer(`[{"note":"n2","pos":1}]`, query.Request{Entity: "item_brand", Fields: []string{"note", "pos"}})
		}},
		{"215 an unknown extra column is refused", func(s *shop) {
			_, err := s.CreateWith(s.t.Context(), link.Entry{Pair: s.pair("i1 b1"), Data: link.Data{"hue": "red"}})
			wantFault(s.t, err, fault.InvalidData, `"hue"`, "note, pos", "item - brand")
			_, err = s.CreateWith(s.t.Context(), link.Entry{Pair: s.pair("i1 t1"), Data: link.Data{"note": "x"}})
			wantFault(s.t, err, fault.InvalidData, `"note"`, "no extra columns")
			s.wantLive("")
		}},
		{"216 the first insert without data has the defaults", func(s *shop) {
			want := link.Data{"note": nil, "pos": int64(7)}
			if r := s.link("i1 b1")[0]; !reflect.DeepEqual(r.Data, want) {
				s.t.Errorf("returned %v, want %v", r.Data, want)
			}
			s.wantAnswer(`[{"note":null,"pos":7}]`, query.Request{Entity: "item_brand", Fields: []string{"note", "pos"}})
		}},
	})
}

func TestConformanceCreateMany(t *testing.T) {
	runLines(t, []line{
		{"217 in a batch, every row has its own data", func(s *shop) {
			s.linkWith("i2 b1", link.Data{"note": "old", "pos": 2})
			rows, err := s.CreateWith(s.t.Context(), link.Entry{Pair: s.pair("i1 b1"), Data: link.Data{"note": "new"}},
				link.Entry{Pair: s.pair("i2 b1")}, link.Entry{Pair: s.pair("i3 b1"), Data: link.Data{"pos": 3}})
			if err != nil {
				s.t.Fatal(err)
			}
			for i, want := range []link.Data{{"note": "new", "pos": int64(7)}, {"note": "old", "pos": int64(2)}, {"note": nil, "pos": int64(3)}} {
				if !reflect.DeepEqual(rows[i].Data, want) {
					s.t.Errorf("row %d has %v, want %v", i, rows[i].Data, want)
				}
			}
			s.wantAnswer(`[{"item_id":"i1","note":"new","pos":7},{"item_id":"i2","note":"old","pos":2},{"item_id":"i3","note":null,"pos":3}]`,
				query.Request{Entity: "item_brand", Fields: []string{"item_id", "note", "pos"}, Order: []string{"item_id"}})
		}},
		{"218 the same pair twice in one call is one row", func(s *shop) {
			rows := s.link("i1 t1, i1 t2, i1 t1")
			if rows[0].ID != rows[2].ID || rows[0].ID == rows[1].ID {
				s.t.Errorf("returned %v", rows)
			}
			s.wantLive("i1 t1, i1 t2")
		}},
	})
}

func TestConformancePairs(t *testing.T) {
	runLines(t, []line{
		{"219 a pair has no order", func(s *shop) {
			if a, b := s.link("i1 t1")[0], s.link("t1 i1")[0]; a.ID != b.ID {
				s.t.Errorf("i1 t1 is %s, t1 i1 is %s", a.ID, b.ID)
			}
		}},
		{"220 unlinked modules, and a read-only pair, are refused with what would be right", func(s *shop) {
			s.refuses("t1 b1", fault.InvalidData, "no link between brand and tag", "brand can be linked to item", "tag can be linked to item")
			s.refuses("t1 v1", fault.InvalidData, "item_variant has no stored links")
			s.refuses("p1 b1", fault.InvalidData, "linked by the column brand_id of post", "post can be linked to item")
		}},
		{"221 three modules are refused", func(s *shop) {
			s.refuses("i1 b1 t1", fault.InvalidData, "two records", "brand, item, tag")
		}},
		{"222 one module is refused", func(s *shop) {
			s.refuses("i1", fault.InvalidData, "two records", "item")
			_, err := s.Create(s.t.Context(), link.Pair{})
			wantFault(s.t, err, fault.InvalidData, "none given")
			_, err = s.Create(s.t.Context(), nil)
			wantFault(s.t, err, fault.InvalidData, "none given")
		}},
		{"223 an empty key is refused", func(s *shop) {
			_, err := s.Create(s.t.Context(), link.Pair{s.items: "i1", s.tags: ""})
			wantFault(s.t, err, fault.InvalidData, "id of the tag", "empty")
			s.wantLive("")
		}},
		{"224 ids of records that do not exist are not_found", func(s *shop) {
			s.refuses("i1 t9", fault.NotFound, `there is no tag with the id "t9"`)
			s.refuses("i9 t1", fault.NotFound, `there is no item with the id "i9"`)
			s.refuses("i1 t1, i7 t1, i8 t2", fault.NotFound, `there is no item with the id "i7", "i8"`)
		}},
	})
}

func TestConformanceCardinality(t *testing.T) {
	runLines(t, []line{
		{"225 many items, one brand: a second brand for i1 is a conflict", func(s *shop) {
			s.link("i1 b1")
			s.refuses("i1 b2", fault.Conflict, `cannot link item "i1" to brand "b2"`, `item "i1" is linked to brand "b1"`, "dismiss that link first")
		}},
		{"226 the same brand again is accepted, and for another item", func(s *shop) {
			s.link("i1 b1")
			s.link("i1 b1, i2 b1")
			s.wantLive("i1 b1, i2 b1")
		}},
		{"227 one item, many gears: gear g1 for a second item is a conflict", func(s *shop) {
			s.link("i1 g1, i1 g2")
			s.refuses("i2 g1", fault.Conflict, `cannot link item "i2" to gear "g1"`, `gear "g1" is linked to item "i1"`)
		}},
		{"228 one to one: either side linked elsewhere is a conflict", func(s *shop) {
			s.link("p1 i1")
			s.refuses("p1 i2", fault.Conflict, `post "p1" is linked to item "i1"`)
			s.refuses("p2 i1", fault.Conflict, `item "i1" is linked to post "p1"`)
		}},
		{"229 one to one: the very same pair again is accepted", func(s *shop) {
			if a, b := s.link("p1 i1"), s.link("p1 i1"); a[0].ID != b[0].ID {
				s.t.Errorf("the row was %s and is %s", a[0].ID, b[0].ID)
			}
		}},
		{"230 a conflict inside one call: nothing is stored", func(s *shop) {
			s.refuses("i2 b1, i1 b1, i1 b2", fault.Conflict, `cannot link item "i1" to brand "b2"`, "the same call")
			s.refuses("p1 i1, p2 i1", fault.Conflict, "the same call")
		}},
		{"231 after dismiss a new partner is allowed", func(s *shop) {
			s.link("i1 b1, p1 i1")
			s.dismiss("i1 b1, p1 i1")
			s.link("i1 b2, p2 i1")
			s.wantLive("i1 b2, p2 i1")
		}},
		{"232 linking an old pair again when one side has a new partner is a conflict", func(s *shop) {
			s.link("i1 b1")
			s.dismiss("i1 b1")
			s.link("i1 b2")
			s.refuses("i1 b1", fault.Conflict, `item "i1" is linked to brand "b2"`)
		}},
		{"233 a conflict in one of several links: nothing is stored at all", func(s *shop) {
			s.link("i1 b1")
			s.refuses("i1 t1, i1 b2, p1 i1", fault.Conflict, "brand")
		}},
		{"234 a fault of the database in one of several links: nothing is stored at all", func(s *shop) {
			s.refuses("i1 t1, p1 i1, i9 b1", fault.NotFound, "item")
		}},
		{"235 8 concurrent creates that conflict: exactly one wins", func(s *shop) {
			s.race("i1 b1, i1 b2, i1 b3, i1 b1, i1 b2, i1 b3, i1 b1, i1 b2", func(won []string) bool {
				for _, pair := range won { // the same pair may win more than once: it is one link
					if pair != won[0] {
						return false
					}
				}
				return len(won) > 0
			})
		}},
	})
}

func TestConformanceDismissAndList(t *testing.T) {
	runLines(t, []line{
		{"236 dismiss a live pair returns the row", func(s *shop) {
			row := s.linkWith("i1 b1", link.Data{"note": "x"})
			got := s.dismiss("i1 b1")
			if len(got) != 1 || got[0].ID != row.ID || got[0].DeletedAt == nil || !got[0].UpdatedAt.Equal(*got[0].DeletedAt) || !reflect.DeepEqual(got[0].Data, row.Data) {
				s.t.Errorf("returned %+v", got)
			}
			s.wantLive("")
		}},
		{"237 dismiss again, an unknown pair, or nothing, returns no rows", func(s *shop) {
			s.link("i1 b1")
			s.dismiss("i1 b1")
			for _, pairs := range []string{"i1 b1", "i2 b2", "i9 b9", ""} {
				if got := s.dismiss(pairs); got == nil || len(got) != 0 {
					s.t.Errorf("dismissing %q returned %#v", pairs, got)
				}
			}
		}},
		{"238 dismiss many pairs at once", func(s *shop) {
			s.linkAll()
			var got []string
			for _, r := range s.dismiss("i2 t1, i1 b1, i1 t1, i2 t1, i4 t1, i1 t2") {
				got = append(got, r.Keys["item_id"]+" "+r.Keys["tag_id"]+r.Keys["brand_id"])
			}
			if want := []string{"i2 t1", "i1 t1", "i1 t2", "i1 b1"}; !reflect.DeepEqual(got, want) {
				s.t.Errorf("returned %v, want %v", got, want)
			}
			s.wantLive("g1 n1, i1 g1, i1 g2, i2 b1, i3 b2, p1 i1, p2 i2")
		}},
		{"239 dismiss with one side is refused", func(s *shop) {
			s.link("i1 t1")
			_, err := s.Dismiss(s.t.Context(), link.Pair{s.items: "i1"})
			wantFault(s.t, err, fault.InvalidData, "two records")
			_, err = s.Dismiss(s.t.Context(), link.Pair{s.items: "i1", s.tags: ""})
			wantFault(s.t, err, fault.InvalidData, "tag", "empty")
			s.wantLive("i1 t1")
		}},
		{"240 list a pair, an unknown one, and all of one side", func(s *shop) {
			s.linkAll()
			for pairs, want := range map[string]string{"i1 t1": "i1 t1", "i1 t3": "", "i1 t": "i1 t2, i1 t1", "i t1": "i1 t1, i2 t1", "i t": "i1 t2, i1 t1, i2 t1"} {
				if got := s.list(pairs); got != want {
					s.t.Errorf("listing %q returns %q, want %q", pairs, got, want)
				}
			}
		}},
		{"241 what is listed can be created again", func(s *shop) {
			s.linkWith("i1 b1", link.Data{"note": "hello", "pos": 3})
			rows, err := s.List(s.t.Context(), link.Pair{s.items: "", s.brands: ""})
			if err != nil || !reflect.DeepEqual(rows[0].Data, link.Data{"note": "hello", "pos": int64(3)}) {
				s.t.Fatalf("listed %+v, %v", rows, err)
			}
			s.dismiss("i1 b1")
			again := s.linkWith(rows[0].Keys["item_id"]+" "+rows[0].Keys["brand_id"], rows[0].Data)
			if !reflect.DeepEqual(again.Data, rows[0].Data) {
				s.t.Errorf("created %+v", again)
			}
			if r := s.link("i1 t1")[0]; r.Data != nil {
				s.t.Errorf("a link without extra columns has the data %v", r.Data)
			}
		}},
	})
}

// all are the pairs that linkAll links.
const all = "g1 n1, i1 b1, i1 g1, i1 g2, i1 t1, i1 t2, i2 b1, i2 t1, i3 b2, p1 i1, p2 i2"

func TestConformanceDelete(t *testing.T) {
	runLines(t, []line{
		{"242 delete dismisses every link of the record and cascades", func(s *shop) {
			s.linkAll()
			got := s.delete(s.items, "i1")
			want := "bolt n1; gear g1 g2; tooth o1 o2; rows 7"
			if text := summary(got); text != want {
				s.t.Errorf("deleted %s, want %s", text, want)
			}
			s.wantLive("i2 b1, i2 t1, i3 b2, p2 i2")
			s.wantDeleted("g1 g2 n1 o1 o2")
		}},
		{"243 delete does not delete the record itself", func(s *shop) {
			s.linkAll()
			s.delete(s.brands, "b1")
			s.wantDeleted("")
			s.wantLive("g1 n1, i1 g1, i1 g2, i1 t1, i1 t2, i2 t1, i3 b2, p1 i1, p2 i2")
		}},
		{"244 delete of the end that cascades deletes neither end", func(s *shop) {
			s.link("i1 g1, i1 g2")
			s.delete(s.gears, "g1")
			s.wantDeleted("")
			s.wantLive("i1 g2")
		}},
		{"245 a cascade goes on through the links of the records it deletes", func(s *shop) {
			s.link("i1 g1, g1 n1, g1 n2, i2 g2")
			s.delete(s.items, "i1")
			s.wantDeleted("g1 n1 n2 o1 o2")
			s.wantLive("i2 g2")
		}},
		{"246 delete of records without links, or that do not exist, does nothing", func(s *shop) {
			s.linkAll()
			for _, id := range []string{"i4", "i99"} {
				if got := s.delete(s.items, id); got == nil || len(got) != 0 {
					s.t.Errorf("deleted %v with %s", got, id)
				}
			}
			s.wantLive(all)
			_, err := s.Delete(s.t.Context(), model.Define[item]("thing"), "i1")
			wantFault(s.t, err, fault.InvalidData, "thing is not a model of the program")
		}},
		{"247 several records in one call", func(s *shop) {
			s.linkAll()
			s.delete(s.items, "i1", "i2", "i1")
			s.wantLive("i3 b2")
		}},
	})
}

func TestConformanceUndo(t *testing.T) {
	runLines(t, []line{
		{"248 a cascade that fails undoes everything", func(s *shop) {
			s.linkAll()
			broken := errors.New("no luck")
			err := db.Do(s.t.Context(), s.db, func(ctx context.Context) error {
				if _, err := s.Delete(ctx, s.items, "i1"); err != nil {
					return err
				}
				return broken
			})
			if !errors.Is(err, broken) {
				s.t.Errorf("error %v", err)
			}
			s.wantLive(all)
			s.wantDeleted("")
			if got := s.restore(s.items, "i1"); len(got) != 0 {
				s.t.Errorf("restored %v of a delete that was undone", got)
			}
		}},
		{"249 restore brings back links and cascaded records", func(s *shop) {
			s.linkAll()
			deleted := s.delete(s.items, "i1")
			if got := s.restore(s.items, "i1"); !reflect.DeepEqual(got, deleted) {
				s.t.Errorf("restored %v, deleted was %v", got, deleted)
			}
			s.wantLive(all)
			s.wantDeleted("")
		}},
		{"250 restore leaves rows dismissed earlier dismissed", func(s *shop) {
			s.linkAll()
			s.dismiss("i1 t2, i1 g2")
			s.delete(s.items, "i1")
			s.wantDeleted("g1 n1 o1 o2")
			s.restore(s.items, "i1")
			s.wantLive("g1 n1, i1 b1, i1 g1, i1 t1, i2 b1, i2 t1, i3 b2, p1 i1, p2 i2")
		}},
		{"251 restore against the cardinality is a conflict and restores nothing", func(s *shop) {
			s.linkAll()
			s.delete(s.items, "i1")
			s.link("i1 b2")
			_, err := s.Restore(s.t.Context(), s.items, "i1")
			wantFault(s.t, err, fault.Conflict, `cannot restore the link of item "i1" to brand "b1"`, `item "i1" is linked to brand "b2" now`)
			s.wantLive("i1 b2, i2 b1, i2 t1, i3 b2, p2 i2")
			s.wantDeleted("g1 g2 n1 o1 o2")
		}},
		{"252 soft-deleting in a module dismisses link rows, restoring brings them back", func(s *shop) {
			s.linkAll()
			items := module.For[item](s.store, s.items)
			if err := items.SoftDelete(s.t.Context(), "i1"); err != nil {
				s.t.Fatal(err)
			}
			s.wantLive("i2 b1, i2 t1, i3 b2, p2 i2")
			s.wantDeleted("g1 g2 i1 n1 o1 o2 v1 v2")
			if err := items.Restore(s.t.Context(), "i1"); err != nil {
				s.t.Fatal(err)
			}
			s.wantLive(all)
			s.wantDeleted("")
		}},
		{"253 link writes join the caller's transaction", func(s *shop) {
			err := db.Do(s.t.Context(), s.db, func(ctx context.Context) error {
				if err := module.For[tag](s.store, s.tags).Create(ctx, &tag{Record: id("t8"), Value: "new"}); err != nil {
					return err
				}
				if _, err := s.Create(ctx, s.pair("i1 t8")); err != nil {
					return err
				}
				return errors.New("undone")
			})
			if err == nil || err.Error() != "undone" {
				s.t.Errorf("error %v", err)
			}
			s.wantLive("")
		}},
	})
}

// The times in the rows that Create returns equal those that are read back.
func TestRowsAreReadAsTheyWereAnswered(t *testing.T) {
	runLines(t, []line{{"create, then list", func(s *shop) {
		made := s.link("i1 b1, i2 b1")
		read, err := s.List(s.t.Context(), s.pairs("i1 b1, i2 b1")...)
		if err != nil || !reflect.DeepEqual(made, read) {
			s.t.Errorf("created %+v\nlisted %+v, %v", made, read, err)
		}
		if loc := read[0].CreatedAt.Location(); loc != time.UTC {
			s.t.Errorf("the time is of %s", loc)
		}
	}}})
}
