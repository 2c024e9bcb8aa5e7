package link_test

import (
	"encoding/json"
	"testing"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
)

func TestMapListsEveryDirectionAndName(t *testing.T) {
	t.Parallel()
	m := newModels()
	g, _ := install(t, m,
		link.Between(link.Many(m.items), link.One(m.brands)),
		link.Between(link.Many(m.items).Named().Rows("product_link"), link.Many(m.tags).Named("tags", "labels")).Table("item_label"),
		link.Between(link.One(m.variants).Rows(""), link.One(m.currencies).Rows("")).Table("v_c"),
		link.ReadOnly(m.posts, "brand_id", m.brands).Inverse("articles").Inverse("posts"),
		link.ReadOnly(m.posts, "item_ids", m.items),
		link.Virtual(m.posts, "handle", "page", pages))
	want := []link.Direction{
		{From: "item", Field: "brand", To: "brand", Kind: "stored", Table: "shop_item_brandy_brand", Via: "brand_link"},
		{From: "item", Field: "tags", To: "tag", Kind: "stored", Many: true, Table: "item_label", Via: "tag_link"},
		{From: "item", Field: "labels", To: "tag", Kind: "stored", Many: true, Table: "item_label", Via: "tag_link"},
		{From: "item_variant", Field: "currency", To: "currency", Kind: "stored", Table: "v_c"},
		{From: "brand", Field: "items", To: "item", Kind: "stored", Many: true, Table: "shop_item_brandy_brand", Via: "item_link"},
		{From: "brand", Field: "articles", To: "post", Kind: "read-only", Many: true, Via: "brand_id"},
		{From: "brand", Field: "posts", To: "post", Kind: "read-only", Many: true, Via: "brand_id"},
		{From: "post", Field: "brand", To: "brand", Kind: "read-only", Via: "brand_id"},
		{From: "post", Field: "items", To: "item", Kind: "read-only", Many: true, Via: "item_ids"},
		{From: "post", Field: "page", Kind: "read-only", Via: "handle"},
		{From: "currency", Field: "item_variant", To: "item_variant", Kind: "stored", Table: "v_c"},
	}
	got := link.Map(g)
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("missing: %+v", want[i])
		case i >= len(want):
			t.Errorf("too much: %+v", got[i])
		case got[i] != want[i]:
			t.Errorf("row %d is %+v\nwant     %+v", i, got[i], want[i])
		}
	}
}

func TestMapOfNoLinks(t *testing.T) {
	t.Parallel()
	g, err := model.NewGraph(newModels().all()...)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(link.Map(g))
	if err != nil || string(b) != "[]" {
		t.Errorf("%s, %v", b, err)
	}
}
