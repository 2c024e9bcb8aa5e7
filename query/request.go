package query

import "encoding/json"

// Request says which records to return. In JSON its keys are entity, fields,
// filters, order, limit, offset, after, count, with_deleted, version, lists,
// keep_order and require_keys; the form that Medusa's query.graph takes is
// accepted too: pagination {skip, take, order}, withDeleted and options
// {throwIfKeyNotFound}. Visible has no JSON: it is the program's to say.
type Request struct {
	// Entity names a model or a link table, in singular or plural.
	Entity string
	// Fields are dotted paths: "id", "customer.email", "items.*", "items.variant.sku". A path that ends in a
	// relation selects all its columns. A path over a list may end in an aggregate: $count, $sum.column,
	// $min.column or $max.column. At least one path is required.
	Fields []string
	// Filters is the condition on the records; nil matches all of them.
	Filters Filters
	// Visible has conditions by entity, which a record must meet to be seen at all: at the root, at the end of a
	// relation or link, in filters, sorts and aggregates alike. Inside a condition they hold as well, except for
	// the entities whose conditions lead there: {"variant": {"product": {}}} means that a variant has a visible
	// product.
	Visible map[string]Filters
	// Order lists the sort keys, with "-" before a key for descending. A key may follow to-one relations, and may
	// end in an aggregate. The primary key is always the last key, descending after a column of the record that is. Nulls come last ascending, first descending.
	Order []string
	// Limit is the maximum number of records to return. 0 means Limits.DefaultPage, All means Limits.MaxPage, and
	// None means no record.
	Limit int
	// Offset is the number of records to skip.
	Offset int
	// After is the Metadata.Next of an earlier result: the records after its last one are returned.
	After string
	// Count sets Metadata.Count to the number of matching records.
	Count bool
	// Estimate makes Count exact up to Limits.MaxCount only. Beyond that, unless the database knows the number, it
	// is an estimate of at least MaxCount, and Metadata.CountIsEstimate is set. No more than MaxCount matches are read.
	// If no index finds a word of q, because it is shorter than three characters or more than MaxCount records have
	// it, the first MaxCount records in the request's order are tried: see Metadata.SearchIsPartial.
	Estimate bool
	// WithDeleted includes soft-deleted records, at the root and at the end of relations and links. A dismissed
	// link row is returned where link rows are requested, but never connects records.
	WithDeleted bool
	// Version returns an order's items, shipping methods, credit lines and summary as of that version; 0 means the
	// current one.
	Version int64
	// Lists narrows to-many paths of Fields, by path.
	Lists map[string]Nested
	// KeepOrder returns the records in the order in which Filters lists their primary keys.
	KeepOrder bool
	// Context says for whom or where computed fields and virtual links are resolved, by the path to them.
	Context Context
	// RequireKeys makes it an error of type not_found if a primary key in Filters finds no record.
	RequireKeys bool
}

// Special values of a Request's Limit.
const (
	All  = -1 // as many records as a page may have
	None = -2 // no record: only the count is wanted
)

// Nested narrows a to-many path. A zero field has no effect.
type Nested struct {
	Filters Filters
	Order   []string
	Limit   int
	Offset  int
}

// Filters is a condition on a record: all its keys must hold. Written as JSON:
//
//	{"status": "pending"}                          equals
//	{"status": ["pending", "completed"]}           is one of; a null in the list matches null
//	{"canceled_at": null}                          is null
//	{"display_id": {"$gt": 10, "$lte": 20}}        operators
//	{"customer.email": "a@b.c"}                    over relations, dotted or as nested maps
//	{"$or": [{…}, {…}]}, {"$and": […]}, {"$not": {…}}
//	{"items": {"$some": {…}}}                      for lists: $some (the default), $every, $none
//	{"cart": null}                                 has no linked record
//	{"items": {"$count": {"$gte": 3}}}             aggregates
//	{"q": "shirt blue"}                            free text: each word is in some searchable column
//
// The operators on a column are $eq $ne $in $nin $gt $gte $lt $lte $like $ilike $re $fulltext $exists and $not; on a
// list column $contains, $overlap and $contained. A comparison with null is neither true nor false, as in SQL:
// {"rank": {"$ne": 1}} does not match a record whose rank is null.
type Filters map[string]any

// Metadata describes a page.
type Metadata struct {
	Count *int64 `json:"count,omitempty"` // the number of matching records, if Request.Count was set
	// CountIsEstimate says that Count is an estimate, as Request.Estimate allows.
	CountIsEstimate bool `json:"count_is_estimate,omitempty"`
	// SearchIsPartial says that the page is not full, and that there are records which the search has not tried, as
	// Request.Estimate allows.
	SearchIsPartial bool `json:"search_is_partial,omitempty"`

	Skip int    `json:"skip"`           // the offset
	Take int    `json:"take"`           // the limit
	Next string `json:"next,omitempty"` // the After of the next page; "" if this one was not full
}

// Result is the result of a Request.
type Result struct {
	// Data is a JSON array with one object per record.
	Data json.RawMessage
	// Rows is the number of records in Data.
	Rows     int
	Metadata Metadata
}
