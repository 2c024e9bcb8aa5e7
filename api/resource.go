package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

// Resource is one kind of record at one path. Its routes follow from what is
// declared: a list and a record always, writes and deletion when they are set.
type Resource struct {
	One, Many string // keys of the envelope: "order", "orders"
	Path      string // of the list: "/admin/orders"; it may have parameters
	Entity    string // what queries know the records by
	ID        string // the path's parameter of a record; "" is "id"
	Key       string // the column that it is; "" is "id"
	Access    Access
	Limit     int // records of a page when none is given

	Fields   []string // answered by default
	ListOnly []string // answered by default in a list, where that is another set
	Allowed  []string // that may be asked for; nil is all of them
	Depth    int      // the most relations in a path of fields; 0 is any number
	Filters  Aliases  // names of filters beside the paths of the entity
	Ignored  []string // parameters that are accepted without effect
	Lenient  bool     // unknown parameters have no effect
	Order    []string // when none is given
	Version  bool     // has the parameter version

	Scope    func(c *Call) (query.Filters, error)   // what holds for every record
	Nested   func(c *Call) map[string]query.Filters // what holds for records in lists inside others, by their model
	Computed *Computed
	Whose    func(c *Call) string                               // the id, where it is not in the path
	Find     func(ctx context.Context, id string) query.Filters // the record of an id, where that is not Key alone
	Missing  string                                             // the error of an unknown id, with a %s for it

	Create, Update *Write
	Delete         func(ctx context.Context, ids ...string) error
	Deleted        func()                                   // told after a deletion
	Object         string                                   // in the answer of a deletion; "" is One
	Parent         *Resource                                // whose record writes answer
	Owned          func(ctx context.Context, c *Call) error // checks a nested path before a write
}

// Computed are fields that are worked out from the records of a query.
type Computed struct {
	Paths []string // how fields asks for them
	Needs []string // what the query must answer for them
	Add   func(ctx context.Context, c *Call, records []byte) ([]byte, error)
}

// Write is a creation or a change.
type Write struct {
	Body Body
	Do   Do
}

func (r Resource) id() string  { return or(r.ID, "id") }
func (r Resource) key() string { return or(r.Key, "id") }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// Routes are the routes of the resource.
func (r Resource) Routes(s *Shop) []Route {
	b := r.bind(s)
	var out []Route
	if r.Many != "" {
		out = append(out, b.listRoute())
	}
	if r.Create != nil {
		out = append(out, b.writeRoute(r.Create, r.Path, "Create a "+r.name()))
	}
	out = append(out, b.retrieveRoute())
	if r.Update != nil {
		out = append(out, b.writeRoute(r.Update, r.onePath(), "Change a "+r.name()))
	}
	if r.Delete != nil {
		out = append(out, b.deleteRoute())
	}
	return out
}

// Action is a write below one record, which answers the record.
func (r Resource) Action(s *Shop, path, summary string, body Body, do Do) Route {
	return r.WriteAt(s, r.onePath()+path, summary, body, do)
}

// ListRoute is the list alone.
func (r Resource) ListRoute(s *Shop) Route { return r.bind(s).listRoute() }

// RouteAt is the route of one record at a path of its own.
func (r Resource) RouteAt(s *Shop, path, summary string) Route {
	route := r.bind(s).retrieveRoute()
	route.Path, route.Summary = path, summary
	return route
}

// WriteAt is a write at a path of its own, which answers one record.
func (r Resource) WriteAt(s *Shop, path, summary string, body Body, do Do) Route {
	return r.bind(s).writeRoute(&Write{body, do}, path, summary)
}

func (r Resource) onePath() string { return r.Path + "/{" + r.id() + "}" }
func (r Resource) name() string    { return strings.ReplaceAll(r.One, "_", " ") }

// bound is a resource with what its routes need at hand.
type bound struct {
	Resource
	shop    *Shop
	one     *selection
	many    *selection
	filters *filters
	parent  *bound
}

func (r Resource) bind(s *Shop) *bound {
	may := newAllowed(r.Allowed)
	b := &bound{Resource: r, shop: s, one: newSelection(s.Query, r.Entity, r.key(), r.Fields, may, r.Depth)}
	if r.Computed != nil {
		b.one.added = r.Computed.Paths
	}
	b.many = b.one
	if r.ListOnly != nil {
		b.many = newSelection(s.Query, r.Entity, r.key(), r.ListOnly, may, r.Depth)
	}
	b.filters = &filters{engine: s.Query, entity: r.Entity, aliases: r.Filters, lenient: r.Lenient, allowed: may, ignored: map[string]bool{}}
	for _, name := range r.Ignored {
		b.filters.ignored[name] = true
	}
	if r.Parent != nil {
		b.parent = r.Parent.bind(s)
	}
	return b
}

func (b *bound) listRoute() Route {
	return Route{
		Method: http.MethodGet, Path: b.Path, Access: b.Access, Summary: "List " + strings.ReplaceAll(b.Many, "_", " "),
		Params: b.listParameters(), Answer: Answer{Entity: b.Entity, Key: b.Many, List: true, Fields: b.many.defaults}, Do: b.list,
	}
}

func (b *bound) list(c *Call) error {
	p, err := readPage(c.params, b.Limit)
	if err != nil {
		return err
	}
	r := query.Request{Entity: b.Entity, Offset: p.offset, Limit: p.limit, Order: p.order, Count: true, WithDeleted: p.withDeleted && b.Allowed == nil}
	switch {
	case p.limit == 0:
		r.Limit = query.None
	case len(p.order) == 0:
		r.Order = b.Order
	}
	if err := b.sortable(p.order); err != nil {
		return err
	}
	var computed bool
	if r.Fields, computed, err = b.many.paths(c.Query("fields")); err != nil {
		return err
	}
	var visible map[string]query.Filters
	if b.Nested != nil {
		visible = b.Nested(c)
	}
	if r.Filters, err = b.filters.read(c.params, visible); err != nil {
		return err
	}
	res, err := b.ask(c.Context(), c, r, computed)
	if err != nil {
		return err
	}
	c.list(b.Many, res, p)
	return nil
}

// sortable refuses to sort by what a storefront may not see.
func (b *bound) sortable(order []string) error {
	if b.filters.allowed == nil {
		return nil
	}
	for _, key := range order {
		if path, ok := b.filters.path(strings.TrimPrefix(key, "-")); !ok || path == "q" {
			return fault.New(fault.InvalidData, "%s cannot be sorted by %q", b.Many, fault.Clip(key))
		}
	}
	return nil
}

// ask runs a query of the resource: within its scope, and with what is
// computed when that is asked for.
func (b *bound) ask(ctx context.Context, c *Call, r query.Request, computed bool) (*query.Result, error) {
	if b.Scope != nil {
		scope, err := b.Scope(c)
		if err != nil {
			return nil, err
		}
		r.Filters = both(r.Filters, scope)
	}
	if b.Nested != nil {
		r.Lists = b.narrow(c, r.Fields)
	}
	if !computed {
		return b.shop.Query.Graph(ctx, r)
	}
	r.Fields = append(slices.Clip(r.Fields), b.Computed.Needs...)
	res, err := b.shop.Query.Graph(ctx, r)
	if err == nil {
		res.Data, err = b.Computed.Add(ctx, c, res.Data)
	}
	return res, err
}

// both are two conditions that must hold.
func both(f, scope query.Filters) query.Filters {
	switch {
	case len(scope) == 0:
		return f
	case len(f) == 0:
		return scope
	}
	return query.Filters{"$and": []any{f, scope}}
}

// narrow holds the lists inside a record to what may be seen: conditions by
// the name of the model that is listed.
func (b *bound) narrow(c *Call, fields []string) map[string]query.Nested {
	var out map[string]query.Nested
	conditions := b.Nested(c)
	for _, path := range fields {
		for i := 0; i <= len(path); i++ {
			if i < len(path) && path[i] != '.' {
				continue
			}
			found, ok := b.shop.Query.Lookup(b.Entity, path[:i])
			if strings.HasSuffix(path[:i], "*") {
				break
			}
			if !ok || !found.Many || found.Field != nil || conditions[found.Model.Name] == nil {
				continue
			}
			if out == nil {
				out = map[string]query.Nested{}
			}
			out[path[:i]] = query.Nested{Filters: conditions[found.Model.Name]}
		}
	}
	return out
}

func (b *bound) retrieveRoute() Route {
	return Route{
		Method: http.MethodGet, Path: b.onePath(), Access: b.Access, Summary: "Read a " + b.name(),
		Params: b.oneParameters(), Answer: Answer{Entity: b.Entity, Key: b.One, Fields: b.one.defaults}, Do: b.retrieve,
	}
}

func (b *bound) retrieve(c *Call) error {
	if err := b.oneOnly(c); err != nil {
		return err
	}
	found, err := b.find(c.Context(), c, b.idOf(c))
	if err != nil {
		return err
	}
	c.one(b.One, found)
	return nil
}

// idOf is the id of the record that is called for.
func (b *bound) idOf(c *Call) string {
	if b.Whose != nil {
		return b.Whose(c)
	}
	return c.Param(b.id())
}

// oneOnly refuses parameters that a route of one record does not have.
func (b *bound) oneOnly(c *Call) error {
	if b.Lenient {
		return nil
	}
	return c.only(func(name string) bool {
		return name == "fields" || b.Version && name == "version" || b.filters.ignored[name]
	})
}

// find reads one record, with the fields that the call asks for.
func (b *bound) find(ctx context.Context, c *Call, id string) ([]byte, error) {
	r := query.Request{Entity: b.Entity, Filters: query.Filters{b.key(): id}, Limit: 1}
	if b.Find != nil {
		r.Filters = b.Find(ctx, id)
	}
	fields, computed, err := b.one.paths(c.Query("fields"))
	if r.Fields = fields; err != nil {
		return nil, err
	}
	if b.Version && c.Query("version") != "" {
		if _, err := fmt.Sscan(c.Query("version"), &r.Version); err != nil || r.Version < 1 {
			return nil, fault.New(fault.InvalidData, "Invalid request: Expected type: 'number' for field 'version', got: '%s'", fault.Clip(c.Query("version")))
		}
	}
	res, err := b.ask(ctx, c, r, computed)
	if err != nil {
		return nil, err
	}
	if res.Rows == 0 {
		return nil, b.missing(id)
	}
	return record(res), nil
}

func (b *bound) missing(id string) error {
	if b.Missing != "" {
		return fault.New(fault.NotFound, b.Missing, fault.Clip(id))
	}
	name := b.name()
	return fault.New(fault.NotFound, "%s with id: %s was not found", strings.ToUpper(name[:1])+name[1:], fault.Clip(id))
}
