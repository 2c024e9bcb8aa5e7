package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Resource is one kind of record at one path. Its routes follow from what is
// declared: a list and a record always, writes and deletion when they are set.
//
// The first group is what most resources need. Each of the others is about one
// question, and can be left out.
type Resource struct {
	One, Many string   // keys of the envelope: "order", "orders"
	Path      string   // of the list: "/admin/orders"; it may have parameters
	Entity    string   // what queries know the records by
	Access    Access   // who may call
	Fields    []string // returned by default
	Always    []string // returned whatever is asked for, beside the key
	Limit     int      // records of a page when none is given
	Filters   Aliases  // names of filters, beside the paths of the entity
	Create    *Write
	Update    *Write
	Delete    func(ctx context.Context, ids ...string) error

	Listing  Listing    // what is different in a list
	Lookup   Lookup     // how one record is found
	Visible  Visibility // what may be seen
	Owner    Ownership  // of records below another one
	Computed *Computed  // fields that no query returns
	Tree     *Tree      // of records that are above and below each other

	// Finish completes what a query of the fields returned, with the fields that Below names; nil leaves it as it is.
	Finish func(fields []string, records []byte) ([]byte, error)
	Below  Below
}

// Below has fields that records below others have beside those of the query, by
// the path to the records; those at "" are of the records themselves.
type Below map[string]body.Object

// Listing is what is different in a list.
type Listing struct {
	Fields  []string    // returned by default, if different from Resource.Fields
	Order   []string    // when none is given
	Others  []Parameter // accepted beside the filters: Computed and Visible read them
	Lenient bool        // unknown parameters without dots and operators have no effect, and are named in IgnoredHeader
}

// Lookup is how one record is found. By default the parameter "id" of the path
// is the column id.
type Lookup struct {
	Param   string                        // the path's parameter; "" is "id"
	Column  string                        // the column that it is; "" is "id"
	Whose   func(c *Call) string          // the id, where it is not in the path
	Find    func(id string) query.Filters // the condition of an id, where that is not Column alone
	Missing string                        // the message about an unknown id, with a %s for it
	Version bool                          // has the parameter version, which is at most the column version
}

// Visibility is what of the records may be seen, and which.
type Visibility struct {
	Allowed []string                             // names that may be used in fields, filters and sorts; nil is all of them
	Depth   int                                  // the most relations in a path of fields; 0 is any number
	Scope   func(c *Call) (query.Filters, error) // what holds for every record of the route

	// Context says for whom or where the fields of a request are computed; nil says nothing.
	Context func(c *Call, fields []string) query.Context

	// Models has, by entity, what a record must meet to be seen, wherever it is reached: see query.Request.Visible.
	Models func(c *Call) (map[string]query.Filters, error)
}

// Ownership is about records that belong to another one.
type Ownership struct {
	Parent *Resource                                // whose record writes respond with
	Check  func(ctx context.Context, c *Call) error // checks the path before a write
	Object string                                   // in the response to a deletion; "" is One
}

// Computed are fields that are computed from the records of a query.
type Computed struct {
	Paths []string // how fields asks for them
	Needs []string // what the query must return for them
	Add   func(ctx context.Context, c *Call, records []byte) ([]byte, error)

	Default body.Object        // those that are returned also when fields does not name them
	Unasked func(c *Call) bool // reports whether a request without fields gets them
}

func (r Resource) param() string { return or(r.Lookup.Param, "id") }
func (r Resource) key() string   { return or(r.Lookup.Column, "id") }

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// Routes returns the routes of the resource.
func (r Resource) Routes(s *shop.Shop) []Route {
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

// Action returns a write at a path below one record. It responds with the
// record.
func (r Resource) Action(s *shop.Shop, path, summary string, w *Write) Route {
	return r.WriteAt(s, r.onePath()+path, summary, w)
}

// ListRoute returns the list alone.
func (r Resource) ListRoute(s *shop.Shop) Route { return r.bind(s).listRoute() }

// DeleteRoute returns the deletion alone.
func (r Resource) DeleteRoute(s *shop.Shop) Route { return r.bind(s).deleteRoute() }

// RouteAt returns the route of one record at a path of its own.
func (r Resource) RouteAt(s *shop.Shop, path, summary string) Route {
	route := r.bind(s).retrieveRoute()
	route.Path, route.Summary = path, summary
	return route
}

// WriteAt returns a write at a path of its own. It responds with one record.
func (r Resource) WriteAt(s *shop.Shop, path, summary string, w *Write) Route {
	return r.bind(s).writeRoute(w, path, summary)
}

func (r Resource) onePath() string { return r.Path + "/{" + r.param() + "}" }
func (r Resource) name() string    { return strings.ReplaceAll(r.One, "_", " ") }

// bound is a resource that is bound to a shop.
type bound struct {
	Resource
	shop    *shop.Shop
	one     *selection
	many    *selection
	filters *filters
	parent  *bound
}

func (r Resource) bind(s *shop.Shop) *bound {
	may := newAllowed(s.Query, r.Entity, r.Visible.Allowed)
	b := &bound{Resource: r, shop: s, one: newSelection(s.Query, r.Entity, r.always(), r.Fields, may, r.Visible.Depth)}
	if r.Computed != nil {
		b.one.added, b.one.adds = r.Computed.Paths, len(r.Computed.Default) > 0
	}
	b.many = b.one
	if r.Listing.Fields != nil {
		b.many = newSelection(s.Query, r.Entity, r.always(), r.Listing.Fields, may, r.Visible.Depth)
	}
	b.filters = &filters{engine: s.Query, entity: r.Entity, aliases: r.Filters, lenient: r.Listing.Lenient, allowed: may, others: map[string]bool{}}
	for _, p := range r.Listing.Others {
		b.filters.others[p.Name] = true
	}
	for name := range r.Tree.parameters() {
		b.filters.others[name] = true
	}
	if r.Owner.Parent != nil {
		b.parent = r.Owner.Parent.bind(s)
	}
	return b
}

func (b *bound) listRoute() Route {
	return Route{
		Method: http.MethodGet, Path: b.Path, Access: b.Access, Summary: "List " + strings.ReplaceAll(b.Many, "_", " "),
		Params: b.listParameters(), Answer: Answer{Entity: b.Entity, Key: b.Many, List: true, Fields: b.many.defaults, Added: b.added(), Below: b.Below}, Do: b.list,
	}
}

// added returns the computed fields that are returned by default.
func (b *bound) added() body.Object {
	if b.Computed == nil {
		return nil
	}
	return b.Computed.Default
}

func (b *bound) list(c *Call) error {
	p, r, computed, err := b.request(c)
	if err != nil {
		return err
	}
	res, err := b.ask(c.Context(), c, r, computed)
	if err != nil {
		return c.params.asWritten(err)
	}
	return c.List(b.Many, res, p)
}

// Selection returns a route that takes the parameters of the list, and does something
// with the records that they select.
func (r Resource) Selection(s *shop.Shop, path, summary string, of Route, do func(c *Call, selected query.Request) error) Route {
	b := r.bind(s)
	of.Method, of.Path, of.Access, of.Summary, of.Params = http.MethodPost, b.Path+path, b.Access, summary, b.listParameters()
	of.Do = func(c *Call) error {
		_, selected, _, err := b.request(c)
		if err != nil {
			return err
		}
		if selected, err = b.restricted(c, selected); err != nil {
			return err
		}
		first := selected
		first.Limit, first.Offset, first.Count = 1, 0, false
		if _, err := s.Query.Graph(c.Context(), first); err != nil { // what is wrong is said now
			return c.params.asWritten(err)
		}
		return do(c, selected)
	}
	return of
}

// request returns the query of a list, and reports whether it has computed fields.
func (b *bound) request(c *Call) (p Page, r query.Request, computed bool, err error) {
	if p, err = readPage(c.params, b.Limit); err != nil {
		return p, r, false, err
	}
	if b.Visible.Allowed != nil && p.Limit > maxStorefrontPage {
		return p, r, false, fault.New(fault.InvalidData, "limit is %d; the largest page is %d: use offset to get more", p.Limit, maxStorefrontPage)
	}
	if b.Visible.Allowed != nil && p.Count == CountExact {
		return p, r, false, fault.New(fault.InvalidData, "a storefront has exact counts up to some thousands only: leave out count=exact")
	}
	r = p.Request(b.Entity)
	r.WithDeleted = p.WithDeleted && b.Visible.Allowed == nil
	if p.Limit > 0 && len(p.Order) == 0 {
		r.Order = b.Listing.Order
	}
	if err := b.sortable(p.Order); err != nil {
		return p, r, false, err
	}
	fields, err := b.chosen(c, b.many)
	if err != nil {
		return p, r, false, err
	}
	r.Fields = fields.paths
	var ignored []string
	if r.Filters, ignored, err = b.filters.read(c.params); err != nil {
		return p, r, false, err
	}
	c.passOver(ignored)
	return p, r, fields.computed, nil
}

// always returns the fields that are returned whatever is asked for: the key first.
func (r *Resource) always() []string { return append([]string{r.key()}, r.Always...) }

// sortable returns an error for sort keys that a storefront may not see.
func (b *bound) sortable(order []string) error {
	for _, key := range order {
		if b.filters.allowed == nil {
			continue
		}
		if !b.filters.sorts(strings.TrimPrefix(key, "-")) {
			return fault.New(fault.InvalidData, "%s cannot be sorted by %q", b.Many, fault.Clip(key))
		}
	}
	return nil
}

// ask runs a query of the resource within its scope, and adds computed fields
// when they are requested.
func (b *bound) ask(ctx context.Context, c *Call, r query.Request, computed bool) (*query.Result, error) {
	r, err := b.restricted(c, r)
	if err != nil {
		return nil, err
	}
	if b.Tree != nil {
		return b.Tree.ask(ctx, c, b.shop.Query, r)
	}
	if computed {
		r.Fields = append(slices.Clip(r.Fields), b.Computed.Needs...)
	}
	res, err := b.shop.Query.Graph(ctx, r)
	if err == nil && computed {
		res.Data, err = b.Computed.Add(ctx, c, res.Data)
	}
	if err == nil && b.Finish != nil {
		res.Data, err = b.Finish(r.Fields, res.Data)
	}
	return res, err
}

// restricted returns a query of what may be seen.
func (b *bound) restricted(c *Call, r query.Request) (query.Request, error) {
	if b.Visible.Scope != nil {
		scope, err := b.Visible.Scope(c)
		if err != nil {
			return r, err
		}
		r.Filters = both(r.Filters, scope)
	}
	if b.Visible.Models != nil {
		var err error
		if r.Visible, err = b.Visible.Models(c); err != nil {
			return r, err
		}
	}
	if b.Visible.Context != nil {
		r.Context = b.Visible.Context(c, r.Fields)
	}
	return r, nil
}

// chosen returns what a request asks for, by the parameter fields or its default.
func (b *bound) chosen(c *Call, of *selection) (chosen, error) {
	if err := c.params.plain("fields", "string"); err != nil {
		return chosen{}, err
	}
	parameter := c.Query("fields")
	out, err := of.choose(parameter)
	if err != nil {
		return out, err
	}
	c.passOver(out.ignored)
	if strings.TrimSpace(parameter) == "" && b.Computed != nil && b.Computed.Unasked != nil {
		out.computed = out.computed || b.Computed.Unasked(c)
	}
	return out, nil
}

// both returns the condition that two conditions hold. If they are about
// different paths, it is one object without a wrapper.
func both(f, scope query.Filters) query.Filters {
	switch {
	case len(scope) == 0:
		return f
	case len(f) == 0:
		return scope
	}
	for name := range scope {
		if _, twice := f[name]; twice {
			return query.Filters{"$and": []any{f, scope}}
		}
	}
	out := maps.Clone(f)
	maps.Copy(out, scope)
	return out
}

func (b *bound) retrieveRoute() Route {
	return Route{
		Method: http.MethodGet, Path: b.onePath(), Access: b.Access, Summary: "Read a " + b.name(),
		Params: b.oneParameters(), Answer: Answer{Entity: b.Entity, Key: b.One, Fields: b.one.defaults, Added: b.added(), Below: b.Below}, Do: b.retrieve,
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
	return c.One(b.One, found)
}

// idOf returns the id of the requested record.
func (b *bound) idOf(c *Call) string {
	if b.Lookup.Whose != nil {
		return b.Lookup.Whose(c)
	}
	return c.Param(b.param())
}

// oneOnly returns an error for parameters that a route of one record does not
// have, or passes them over where the resource is lenient.
func (b *bound) oneOnly(c *Call) error {
	known := func(name string) bool {
		return name == "fields" || b.Lookup.Version && name == "version" || b.filters.others[name]
	}
	if b.Listing.Lenient {
		c.passOver(c.params.beyond(known))
		return nil
	}
	return c.only(known)
}

// find returns one record with the requested fields.
func (b *bound) find(ctx context.Context, c *Call, id string) ([]byte, error) {
	r := query.Request{Entity: b.Entity, Filters: query.Filters{b.key(): id}, Limit: 1}
	if b.Lookup.Find != nil {
		r.Filters = b.Lookup.Find(id)
	}
	fields, err := b.chosen(c, b.one)
	if err != nil {
		return nil, err
	}
	r.Fields = fields.paths
	if r.Version, err = b.version(c); err != nil {
		return nil, err
	}
	if r.Version > 0 {
		r.Filters = query.Filters{"$and": []query.Filters{r.Filters, {"version": query.Filters{"$gte": r.Version}}}} // it has had them all
	}
	res, err := b.ask(ctx, c, r, fields.computed)
	if err != nil {
		return nil, err
	}
	if res.Rows == 0 && r.Version > 0 {
		return nil, fault.New(fault.NotFound, "%s %s in version %d was not found", b.name(), fault.Clip(id), r.Version)
	}
	if res.Rows == 0 {
		return nil, b.missing(id)
	}
	return record(res), nil
}

// version returns the version in which a record is requested; 0 is that in force.
func (b *bound) version(c *Call) (int64, error) {
	if !b.Lookup.Version {
		return 0, nil
	}
	if err := c.params.plain("version", "number"); err != nil {
		return 0, err
	}
	text := c.Query("version")
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	switch {
	case err != nil:
		return 0, fault.New(fault.InvalidData, "Invalid request: Expected type: 'number' for field 'version', got: '%s'", fault.Clip(text))
	case n < 1:
		return 0, fault.New(fault.InvalidData, "Invalid request: version is %d; it must be at least 1", n)
	}
	return n, nil
}

func (b *bound) missing(id string) error {
	if b.Lookup.Missing != "" {
		return fault.New(fault.NotFound, b.Lookup.Missing, fault.Clip(id))
	}
	name := b.name()
	return fault.New(fault.NotFound, "%s with id: %s was not found", strings.ToUpper(name[:1])+name[1:], fault.Clip(id))
}
