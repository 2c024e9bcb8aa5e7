// Package model describes data models: their fields, their tables and how they
// are connected.
//
// A data model is a Go struct, which Define reads once into a Model. A field has
// one name everywhere: its json tag is its column, its JSON key and its name in
// queries.
//
//	type Brand struct {
//		model.Base
//		Name     string     `json:"name" model:"searchable"`
//		Products []*Product `json:"products,omitzero" model:"many=brand_id"`
//	}
//
//	var Brands = model.Define[Brand]("brand").Unique("name")
//
// The tag of Name makes it searchable. Products is a relation: the records of
// the model of Product whose column brand_id holds the brand's id. See Define for
// the tags of fields and of relations.
//
// A Graph is a set of models in which every relation has become an Edge. Links
// between modules become edges too, so the packages that read a Graph, such as
// query, schema and verify, know one way from a record to another: a chain of
// Hops, each a table joined on columns.
//
//	g, err := model.NewGraph(Brands, Products)
//	products := g.Edge(Brands, "products")
//
// Nothing in this package accesses a database.
package model
