// Package body is what a JSON body is: declared once, checked and decoded once.
//
// A Go struct is the declaration. Its json tags name the properties, its body
// tags say what may be null, missing or out of range:
//
//	type NewRegion struct {
//		Name      string    `json:"name" body:"required"`
//		Kind      string    `json:"kind" body:"enum=shop|web"`
//		Rank      int64     `json:"rank" body:"min=0"`
//		Countries *[]string `json:"countries"` // nil when the body does not have it
//	}
//
// For reads the struct once, by reflection, into a Schema. A Schema decodes any
// number of bodies, from any number of goroutines, each in one pass:
//
//	var newRegion = body.For[NewRegion]()
//
//	in, passed, err := newRegion.Decode(text)
//
// A body that does not fit is one invalid_data error, which names up to three
// problems and where they are:
//
//	Invalid request: Field 'name' is required; Value for field 'rank' too small, expected at least: '0'
//
// # Null and absence
//
// A property that is absent leaves its field as it is: zero. A pointer, slice or
// map tells absence from a value. Null is refused unless the tag says null,
// which makes null the same as absence, or null=zero, which makes it a pointer
// to zero: "take it away".
//
// # Columns
//
// A body often sets columns of a model. A struct embeds the model's own struct,
// and ColumnsOf says which of the columns a body may set. Nothing else of the
// model can be set: not the id, not the timestamps, not a relation. What may be
// null, what has a default and which values there are come from the model.
//
//	type NewProduct struct {
//		product.Product
//		Options []NewOption `json:"options"` // instead of the relation of that name
//	}
//
//	body.For[NewProduct](body.ColumnsOf(product.Products, "title", "handle?", "status"))
//
// A change of a record is a module.Patch: it holds the columns that the body
// has, each with a value that Update takes. It is a field with a tag, or the
// whole body:
//
//	type ProductChange struct {
//		Patch module.Patch `body:"columns=product"`
//		Tags  *[]Ref       `json:"tags"`
//	}
//
//	body.For[module.Patch](body.ColumnsOf(product.Tags, "value", "metadata"))
//
// # Unknown names
//
// A name that is not declared is refused in the body itself, and passed over
// below it; Decode returns the paths of those it passed over. A blank field of a
// struct changes that, or names properties that clients send and that are
// dropped:
//
//	_ struct{} `body:"unknown=refuse,ignored=additional_data"`
//
// # Tags
//
//	required       must be there
//	null           may be null, which is the same as absent
//	null=zero      may be null, which is a pointer to zero
//	min=N, above=N of a number: at least N, more than N
//	enum=a|b       of a text: one of these
//	email          of a text: an address
//	minitems=N     of a list: at least N elements
//	single         of a list: or one element without the list
//	object         of a model.RawJSON: an object, rather than any JSON value
//	bare           the struct may be sent as the value of this field alone
//	columns=NAME   of a module.Patch: the columns of the model of that name
//
// The rules for values of a list or map apply to its elements.
//
// # Documents
//
// Object returns the declaration as data, for documents. The same types declare
// what has no struct, such as an answer.
package body
