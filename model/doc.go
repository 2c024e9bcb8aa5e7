// Package model says what a data model is.
//
// A data model is a Go struct, read once into a plain descriptor. One word
// names a thing everywhere: the json tag of a struct field is its column, its
// JSON key and its name in queries.
//
//	type Brand struct {
//		model.Base
//		Name     string     `json:"name" model:"searchable"`
//		Products []*Product `json:"products,omitzero" model:"many=brand_id"`
//	}
//
//	var Brands = model.Define[Brand]("brand").Unique("name")
//
// A Model has Fields (columns) and relations to other models of its module. A
// Graph is a set of models in which every relation has become an Edge. Links
// between modules become edges of the same kind, so whoever reads a Graph (the
// query compiler, the schema, verify) knows one way from a record to another:
// a chain of Hops, each a table joined on columns.
//
// Nothing in this package touches a database.
package model
