package e2e_test

import "testing"

// An item is created with levels, which are changed one by one and in batches.
func TestAPIInventoryItems(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/inventory-items", `{"sku": "CUP", "title": "Cup", "weight": 300, "requires_shipping": false,
			"location_levels": [{"location_id": "sloc", "stocked_quantity": 4}]}`)["inventory_item"]
		has(t, "created", made, `{"sku": "CUP", "weight": 300, "requires_shipping": false, "stocked_quantity": 4, "reserved_quantity": 0,
			"location_levels": [{"location_id": "sloc", "stocked_quantity": 4, "reserved_quantity": 0, "incoming_quantity": 0, "available_quantity": 4}]}`)
		one := "/admin/inventory-items/" + at(made, "id").(string)
		has(t, "second level", s.want(t, 200, "admin", "POST "+one+"/location-levels", `{"location_id": "sloc_far", "incoming_quantity": 9}`)["inventory_item"],
			`{"stocked_quantity": 4, "location_levels": [{"location_id": "sloc"}, {"location_id": "sloc_far", "incoming_quantity": 9}]}`)
		has(t, "counted", s.want(t, 200, "admin", "POST "+one+"/location-levels/sloc_far", `{"stocked_quantity": 1.5}`)["inventory_item"], `{"stocked_quantity": 5.5}`)
		has(t, "changed", s.want(t, 200, "admin", "POST "+one, `{"material": "clay"}`)["inventory_item"], `{"material": "clay", "sku": "CUP"}`)

		batch := s.want(t, 200, "admin", "POST "+one+"/location-levels/batch", `{"update": [{"location_id": "sloc", "stocked_quantity": 0}]}`)
		has(t, "batch", batch, `{"created": [], "updated": [{"location_id": "sloc", "stocked_quantity": 0, "available_quantity": 0}], "deleted": []}`)
		level := at(batch, "updated", 0, "id").(string)
		gone := s.want(t, 200, "admin", "POST "+one+"/location-levels/batch", `{"delete": ["`+level+`"]}`)
		has(t, "deleted", gone, `{"deleted": ["`+level+`"]}`)
		has(t, "batch of any", s.want(t, 200, "admin", "POST /admin/inventory-items/location-levels/batch", `{"create": [{"inventory_item_id": "`+at(made, "id").(string)+`", "location_id": "sloc",
			"stocked_quantity": 2}], "update": [{"inventory_item_id": "iitem", "location_id": "sloc_far", "stocked_quantity": 8}]}`),
			`{"created": [{"stocked_quantity": 2}], "updated": [{"id": "ilev_far", "stocked_quantity": 8}]}`)
		has(t, "levels", s.want(t, 200, "admin", "GET "+one+"/location-levels?location_id=sloc", ""), `{"inventory_levels": [{"stocked_quantity": 2}], "count": 1}`)

		for path, n := range map[string]float64{
			"?sku=CUP": 1, "?q=mug-blue": 1, "?location_levels[location_id]=sloc_far": 2, "?stocked_quantity[$gt]=17": 1, "?order=-stocked_quantity": 2,
			"?requires_shipping=false": 1, "?weight[$gte]=300": 1, "?id[]=iitem&id[]=nothing": 1,
		} {
			if got := s.want(t, 200, "admin", "GET /admin/inventory-items"+path, "")["count"]; got != n {
				t.Errorf("%s: %v items, want %v", path, got, n)
			}
		}
		has(t, "level deletion", s.want(t, 200, "admin", "POST "+one+"/location-levels/sloc", `{"stocked_quantity": 0}`), `{}`)
		has(t, "level deletion", s.want(t, 200, "admin", "DELETE "+one+"/location-levels/sloc", ""), `{"object": "inventory-level", "deleted": true, "parent": {"sku": "CUP"}}`)
		has(t, "deletion", s.want(t, 200, "admin", "DELETE "+one, ""), `{"object": "inventory_item", "deleted": true}`)
	})
}

// What is wrong with stock is refused by name, and changes nothing.
func TestAPIInventoryRefuses(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		for _, wrong := range []struct {
			status             int
			line, body, answer string
		}{
			{400, "POST /admin/inventory-items", `{"sku": "MUG-BLUE"}`, `{"type": "invalid_data"}`},
			{400, "POST /admin/inventory-items", `{"location_levels": [{"location_id": "sloc", "stocked_quantity": -1}]}`, `{"type": "invalid_data"}`},
			{400, "POST /admin/inventory-items", `{"location_levels": [{"location_id": "sloc"}, {"location_id": "sloc"}]}`, `{"type": "invalid_data"}`},
			{404, "POST /admin/inventory-items", `{"location_levels": [{"location_id": "nowhere"}]}`, `{"type": "not_found"}`},
			{400, "POST /admin/inventory-items/iitem/location-levels", `{"location_id": "sloc"}`, `{"type": "invalid_data"}`},
			{404, "POST /admin/inventory-items/none/location-levels", `{"location_id": "sloc"}`, `{"type": "not_found"}`},
			{404, "POST /admin/inventory-items/iitem/location-levels/nowhere", `{"stocked_quantity": 1}`, `{"type": "not_found"}`},
			{400, "POST /admin/inventory-items/iitem/location-levels/sloc", `{"stocked_quantity": 1}`, `{"type": "not_allowed"}`},
			{400, "POST /admin/inventory-items/iitem/location-levels/sloc", `{"reserved_quantity": 0}`, `{"type": "invalid_data"}`},
			{400, "DELETE /admin/inventory-items/iitem/location-levels/sloc", "", `{"type": "not_allowed"}`},
			{400, "POST /admin/inventory-items/iitem/location-levels/batch", `{"create": [], "delete": ["ilev"], "force": true}`, `{"type": "not_allowed"}`},
			{400, "POST /admin/inventory-items/iitem/location-levels/batch", `{"delete": ["ilev_far"]}`, `{"type": "not_allowed"}`},
			{404, "POST /admin/inventory-items/iitem/location-levels/batch", `{"update": [{"location_id": "sloc_far", "stocked_quantity": 1}], "delete": ["none"]}`, `{"type": "not_found"}`},
			{400, "DELETE /admin/inventory-items/iitem", "", `{"type": "not_allowed"}`},
			{400, "DELETE /admin/stock-locations/sloc", "", `{"type": "not_allowed"}`},
			{400, "POST /admin/reservations", `{"inventory_item_id": "iitem", "location_id": "sloc", "quantity": 9}`, `{"type": "not_allowed", "code": "insufficient_inventory"}`},
			{400, "POST /admin/reservations", `{"inventory_item_id": "iitem", "location_id": "sloc", "quantity": 0}`, `{"type": "invalid_data"}`},
			{404, "POST /admin/reservations", `{"inventory_item_id": "none", "location_id": "sloc", "quantity": 1}`, `{"type": "not_found"}`},
			{404, "POST /admin/reservations", `{"inventory_item_id": "iitem", "location_id": "nowhere", "quantity": 1}`, `{"type": "not_found"}`},
			{400, "POST /admin/reservations/resitem", `{"quantity": 11}`, `{"type": "not_allowed", "code": "insufficient_inventory"}`},
			{404, "POST /admin/reservations/resitem", `{"location_id": "nowhere"}`, `{"type": "not_found"}`},
		} {
			has(t, wrong.line+" "+wrong.body, s.want(t, wrong.status, "admin", wrong.line, wrong.body), wrong.answer)
		}
		has(t, "levels", s.want(t, 200, "admin", "GET /admin/inventory-items/iitem", "")["inventory_item"], `{"stocked_quantity": 17, "reserved_quantity": 2}`)
	})
}

// Reservations change what is available, and follow when they are changed or deleted.
func TestAPIReservations(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/reservations", `{"inventory_item_id": "iitem", "location_id": "sloc", "quantity": 8, "description": "for the fair", "line_item_id": "line_1"}`)["reservation"]
		has(t, "created", made, `{"quantity": 8, "line_item_id": "line_1", "inventory_item": {"sku": "MUG-BLUE", "reserved_quantity": 10, "location_levels": [
			{"location_id": "sloc", "available_quantity": 0}, {"location_id": "sloc_far", "available_quantity": 7}]}}`)
		one := "/admin/reservations/" + at(made, "id").(string)
		has(t, "moved", s.want(t, 200, "admin", "POST "+one, `{"location_id": "sloc_far", "quantity": 7}`)["reservation"], `{"location_id": "sloc_far", "inventory_item": {"reserved_quantity": 9}}`)
		for path, n := range map[string]float64{
			"?location_id=sloc_far": 1, "?inventory_item_id[]=iitem": 2, "?line_item_id=line_1": 1, "?quantity[$lt]=3": 1, "?description[$like]=%25fair%25": 1, "?q=fair": 1,
			"?created_by=" + s.userID: 1,
		} {
			if got := s.want(t, 200, "admin", "GET /admin/reservations"+path, "")["count"]; got != n {
				t.Errorf("%s: %v reservations, want %v", path, got, n)
			}
		}
		has(t, "deletion", s.want(t, 200, "admin", "DELETE "+one, ""), `{"object": "reservation", "deleted": true}`)
		has(t, "levels", s.want(t, 200, "admin", "GET /admin/inventory-items/iitem", "")["inventory_item"], `{"reserved_quantity": 2}`)
	})
}

// A variant consists of inventory items, which say how many of it can be sold.
func TestAPIVariantInventory(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		const one = "/admin/products/prod/variants/variant"
		stock := func(want string) {
			t.Helper()
			has(t, "admin", s.want(t, 200, "admin", "GET "+one+"?fields=inventory_quantity", "")["variant"], `{"inventory_quantity": `+want+`}`)
		}
		stock("0")
		has(t, "linked", s.want(t, 200, "admin", "POST "+one+"/inventory-items?fields=id,*inventory_items,inventory.sku", `{"inventory_item_id": "iitem", "required_quantity": 2}`)["variant"],
			`{"inventory_items": [{"inventory_item_id": "iitem", "required_quantity": 2}], "inventory": [{"sku": "MUG-BLUE"}]}`)
		stock("7") // 15 are available
		s.want(t, 200, "admin", "POST "+one+"/inventory-items/iitem", `{"required_quantity": 4}`)
		stock("3")
		s.want(t, 200, "admin", "POST /admin/stock-locations/sloc/sales-channels", `{"add": ["sc"]}`)
		s.want(t, 200, "admin", "POST /admin/stock-locations/sloc_far/sales-channels", `{"add": ["sc_other"]}`)
		for _, path := range []string{"/store/products/prod?fields=id,variants.inventory_quantity", "/store/products?fields=%2Bvariants.inventory_quantity", "/store/product-variants/variant?fields=inventory_quantity"} {
			found := s.want(t, 200, "store", "GET "+path, "")
			v := found["variant"]
			if v == nil {
				if v = at(found, "product", "variants", 0); v == nil {
					v = at(found, "products", 0, "variants", 0)
				}
			}
			has(t, path, v, `{"inventory_quantity": 2}`) // 8 at the only location of the channel
		}
		if v := at(s.want(t, 200, "store", "GET /store/products/prod?fields=*variants", ""), "product", "variants", 0).(map[string]any); v["inventory_quantity"] != nil {
			t.Error("inventory_quantity is returned without being requested")
		}
		s.want(t, 400, "store", "GET /store/products?fields=id,variants.inventory_quantity&sales_channel_id=sc_other", "")

		const batch = "POST /admin/products/prod/variants/inventory-items/batch"
		has(t, "batch", s.want(t, 200, "admin", batch, `{"update": [{"variant_id": "variant", "inventory_item_id": "iitem", "required_quantity": 5}]}`),
			`{"created": [], "updated": [{"product": {"variant_id": "variant"}, "inventory": {"inventory_item_id": "iitem"}}], "deleted": []}`)
		stock("3")
		for body, status := range map[string]int{
			`{"create": [{"variant_id": "variant", "inventory_item_id": "none", "required_quantity": 5}]}`:        404,
			`{"create": [{"variant_id": "variant_draft", "inventory_item_id": "iitem", "required_quantity": 5}]}`: 404,
			`{"update": [{"variant_id": "variant", "inventory_item_id": "iitem", "required_quantity": 0}]}`:       400,
			`{"delete": [{"variant_id": "variant", "inventory_item_id": "none"}]}`:                                404,
		} {
			s.want(t, status, "admin", batch, body)
		}
		has(t, "unlinked", s.want(t, 200, "admin", "DELETE "+one+"/inventory-items/iitem", ""), `{"id": "iitem", "object": "variant-inventory-item-link", "deleted": true, "parent": {"id": "variant"}}`)
		s.want(t, 404, "admin", "DELETE "+one+"/inventory-items/iitem", "")
		stock("0")
	})
}

// A new variant gets an inventory item, unless its stock is not managed or it names
// items; the item is deleted with it.
func TestAPINewVariantsHaveStock(t *testing.T) {
	t.Parallel()
	eachServed(t, func(t *testing.T, s *served) {
		made := s.want(t, 200, "admin", "POST /admin/products?fields=id,variants.title,*variants.inventory_items,variants.inventory.sku,variants.inventory.weight", `{"title": "Plate", "options": [{"title": "Size", "values": ["S", "M", "L"]}], "variants": [
			{"title": "S", "sku": "PLATE-S", "weight": 250.4, "options": {"Size": "S"}, "prices": []},
			{"title": "M", "sku": "PLATE-M", "manage_inventory": false, "options": {"Size": "M"}, "prices": []},
			{"title": "L", "sku": "PLATE-L", "options": {"Size": "L"}, "prices": [], "inventory_items": [{"inventory_item_id": "iitem", "required_quantity": 3}]}]}`)["product"]
		has(t, "product", made, `{"variants": [{"title": "S", "inventory_items": [{"required_quantity": 1}], "inventory": [{"sku": "PLATE-S", "weight": 250}]},
			{"title": "M", "inventory_items": []}, {"title": "L", "inventory_items": [{"inventory_item_id": "iitem", "required_quantity": 3}]}]}`)
		one := "DELETE /admin/products/" + at(made, "id").(string)
		has(t, "reserved", s.want(t, 400, "admin", one, ""), `{"type": "not_allowed"}`)
		s.want(t, 200, "admin", "DELETE /admin/reservations/resitem", "")
		s.want(t, 200, "admin", one, "")
		for sku, n := range map[string]float64{"PLATE-S": 0, "MUG-BLUE": 0} {
			if got := s.want(t, 200, "admin", "GET /admin/inventory-items?sku="+sku, "")["count"]; got != n {
				t.Errorf("%v items with sku %s, want %v", got, sku, n)
			}
		}
	})
}
