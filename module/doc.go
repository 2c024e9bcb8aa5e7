// Package module says what a module is, and gives every module the same
// service over its models.
//
// A Module is a name and its models:
//
//	var Module = module.New("brand", Brands)
//
// A Store is where services work: the database, and the graph that the models
// of all modules have joined. Records is the generic service over one model;
// its type parameter is the model's struct.
//
//	brands := module.For[Brand](store, Brands)
//	acme := &Brand{Name: "Acme"}
//	err := brands.Create(ctx, acme)                 // fills id, timestamps, defaults
//	acme, err = brands.Retrieve(ctx, acme.ID)
//	all, err := brands.List(ctx, module.Where{"name": "Acme"}, module.Page{Limit: 20})
//	n, err := brands.Update(ctx, []string{acme.ID}, module.Patch{"name": "Apex"})
//	err = brands.SoftDelete(ctx, acme.ID)           // and what the model cascades to
//	err = brands.Restore(ctx, acme.ID)
//
// # Batches
//
// Every method takes many records at once and costs one statement a table,
// however many there are. Create follows the relations of the structs, at any
// depth: a product with its options, variants and tags is one call. Parents
// are written before the records that refer to them. A nested record that is
// stored already (it was read or created before, or holds nothing but its id)
// is referred to, not written again.
//
// Everything a call writes is one transaction: its own, or the one that ctx
// carries (see package db). When Create fails, the records it was given are
// as they were before.
//
// # Rules
//
// What a module asks of its records beyond their fields it says once, when its
// service is made. The rules then hold wherever a record is written: on its
// own, nested, saved or updated.
//
//	func New(s *module.Store) *Service {
//		return &Service{Brands: module.For[Brand](s, Brands).With(module.Rules[Brand]{
//			Each: func(b *Brand) error { return module.Require(Brands, "name", b.Name) },
//		})}
//	}
//
// # Mistakes
//
// Values are checked before the first statement: names of columns, kinds,
// nulls, enums, text that is no UTF-8. What only the database can tell (a
// unique value that is taken, a record that does not exist) is translated into
// the same kind of error: a *fault.Error that says which field of which model
// was wrong, and what would be right.
package module
