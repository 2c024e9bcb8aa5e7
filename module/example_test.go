package module_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/schema"
)

// Brand is the name that products are sold under.
type Brand struct {
	model.Base
	Name      string      `json:"name"`
	Website   *string     `json:"website"`
	Designers []*Designer `json:"designers,omitzero" model:"many=brand_id"`
}

// Designer is a person who works for a brand.
type Designer struct {
	model.Record
	Name    string `json:"name"`
	BrandID string `json:"brand_id"`
}

// The models: tables brand and designer. Designers are deleted with their brand.
var (
	Brands    = model.Define[Brand]("brand").Unique("name").Cascades("designers")
	Designers = model.Define[Designer]("designer").WithPrefix("des")
)

// Brandware is the module.
var Brandware = &module.Module{
	Name:    "brand",
	Models:  []*model.Model{Brands, Designers},
	Rules:   brandRules,
	Service: module.Provide(NewService),
}

// A brand has a name, and a website with HTTPS if it has one at all.
func brandRules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(Brands, module.Rules[Brand]{Each: func(b *Brand) error {
			b.Name = strings.TrimSpace(b.Name)
			if b.Website != nil && !strings.HasPrefix(*b.Website, "https://") {
				b.Website = new("https://" + *b.Website)
			}
			return module.Require(Brands, "name", b.Name)
		}}),
	}
}

// Service is the module's service.
type Service struct {
	Brands    module.Records[Brand]
	Designers module.Records[Designer]
}

// NewService returns the service on a store.
func NewService(s *module.Store) *Service {
	return &Service{module.For[Brand](s, Brands), module.For[Designer](s, Designers)}
}

// openBrands returns a store on a temporary SQLite database that has the tables
// of the module. Ids are numbered, and the clock stands still.
func openBrands() (s *module.Store, done func()) {
	dir := noError(os.MkdirTemp("", "example"))
	database := noError(sqlite.Open(filepath.Join(dir, "brands.db")))
	graph := noError(model.NewGraph(module.Models(Brandware)...))
	noError(schema.New(graph.Models()).Migrate(context.Background(), database, schema.Options{}))
	n := 0
	s = module.NewStore(database, graph, Brandware).From(module.Source{
		NewID: func(prefix string) string { n++; return fmt.Sprintf("%s_%d", prefix, n) },
		Now:   func() time.Time { return time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC) },
	})
	return s, func() {
		_ = database.Close()
		_ = os.RemoveAll(dir)
	}
}

func noError[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A module with rules and a service, on a store.
func Example() {
	store, done := openBrands()
	defer done()
	ctx, brands := context.Background(), module.ServiceOf[*Service](store).Brands

	acme := &Brand{Name: " Acme ", Website: new("acme.example")}
	fmt.Println(brands.Create(ctx, acme))
	fmt.Printf("%s: %q, %s\n", acme.ID, acme.Name, *acme.Website)

	fmt.Println(brands.Create(ctx, &Brand{Name: " "}))
	fmt.Println(brands.Create(ctx, &Brand{Name: "Acme"}))
	_, err := brands.Update(ctx, []string{acme.ID}, module.Patch{"name": ""})
	fmt.Println(err)
	_, err = brands.Retrieve(ctx, "brand_9")
	fmt.Println(err)
	// Output:
	// <nil>
	// brand_1: "Acme", https://acme.example
	// brand.name is missing; it needs text
	// a brand with name "Acme" exists already
	// brand.name is missing; it needs text
	// there is no brand with id "brand_9"
}

// A watcher sees every change of a record, whatever makes it. Plain SQL goes
// through UpdateSet.
func ExampleStore_Watch() {
	store, done := openBrands()
	defer done()
	store.Watch(module.Watcher{See: func(_ context.Context, _ *module.Store, c module.Change) error {
		op := [...]string{"created", "updated", "deleted", "restored", "removed"}[c.Op]
		fmt.Println(op, c.Model, c.IDs, c.Columns)
		return nil
	}})
	ctx, service := context.Background(), NewService(store)

	acme := &Brand{Name: "Acme", Designers: []*Designer{{Name: "Ada"}, {Name: "Ben"}}}
	noError(0, service.Brands.Create(ctx, acme))
	noError(service.Designers.Update(ctx, []string{acme.Designers[0].ID}, module.Patch{"name": "Ida"}))
	noError(store.UpdateSet(ctx, Brands, []string{"website"}, "UPDATE brand SET website = 'https://' || lower(name) || '.example' WHERE website IS NULL"))
	noError(0, service.Brands.SoftDelete(ctx, acme.ID))
	noError(0, service.Designers.Delete(ctx, acme.Designers[1].ID))
	// Output:
	// created brand [brand_1] []
	// created designer [des_2 des_3] []
	// updated designer [des_2] [name]
	// updated brand [brand_1] [website]
	// deleted brand [brand_1] []
	// deleted designer [des_2 des_3] []
	// removed designer [des_3] []
}

// Nested records are created in the same call; those that are already stored
// are referred to.
func ExampleRecords_Create() {
	store, done := openBrands()
	defer done()
	ctx, service := context.Background(), module.ServiceOf[*Service](store)

	acme := &Brand{Name: "Acme", Designers: []*Designer{{Name: "Ada"}, {Name: "Ben"}}}
	noError(0, service.Brands.Create(ctx, acme, &Brand{Name: "Apex"}))

	for _, d := range noError(service.Designers.List(ctx, module.Where{"brand_id": acme.ID}, module.Page{Order: []string{"-name"}})) {
		fmt.Println(d.ID, d.Name, d.BrandID)
	}
	fmt.Println(noError(service.Brands.Count(ctx, nil)), "brands")
	// Output:
	// des_3 Ben brand_1
	// des_2 Ada brand_1
	// 2 brands
}

// A patch can become a new record, for code that creates or updates from the
// same values.
func ExampleRecords_Make() {
	store, done := openBrands()
	defer done()
	ctx, brands := context.Background(), module.ServiceOf[*Service](store).Brands

	put := func(name string, p module.Patch) {
		found := noError(brands.List(ctx, module.Where{"name": name}, module.Page{}))
		if len(found) == 1 {
			noError(brands.Update(ctx, []string{found[0].ID}, p))
			return
		}
		b := noError(brands.Make(p))
		b.Name = name
		noError(0, brands.Create(ctx, b))
	}
	put("Acme", module.Patch{"website": "https://acme.example"})
	put("Acme", module.Patch{"website": "https://acme.test"})
	for _, b := range noError(brands.List(ctx, nil, module.Page{})) {
		fmt.Println(b.ID, b.Name, *b.Website)
	}
	_, err := brands.Make(module.Patch{"websites": "none"})
	fmt.Println(err)
	// Output:
	// brand_1 Acme https://acme.test
	// brand has no field "websites"; did you mean website?
}

// A soft-deleted record takes along what its model cascades to. Restore brings
// back what was deleted together.
func ExampleRecords_SoftDelete() {
	store, done := openBrands()
	defer done()
	clock := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	store = store.From(module.Source{Now: func() time.Time { clock = clock.Add(time.Minute); return clock }})
	ctx, service := context.Background(), module.ServiceOf[*Service](store)
	live := func() {
		fmt.Println(noError(service.Brands.Count(ctx, nil)), "brand,", noError(service.Designers.Count(ctx, nil)), "designers")
	}

	acme := &Brand{Name: "Acme", Designers: []*Designer{{Name: "Ada"}, {Name: "Ben"}, {Name: "Cid"}}}
	noError(0, service.Brands.Create(ctx, acme))
	noError(0, service.Designers.SoftDelete(ctx, acme.Designers[0].ID)) // on her own
	live()
	noError(0, service.Brands.SoftDelete(ctx, acme.ID))
	live()
	noError(0, service.Brands.Restore(ctx, acme.ID))
	live()
	// Output:
	// 1 brand, 2 designers
	// 0 brand, 0 designers
	// 1 brand, 2 designers
}
