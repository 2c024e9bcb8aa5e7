package e2e_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/gorgontest"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/medusa"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/product"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/modules/tax"
	"github.com/gorgon-commerce/gorgon/server"
	"github.com/gorgon-commerce/gorgon/shop"
)

// note is the record of a module of the shop's own, which can be linked to
// every record that can be deleted.
type note struct {
	model.Base
	Text string `json:"text"`
}

// annotated assembles a shop whose notes are linked to every built-in model
// with a deleted_at.
func annotated(c gorgon.Config) *gorgon.App {
	notes := model.Define[note]("note")
	app := gorgon.New(c)
	app.Module("note", notes)
	for _, m := range module.Models(shop.Modules...) {
		if m.SoftDeletes() && m.PrimaryKey() != "" && m.Go != nil {
			app.Link(link.Between(link.Many(notes), link.Many(m)).Table("note_" + m.Name).Entities("note_of_" + m.Name))
		}
	}
	return app
}

// liveLinksOfDeleted returns the live rows of every stored link of a shop that
// refer to a deleted record: "link: record".
func liveLinksOfDeleted(t *testing.T, s *shop.Shop) []string {
	t.Helper()
	q := s.DB().Dialect().Quote
	var out []string
	for _, d := range storedLinks(s) {
		for _, end := range []link.End{d.Left, d.Right} {
			if !end.Model.SoftDeletes() {
				continue
			}
			of, err := db.Collect[string](t.Context(), s.DB(), fmt.Sprintf("SELECT e.%s FROM %s r JOIN %s e ON e.%[1]s = r.%[4]s WHERE r.deleted_at IS NULL AND e.deleted_at IS NOT NULL",
				q(end.Model.PrimaryKey()), q(d.TableName()), q(end.Model.Table), q(end.Column)))
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range of {
				out = append(out, d.TableName()+": "+end.Model.Name+" "+id)
			}
		}
	}
	return out
}

func storedLinks(s *shop.Shop) []*link.Definition {
	return slices.DeleteFunc(slices.Clone(s.Blueprint.Links), func(d *link.Definition) bool { return d.Rows() == nil })
}

// liveLinksOf counts the live rows of stored links that refer to a record.
func liveLinksOf(t *testing.T, s *shop.Shop, m *model.Model, id string) (n int64) {
	t.Helper()
	q := s.DB().Dialect()
	for _, d := range storedLinks(s) {
		for _, end := range []link.End{d.Left, d.Right} {
			if end.Model == m {
				n += one[int64](t, s.DB(), fmt.Sprintf("SELECT count(*) FROM %s WHERE deleted_at IS NULL AND %s = '%s'", q.Quote(d.TableName()), q.Quote(end.Column), id))
			}
		}
	}
	return n
}

// maker makes records of any model, by SQL: each with what it must have and
// nothing else.
type maker struct {
	*shop.Shop
	made int
}

// record makes a record with these columns set, and the records that it must
// belong to. It returns the key.
func (k *maker) record(t *testing.T, m *model.Model, set map[string]any) string {
	t.Helper()
	k.made++
	unique := fmt.Sprintf("x%d", k.made)
	var columns, values []string
	var args []any
	for _, f := range m.Fields {
		v, given := set[f.Name]
		if !given {
			if v = k.value(t, m, f, unique); v == nil {
				continue
			}
		}
		args = append(args, v)
		columns, values = append(columns, k.DB().Dialect().Quote(f.Name)), append(values, k.DB().Dialect().Placeholder(len(args)))
	}
	sql := "INSERT INTO " + k.DB().Dialect().Quote(m.Table) + " (" + strings.Join(columns, ", ") + ") VALUES (" + strings.Join(values, ", ") + ")"
	if _, err := k.DB().Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if id, ok := set[m.PrimaryKey()].(string); ok {
		return id
	}
	return unique
}

// value is what a column must have; nil is nothing.
func (k *maker) value(t *testing.T, m *model.Model, f *model.Field, unique string) any {
	t.Helper()
	switch {
	case f.Null || f.Default != "" && !slices.Contains(m.Key, f.Name):
		return nil
	case f.References != nil && f.References.Model != m:
		return k.record(t, f.References.Model, nil)
	case f.Enum != nil:
		return f.Enum[0]
	}
	switch f.Kind {
	case model.Text:
		return unique
	case model.Bool:
		return false
	case model.Time:
		return k.Store.Now()
	case model.JSON:
		return model.RawJSON("{}")
	case model.TextList:
		return []string{}
	case model.Decimal:
		return "1"
	}
	return k.made
}

// linked makes a record and links it to as many records as it can be linked
// to; so it does with the records that are deleted along with it.
func (k *maker) linked(t *testing.T, m *model.Model, set map[string]any) string {
	t.Helper()
	var along []func(id string)
	for _, name := range m.Cascade {
		e := k.Store.Graph.Edge(m, name)
		if e == nil || len(e.Hops) != 1 || e.To.Go == nil || e.To.PrimaryKey() == "" {
			continue // a pivot table, whose rows have no links
		}
		child := map[string]any{}
		for _, on := range e.Hops[0].On {
			switch {
			case on.Of == "" && !on.Null:
				child[on.Column] = on.Value
			case on.Of != m.PrimaryKey() && on.Column == e.To.PrimaryKey(): // the record has the key
				set = maps.Clone(set)
				if set == nil {
					set = map[string]any{}
				}
				child[on.Column] = "of_" + on.Of + fmt.Sprint(k.made)
				set[on.Of] = child[on.Column]
				k.link(t, e.To, k.record(t, e.To, child))
				child = nil
			case on.Of == m.PrimaryKey():
				along = append(along, func(id string) {
					child[on.Column] = id
					if e.To == tax.Regions { // below another, it is a province
						child["province_code"] = id
					}
					k.link(t, e.To, k.record(t, e.To, child))
				})
			}
		}
	}
	id := k.record(t, m, set)
	k.link(t, m, id)
	for _, also := range along {
		also(id)
	}
	return id
}

func (k *maker) link(t *testing.T, m *model.Model, id string) {
	t.Helper()
	for _, d := range storedLinks(k.Shop) {
		for i, end := range []link.End{d.Left, d.Right} {
			if end.Model != m {
				continue
			}
			other := []link.End{d.Right, d.Left}[i].Model
			manager, err := k.Links.For(d.TableName())
			if err == nil {
				_, err = manager.Create(t.Context(), link.Pair{m: id, other: k.record(t, other, nil)})
			}
			if err != nil {
				t.Fatalf("%s: %v", d, err)
			}
		}
	}
	if liveLinksOf(t, k.Shop, m, id) == 0 {
		t.Fatalf("%s has no links", m)
	}
}

// goes deletes a record with links, and sees that no link stays of it or of
// what goes along.
func (k *maker) goes(t *testing.T, how string, m *model.Model, id string, del func(ctx context.Context) error) {
	t.Helper()
	before := liveLinksOf(t, k.Shop, m, id)
	if err := del(t.Context()); err != nil {
		t.Errorf("%s: %v", how, err)
		return
	}
	q := k.DB().Dialect()
	if one[int64](t, k.DB(), fmt.Sprintf("SELECT count(*) FROM %s WHERE %s = '%s' AND deleted_at IS NULL", q.Quote(m.Table), q.Quote(m.PrimaryKey()), id)) > 0 {
		t.Errorf("%s: the %s is not deleted", how, m)
	}
	if n := liveLinksOf(t, k.Shop, m, id); n > 0 {
		t.Errorf("%s: %d of %d links of the %s are live", how, n, before, m)
	}
	if left := liveLinksOfDeleted(t, k.Shop); len(left) > 0 {
		t.Fatalf("%s leaves %q", how, left)
	}
}

// deletes are the routes that delete records, with the entity of each: that of the
// route that reads them.
func deletes(routes []api.Route) map[string]string {
	reads := map[string]string{ // of records that are read with others only
		"/admin/tax-rates/{id}/rules/{rule_id}": "tax_rate_rule", "/admin/fulfillment-sets/{id}": "fulfillment_set",
	}
	for _, r := range routes {
		if r.Method == http.MethodGet && r.Answer.Entity != "" {
			reads[r.Path] = r.Answer.Entity
		}
	}
	out := map[string]string{}
	for _, r := range routes {
		switch base, batch := strings.CutSuffix(r.Path, "/batch"); {
		case r.Method == http.MethodDelete && r.Answer.Delete:
			out[r.Method+" "+r.Path] = reads[r.Path]
		case batch && r.Body.Property("delete") != nil && reads[base] != "":
			out[r.Method+" "+r.Path] = reads[base]
		}
	}
	return out
}

// deletesLess are routes that delete no record of their own by its id: they are in
// TestAPIVariantInventory, TestAPIInventoryItems, TestAPIUploadedPictureOfAProduct and
// TestAPIOrderDrafts.
var deletesLess = map[string]bool{
	"DELETE /admin/products/{id}/variants/{variant_id}/inventory-items/{inventory_item_id}": true, // a link
	"DELETE /admin/inventory-items/{id}/location-levels/{location_id}":                      true, // found by its location
	"DELETE /admin/uploads/{id}":           true, // a file, which is no record
	"DELETE /admin/returns/{id}/request":   true, // drafts, which nothing is linked to
	"DELETE /admin/claims/{id}/request":    true,
	"DELETE /admin/exchanges/{id}/request": true,
	"DELETE /admin/order-edits/{id}":       true,
}

// childless moves what is below a category away: with children, the API does not
// delete it.
func childless(t *testing.T, app *gorgon.App, id string) {
	t.Helper()
	below, err := app.Product.Categories.List(t.Context(), module.Where{"parent_category_id": id}, module.Page{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range below {
		if _, err := app.Product.Categories.Update(t.Context(), []string{c.ID}, module.Patch{"parent_category_id": nil}); err != nil {
			t.Fatal(err)
		}
	}
}

// Whoever deletes a record by the API dismisses its links: each route that
// deletes, whatever its records.
func TestDeletingByRouteDismissesLinks(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, annotated, func(t *testing.T, app *gorgon.App) {
		k := &maker{Shop: app.Shop}
		buyer := k.record(t, customer.Customers, nil)
		s := &served{app: app, handler: app.Handler(), user: gorgontest.Token(t, app), ada: loggedIn(t, app, "customer", buyer, "buyer@example.com")}
		var err error
		if s.key, err = app.Auth.CreateKey(t.Context(), "Web", apikey.Publishable, ""); err != nil {
			t.Fatal(err)
		}
		all := deletes(server.AllRoutes(app.Shop, server.Config{}, nil))
		for line, entity := range all {
			if deletesLess[line] {
				continue
			}
			m, err := app.Query.Models().Model(entity)
			if err != nil {
				t.Errorf("%s: what it deletes is not known: %v", line, err)
				continue
			}
			who, set := "admin", map[string]any{}
			switch {
			case strings.Contains(line, " /store/customers/me/"):
				who, set["customer_id"] = "ada", buyer
			case m == apikey.APIKeys:
				set["revoked_at"] = app.Store.Now()
			}
			method, path, _ := strings.Cut(line, " ")
			path, tie := k.below(t, path, m, set)
			id := k.linked(t, m, set)
			tie(id)
			if m == product.Categories {
				childless(t, app, id)
			}
			k.goes(t, line, m, id, func(context.Context) error {
				if got := s.call(who, method+" "+pathParameter.ReplaceAllString(path, id), fmt.Sprintf(`{"delete": [%q]}`, id)); got.status != http.StatusOK {
					return fmt.Errorf("status %d: %.300s", got.status, got.body)
				}
				return nil
			})
		}
		if len(all) < 20 {
			t.Errorf("only %d routes delete", len(all))
		}
	})
}

// below fills in the owner in the path of a record that has one, and in the
// columns of the record. What ties the two otherwise is left to tie.
func (k *maker) below(t *testing.T, path string, m *model.Model, set map[string]any) (filled string, tie func(id string)) {
	t.Helper()
	tie = func(string) {}
	parent, rest, nested := strings.Cut(path, "}/")
	if !nested {
		return path, tie
	}
	var owner string
	of := parent[strings.LastIndex(parent[:strings.LastIndex(parent, "/")], "/")+1 : strings.LastIndex(parent, "/")] // the owners, such as price-lists
	i := slices.IndexFunc(m.Fields, func(f *model.Field) bool {
		return f.References != nil && model.Plural(f.References.Model.Name) == strings.ReplaceAll(of, "-", "_")
	})
	if i < 0 {
		i = slices.IndexFunc(m.Fields, func(f *model.Field) bool { return f.References != nil })
	}
	switch {
	case i >= 0:
		owner = k.record(t, m.Fields[i].References.Model, nil)
		set[m.Fields[i].Name] = owner
	case m == promotion.Rules:
		owner = k.record(t, promotion.Promotions, nil)
		method := k.record(t, promotion.ApplicationMethods, map[string]any{"promotion_id": owner})
		relation := strings.ReplaceAll(strings.TrimSuffix(rest, "/batch"), "-", "_")
		tie = func(id string) {
			relate, of := k.Promotion.ApplicationMethods.Relate, method
			if relation == "rules" {
				relate, of = k.Promotion.Promotions.Relate, owner
			}
			if err := relate(t.Context(), of, relation, id); err != nil {
				t.Fatal(err)
			}
		}
	default:
		t.Fatalf("%s: %s belongs to nothing", path, m)
	}
	return pathParameter.ReplaceAllString(parent+"}", owner) + "/" + rest, tie
}

// So it is by the service of any module, the shop's own among them.
func TestDeletingByServiceDismissesLinks(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, annotated, func(t *testing.T, app *gorgon.App) {
		k := &maker{Shop: app.Shop}
		services := 0
		for _, field := range reflect.VisibleFields(reflect.TypeFor[shop.Shop]()) {
			service := reflect.Indirect(reflect.ValueOf(app.Shop).Elem().FieldByIndex(field.Index))
			if service.Kind() != reflect.Struct {
				continue
			}
			for i := range service.NumField() {
				if !service.Type().Field(i).IsExported() {
					continue
				}
				records, ok := service.Field(i).Interface().(interface {
					Model() *model.Model
					SoftDelete(ctx context.Context, ids ...string) error
				})
				if !ok || !records.Model().SoftDeletes() {
					continue
				}
				services++
				m := records.Model()
				id := k.linked(t, m, nil)
				k.goes(t, field.Name+"."+service.Type().Field(i).Name, m, id, func(ctx context.Context) error { return records.SoftDelete(ctx, id) })
			}
		}
		if services < 50 {
			t.Errorf("only %d services were looked at", services)
		}
		notes := app.Store.Graph.Named("note")
		id := k.linked(t, notes, nil)
		k.goes(t, "a service of the shop's own", notes, id, func(ctx context.Context) error { return module.For[note](app.Store, notes).SoftDelete(ctx, id) })
	})
}

// A shop that an import brings has no live links of deleted records; nor has
// one whose records are deleted by a second import.
func TestImportingADeletedRecordDismissesLinks(t *testing.T) {
	t.Parallel()
	gorgontest.Each(t, gorgon.New, func(t *testing.T, app *gorgon.App) {
		source := openRaw(t, medusatest.Shop(t))
		t.Cleanup(func() { _ = source.Close() })
		imports := func() {
			t.Helper()
			if _, err := medusa.Import(t.Context(), source, app.Store, medusa.Options{}); err != nil {
				t.Fatal(err)
			}
			if left := liveLinksOfDeleted(t, app.Shop); len(left) > 0 {
				t.Errorf("the import leaves %q", left)
			}
		}
		imports()
		id := one[string](t, app.DB(), "SELECT min(product_id) FROM product_sales_channel WHERE deleted_at IS NULL")
		if _, err := source.Exec(t.Context(), "UPDATE product SET deleted_at = now(), updated_at = now() WHERE id = $1", id); err != nil {
			t.Fatal(err)
		}
		imports()
		if n := liveLinksOf(t, app.Shop, product.Products, id); n > 0 {
			t.Errorf("%d links of the deleted product are live", n)
		}
	})
}
