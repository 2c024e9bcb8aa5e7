package query

// Request is a query as tools, the CLI and REST ask it. Its JSON form is
// either this struct's, or the one Medusa's query.graph takes: entity, fields,
// filters, pagination {skip, take, order}, withDeleted.
type Request struct {
	// Entity is what to read: a model or a link table, singular or plural.
	Entity string
	// Fields are dotted paths: "id", "customer.email", "items.*", "items.variant.sku". A path that ends in a
	// relation means all its own columns. Aggregates over a list end in $count, $sum.column, $min.column or
	// $max.column. No fields at all is an error.
	Fields []string
	// Filters is what the records must fulfill; nil is all of them.
	Filters Filters
	// Order is the sort keys, first to last, "-" before a key for descending. Keys may follow relations to one
	// record, or end in an aggregate. The primary key always comes last. Nulls are last ascending, first descending.
	Order []string
	// Limit is how many records at the most; 0 is the engine's default page, All as many as a page may hold,
	// None no record at all.
	Limit int
	// Offset is how many records to skip.
	Offset int
	// After continues behind the last record of an earlier answer: its Metadata.Next.
	After string
	// Count asks for the number of all matching records, in Metadata.Count.
	Count bool
	// WithDeleted includes soft-deleted records: roots, those of relations, linked ones. A dismissed link row is
	// shown where link rows are asked for, but never connects.
	WithDeleted bool
	// Version reads an order's items, shipping methods, credit lines and summary as they were at that version; 0 is
	// the current one.
	Version int64
	// Lists narrows to-many paths of Fields: how many, in which order, which ones.
	Lists map[string]Nested
	// KeepOrder answers records in the order of the primary keys that Filters lists.
	KeepOrder bool
	// RequireKeys makes a primary key in Filters that finds no record an error of type not_found.
	RequireKeys bool
}

// Limits of a Request that are no numbers of records.
const (
	All  = -1 // every record, up to the engine's largest page
	None = -2 // no record: only their number
)

// Nested narrows a to-many path: its own filter, order, limit and offset.
type Nested struct {
	Filters Filters
	Order   []string
	Limit   int
	Offset  int
}

// Filters is a condition on a record. Several keys must all hold.
//
//	{"status": "pending"}                          equals
//	{"status": ["pending", "completed"]}           one of; a null in the list matches null
//	{"canceled_at": nil}                           is null
//	{"display_id": {"$gt": 10, "$lte": 20}}        operators
//	{"customer.email": "a@b.c"}                    through relations, as nested maps or dotted
//	{"$or": [{…}, {…}]}, {"$and": […]}, {"$not": {…}}
//	{"items": {"$some": {…}}}                      for lists: $some (the default), $every, $none
//	{"cart": nil}                                  no linked record
//	{"items": {"$count": {"$gte": 3}}}             aggregates
//	{"q": "shirt blue"}                            free text: each word in some searchable column
//
// Operators on a column: $eq $ne $in $nin $gt $gte $lt $lte $like $ilike $re $fulltext $exists $not; on a list
// column $contains $overlap $contained. Conditions on null follow SQL: $ne and $nin never match null.
type Filters map[string]any

// Metadata describes a page.
type Metadata struct {
	Count *int64 `json:"count,omitempty"` // all matching records; set when asked for
	Skip  int    `json:"skip"`
	Take  int    `json:"take"`           // how many were asked for at the most
	Next  string `json:"next,omitempty"` // pass as After for the next page; "" when this one was not full
}

// Result is an answer.
type Result struct {
	// Data is a JSON array with one object per record, as the database wrote it.
	Data []byte
	// Rows is how many records Data holds.
	Rows     int
	Metadata Metadata
}
