// Package query finds records across modules: one request becomes one SQL
// statement, on one snapshot of the data.
//
// # Requests
//
// An [Engine] executes a [Request] over a model graph and its database. The
// request names an entity and the fields to return, as dotted paths. Relations
// inside a module and links between modules are followed alike.
//
//	engine := query.New(graph, database, query.Limits{})
//	res, err := engine.Graph(ctx, query.Request{
//		Entity: "order",
//		Fields: []string{"id", "customer.email", "items.*", "payment_collections.status"},
//	})
//	if err != nil {
//		return err
//	}
//	os.Stdout.Write(res.Data)
//
// Data is a JSON array that the database built. The shape of a record follows
// from the request alone, not from the data: a to-one relation is a record or
// null, and a to-many relation is an array, possibly empty. A name that does not
// exist is an error that suggests similar ones.
//
// # Filters
//
// [Filters] is a condition on the records. Its keys are columns, relations and
// operators, nested as maps or as dotted paths.
//
//	query.Filters{
//		"status":         []string{"pending", "completed"},
//		"customer.email": "ada@shop.example",
//		"items":          query.Filters{"$none": query.Filters{"quantity": query.Filters{"$gt": 10}}},
//	}
//
// The conditions under a list hold if some record of the list fulfills all of
// them; $every and $none are about all records. A condition is true, false or
// null, as in SQL: a comparison with null is null, and so is its $not. The
// records returned are those for which the condition is true.
//
// # Order and pages
//
// Order lists sort keys, which may follow to-one relations or end in an
// aggregate over a list. The primary key decides between equal records, at every
// level, so that pages do not overlap. [Metadata.Next] continues after the last
// record of a page, even if records have been added since.
//
//	r := query.Request{Entity: "order", Fields: []string{"id"}, Order: []string{"-items.$count"}, Limit: 20}
//	for {
//		res, err := engine.Graph(ctx, r)
//		if err != nil {
//			return err
//		}
//		os.Stdout.Write(res.Data)
//		if r.After = res.Metadata.Next; r.After == "" {
//			return nil
//		}
//	}
//
// To process any number of records in constant memory, use [Engine.Each].
//
// # Typed queries
//
// [List] and [Get] return values of a struct type, which selects the fields.
// [Check] finds out when the program starts whether the type fits the entity.
//
//	type Order struct {
//		ID       string    `json:"id"`
//		Placed   time.Time `json:"created_at"`
//		Customer *struct {
//			Email string `json:"email"`
//		} `json:"customer"`
//	}
//	orders, page, err := query.List[Order](ctx, engine, "order", query.Limit(20))
//
// # Deleted records
//
// Soft-deleted records and dismissed links are treated as absent unless
// WithDeleted is set.
//
// # How a request is executed
//
// A request passes through five phases, which hand plain data to each other:
//
//	parse     strings and maps become trees                  parse.go, parse_filter.go
//	resolve   names are looked up in the model graph         resolve.go, resolve_*.go
//	plan      tables get aliases; Explain prints the result  plan.go
//	compile   the plan becomes SQL of a dialect              compile.go, compile_*.go, dialect*.go
//	run       values are bound and rows collected            run.go
//
// The first four depend only on the shape of the request, which is everything
// except its values (shape.go). Plans are cached by shape, so each shape is
// compiled once. [Engine.Explain] returns the plan and the SQL of a request, and
// [Engine.DatabasePlan] what the database's EXPLAIN says about it.
package query
