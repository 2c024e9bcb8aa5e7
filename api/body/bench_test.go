package body_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// shirts is the body of a product with 20 variants.
func shirts() []byte {
	var variants []string
	for i := range 20 {
		variants = append(variants, fmt.Sprintf(`{"title": "Shirt %[1]d", "sku": "SHIRT-%[1]d", "ean": "40123456789%[1]d", "manage_inventory": true,
			"weight": 200, "variant_rank": %[1]d, "metadata": {"shelf": "A %[1]d"}, "options": {"Size": "S%[1]d", "Color": "black"},
			"prices": [{"currency_code": "eur", "amount": 19.99}, {"currency_code": "usd", "amount": 21.5, "rules": {"region_id": "reg_01"}}]}`, i))
	}
	return []byte(`{"title": "Shirt", "handle": "shirt", "description": "A shirt of cotton.", "status": "published", "weight": 200, "material": "cotton",
		"options": [{"title": "Size", "values": ["S", "M", "L", "XL"]}, {"title": "Color", "values": ["black", "white"]}],
		"tags": [{"id": "ptag_1"}, {"id": "ptag_2"}], "variants": [` + strings.Join(variants, ",") + `]}`)
}

func BenchmarkDecode(b *testing.B) {
	text := shirts()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := productSchema.Decode(text); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncodingJSON(b *testing.B) {
	text := shirts()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := json.Unmarshal(text, &newProduct{}); err != nil {
			b.Fatal(err)
		}
	}
}

// One pass stays one pass: no more than half as many allocations again as
// encoding/json needs for the same value.
func TestAllocations(t *testing.T) {
	text := shirts()
	own := testing.AllocsPerRun(10, func() { _, _, _ = productSchema.Decode(text) })
	theirs := testing.AllocsPerRun(10, func() { _ = json.Unmarshal(text, &newProduct{}) })
	if own > 1.5*theirs {
		t.Errorf("%v allocations, encoding/json needs %v", own, theirs)
	}
}
