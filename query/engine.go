package query

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
)

// Engine executes queries over the records of a model graph. It is safe for
// concurrent use.
type Engine struct {
	graph   *model.Graph
	db      db.DB
	dialect *dialect
	limits  Limits
	gate    *gate
	plans   cache[*prepared] // by shape
	lookups cache[Found]     // by entity and path
	shapes  sync.Map         // reflect.Type → the fields that a struct selects

	computed computedEdges
	search   searchState
}

const maxPlans = 2000

// New returns an engine for the models and edges of a graph and the database
// that holds their tables. The graph must be complete: neither models nor edges
// may be added to it afterwards. The models also have the computed fields.
func New(graph *model.Graph, d db.DB, limits Limits, computed ...Computed) *Engine {
	limits = limits.orDefaults()
	return &Engine{
		graph: graph, db: d, dialect: dialectOf(d), limits: limits, gate: newGate(d.Readers(), limits.Wait),
		plans: cache[*prepared]{most: maxPlans}, lookups: cache[Found]{most: maxLookups},
		computed: edgesOf(computed),
	}
}

// Models returns the engine's model graph.
func (e *Engine) Models() *model.Graph { return e.graph }

// Graph executes a request as one SQL statement, and so on one snapshot of the
// data. If ctx carries a transaction, the statement is part of it. Another one may
// come before it that asks how frequent a value is, to choose the way to the
// records, or which records a search may find.
//
// The method is named after Medusa's query.graph, which it corresponds to;
// Models returns the model graph.
func (e *Engine) Graph(ctx context.Context, r Request) (*Result, error) {
	s := shapers.Get().(*shaper)
	defer s.release()
	limit, err := e.limit(&r)
	if err != nil {
		return nil, err
	}
	p, err := e.prepare(ctx, &r, s, limit)
	if err != nil {
		return nil, err
	}
	if err := p.root.checkContext(r.Context, "context"); err != nil {
		return nil, err
	}
	args, err := p.values(&r, s.slots)
	if err != nil {
		return nil, err
	}
	leave, err := e.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	timed, cancel := context.WithTimeout(ctx, e.limits.Timeout) // for all statements together
	defer cancel()
	if len(p.leads) > 0 {
		if p, args, err = e.startAt(ctx, timed, p, args, &r, s.slots); err != nil {
			return nil, err
		}
	}
	res, err := e.run(ctx, timed, p, args, limit)
	if err != nil {
		return nil, err
	}
	res.describe(p, limit)
	if err := e.estimate(ctx, timed, p, &r, s.slots, &res.Metadata); err != nil {
		return nil, err
	}
	if r.RequireKeys {
		if err := p.missing(s.slots, res.found); err != nil {
			return nil, err
		}
	}
	res.Metadata.Skip, res.Metadata.Take = r.Offset, limit
	if p.virtual {
		res.Data, err = resolveVirtual(ctx, p.query, r.Context, res.Data)
	}
	return &res.Result, err
}

// Prepare checks a request and keeps its plan without executing it, so that a
// program can find mistakes in its queries when it starts. It does not check the
// values in filters.
func (e *Engine) Prepare(r Request) error {
	s := shapers.Get().(*shaper)
	defer s.release()
	limit, err := e.limit(&r)
	if err != nil {
		return err
	}
	_, err = e.prepare(context.Background(), &r, s, limit)
	return err
}

// opened returns an error if the engine is nil, as that of a shop that is not open.
func (e *Engine) opened() error {
	if e == nil {
		return fault.New(fault.NotAllowed, "the shop is not open: open it before the first query, and query before Close")
	}
	return nil
}

// limit returns the maximum number of records to return.
func (e *Engine) limit(r *Request) (int, error) {
	if err := e.opened(); err != nil {
		return 0, err
	}
	for path, l := range r.Lists {
		if l.Offset < 0 { // not part of the shape, so a known plan does not catch it
			return 0, fault.New(fault.InvalidData, "lists: %s: offset is %d; it must not be negative", fault.Clip(path), l.Offset)
		}
	}
	switch {
	case r.Version < 0:
		return 0, fault.New(fault.InvalidData, "version is %d; it must not be negative", r.Version)
	case r.Offset < 0:
		return 0, fault.New(fault.InvalidData, "offset is %d; it must not be negative", r.Offset)
	case r.Limit == All:
		return e.limits.MaxPage, nil
	case r.Limit == None:
		return 0, nil
	case r.Limit < 0:
		return 0, fault.New(fault.InvalidData, "limit is %d; it must be between 1 and %d", r.Limit, e.limits.MaxPage)
	case r.Limit > e.limits.MaxPage:
		return 0, fault.New(fault.InvalidData, "limit is %d; the largest page is %d: use offset to get more", r.Limit, e.limits.MaxPage)
	case r.Limit == 0:
		return e.limits.DefaultPage, nil
	}
	return r.Limit, nil
}

// enter waits until a query may run. One inside a transaction has its connection
// already.
func (e *Engine) enter(ctx context.Context) (leave func(), err error) {
	if db.InTx(ctx, e.db) {
		return func() {}, nil
	}
	caller, err := e.gate.enter(ctx)
	if err != nil {
		return nil, ended(ctx, err)
	}
	return func() { e.gate.leave(caller) }, nil
}

// ended turns the error of a request that took too long into one of type
// unavailable. That is not the fault of its query, which has a time of its own.
func ended(ctx context.Context, err error) error {
	if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return err
	}
	f := fault.Wrap(err, fault.Unavailable, "the request took too long; try again")
	f.RetryAfter = time.Second
	return f
}

// prepared is a compiled plan.
type prepared struct {
	*plan
	*statement
	leads      []lead // statements that are better than statement if few records match
	maxValues  int
	candidates []string // the keys of the records that a search may find
	atLeast    int64    // how many records match, as a lead has found
}

// lead is a statement to use if few records match its probe.
type lead struct {
	probe     *statement // counts them, or finds their keys, up to one more than are few
	finds     bool       // the keys
	statement *statement
	most      int                    // are few
	applies   func(slots []any) bool // to the values; nil if it always does
	counts    func(slots []any) bool // whether all records that the probe counts match the request; nil if they may not
}

// prepare returns the plan of the request's shape, from the cache or through the
// phases parse, resolve, plan and compile. It puts the values into the shaper's
// slots.
func (e *Engine) prepare(ctx context.Context, r *Request, s *shaper, limit int) (*prepared, error) {
	s.request(r)
	cursor, err := s.cursor(r.After)
	if err != nil {
		return nil, err
	}
	if p, ok := e.plans.get(s.key); ok {
		return p, nil
	}
	p, err := e.compile(ctx, r, limit, cursor, len(s.slots))
	if err != nil {
		return nil, err
	}
	e.plans.put(string(s.key), p)
	return p, nil
}

func (e *Engine) compile(ctx context.Context, r *Request, limit int, cursor []bool, slots int) (*prepared, error) {
	res := &resolver{graph: e.graph, computed: e.computed, limits: e.limits, request: *r, filters: &filterParser{limits: e.limits}}
	q, err := res.query()
	if err != nil {
		return nil, err
	}
	if cursor != nil && len(cursor) != len(q.root.order) {
		return nil, fault.New(fault.InvalidData, "after is a cursor of a request with another order; pass the order of that request")
	}
	p := newPlan(q)
	compiler := func() *compiler {
		c := &compiler{plan: p, dialect: e.dialect, withDeleted: r.WithDeleted, cursor: cursor, cursorSlot: slots - len(cursor), maxCount: e.limits.MaxCount}
		if limit != unlimited && r.Limit > unlimited {
			c.maxList = e.limits.MaxList
		}
		return c
	}
	c := compiler()
	out := &prepared{plan: p, statement: c.compile(r, limit), maxValues: e.limits.MaxValues}
	leads := c.leads()
	for _, k := range leads {
		by := compiler()
		by.access, by.lead = byLead, k
		out.leads = append(out.leads, lead{probe: compiler().probe(k, e.limits.rare()), statement: by.compile(r, limit), most: e.limits.rare()})
	}
	if c.searchedBy() != nil {
		known, err := e.searches(ctx)
		if err != nil {
			return nil, err
		}
		out.leads = append(out.leads, e.searchLeads(known, compiler, r, limit)...)
	}
	if c.endFirst && c.dialect.prefersIn {
		plain := compiler()
		plain.fromRoot = true
		out.leads = []lead{{probe: compiler().few(e.limits.rare()), statement: plain.compile(r, limit), most: e.limits.rare()}}
	}
	if len(leads) == 1 { // of several frequent values, the records that have all may be few
		walk := compiler()
		walk.access, walk.lead = walking, leads[0]
		out.statement = walk.compile(r, limit)
	}
	return out, nil
}

// shapers are reused, so that the shape of a request costs no allocation.
var shapers = sync.Pool{New: func() any { return &shaper{key: make([]byte, 0, 512), slots: make([]any, 0, 16)} }}

func (s *shaper) release() {
	if cap(s.key) > 1<<16 {
		return // too large to keep
	}
	clear(s.slots)
	s.key, s.slots = s.key[:0], s.slots[:0]
	shapers.Put(s)
}
