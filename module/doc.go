// Package module defines what a module is, and provides the service that every
// module has over the records of its models.
//
// A [Module] has a name, data models, rules for their records, and a service:
//
//	type Brand struct {
//		model.Base
//		Name string `json:"name"`
//	}
//
//	var Brands = model.Define[Brand]("brand").Unique("name")
//
//	var Module = &module.Module{
//		Name:    "brand",
//		Models:  []*model.Model{Brands},
//		Rules:   rules,
//		Service: module.Provide(New),
//	}
//
// A [Store] is what services read from and write to: a database, the graph of
// the models of all modules, and the modules themselves. [NewStore] puts the
// rules of the modules into force and creates their services. [ServiceOf]
// returns a service by its type.
//
//	graph, err := model.NewGraph(module.Models(Module)...)
//	store := module.NewStore(database, graph, Module)
//	brands := module.ServiceOf[*Service](store)
//
// # Records
//
// A module's service is an ordinary Go type. It is usually made of [Records],
// the generic service over one model; its type parameter is the model's struct.
//
//	type Service struct{ Brands module.Records[Brand] }
//
//	func New(s *module.Store) *Service {
//		return &Service{Brands: module.For[Brand](s, Brands)}
//	}
//
//	acme := &Brand{Name: "Acme"}
//	err := service.Brands.Create(ctx, acme)           // fills in id, timestamps, defaults
//	acme, err = service.Brands.Retrieve(ctx, acme.ID)
//	all, err := service.Brands.List(ctx, module.Where{"name": "Acme"}, module.Page{Limit: 20})
//	n, err := service.Brands.Update(ctx, []string{acme.ID}, module.Patch{"name": "Apex"})
//	err = service.Brands.SoftDelete(ctx, acme.ID)     // and the records that the model cascades to
//	err = service.Brands.Restore(ctx, acme.ID)
//
// Make returns a record with the fields of a [Patch] set, for code that creates
// or updates a record from the same values.
//
// # Batches
//
// Every method that writes takes many records and costs one statement per
// table, however many there are. Create follows the relations of the structs to
// any depth: a product with its options, variants and tags is one call. Records
// are written before the records that refer to them. A nested record that is
// already stored (it was read or created before, or has no field set but its
// id) is referred to, not written again.
//
// Each call is one transaction: its own, or the one that ctx carries (see
// package db). If Create fails, the records it was given are unchanged.
//
// # Rules
//
// Rules are what a module requires of its records beyond what their fields say.
// [On] ties them to a model. They apply to every record written through a store
// that was created with the module, by whatever service: on its own, nested in
// another record, saved, or updated.
//
//	func rules(s *module.Store) []module.Rule {
//		return []module.Rule{
//			module.On(Brands, module.Rules[Brand]{
//				Each: func(b *Brand) error { return module.Require(Brands, "name", b.Name) },
//			}),
//		}
//	}
//
// # Changes
//
// A [Watcher] is called with every change of the store's records, in the
// transaction that makes the change. Links use one to follow the records they
// connect (see package link), and logins to follow the users they belong to
// (see package auth).
//
//	store.Watch(module.Watcher{
//		Ops: []module.Op{module.Deleted},
//		See: func(ctx context.Context, s *module.Store, c module.Change) error {
//			log.Print(c.Model.Name, c.IDs)
//			return nil
//		},
//	})
//
// Records reports its changes by itself. Code that writes records with plain
// SQL must keep to the same rule: it uses [Store.UpdateSet] for an UPDATE of
// many rows, or calls [Store.Changed] in the transaction of the change.
//
// # What follows from records
//
// A module may store what follows from its records, such as totals, in columns with
// the tag follows. A [Derivation] computes them before the commit of whatever changes
// their causes, and finds and repairs those that are stored wrong.
//
// # Errors
//
// Values are checked before the first statement is sent: the names of fields,
// the kinds of values, nulls, enums, and text that is not UTF-8. Violations
// that only the database can detect, such as a unique value that is taken or a
// reference to a record that does not exist, are returned in the same form: a
// *fault.Error that names the field and says what would be right.
package module
