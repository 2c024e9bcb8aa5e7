package order_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

var (
	walks     = flag.Int("walks", 0, "how many orders walk through random operations, on each database; 0 means 40, or 20 with -short; CI takes 1000")
	firstWalk = flag.Int("first", 0, "the number of the first walk; each number is a walk of its own")
)

// TestOrdersWalk takes orders through random operations, allowed and forbidden ones.
// Versions go up by one, counters stay in their bounds, at most one change is open, all
// totals are as computed again, what a preview says is what its confirmation makes, and
// earlier versions read as they did.
func TestOrdersWalk(t *testing.T) {
	t.Parallel()
	n := *walks
	if n == 0 {
		n = 40
		if testing.Short() {
			n = 20
		}
	}
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := order.New(store)
		done := walkAtOnce(t, d, s, n)
		if wrong := moduletest.Broken(t.Context(), t, d, order.Module); wrong != "" {
			t.Errorf("the walks break rules: %s", wrong)
		}
		total := 0
		for _, times := range done {
			total += times
		}
		t.Logf("%s: orders %d to %d walked %d allowed steps: %v", d.Dialect().Name(), *firstWalk, *firstWalk+n-1, total, done)
		for _, step := range steps {
			if n >= 500 && done[step.name] == 0 {
				t.Errorf("%s was never allowed", step.name)
			}
		}
	})
}

// walkers is how many orders walk at the same time.
const walkers = 4

// walkAtOnce takes n orders through their walks, some at the same time, and counts the
// steps that were allowed.
func walkAtOnce(t *testing.T, d db.DB, s *order.Service, n int) map[string]int {
	t.Helper()
	var each [walkers]map[string]int
	t.Run("walk", func(t *testing.T) {
		for k := range walkers {
			each[k] = map[string]int{}
			t.Run(fmt.Sprint(k), func(t *testing.T) {
				t.Parallel()
				from, to := *firstWalk+k*n/walkers, *firstWalk+(k+1)*n/walkers
				for next := from; next < to; {
					until := min(to, next+max(50, (next-from)*3))
					walkOrders(t, s, next, until, each[k])
					if next = until; k == 0 {
						settle(t, d)
					}
				}
			})
		}
	})
	sum := map[string]int{}
	for _, done := range each {
		for name, times := range done {
			sum[name] += times
		}
	}
	return sum
}

// settle gathers the statistics of tables, which PostgreSQL does by itself unless it
// serves tests: plans of empty tables read whole indexes.
func settle(t *testing.T, d db.DB) {
	t.Helper()
	if d.Dialect().Name() != "postgres" {
		return
	}
	var tables []string
	for _, m := range order.Module.Models {
		tables = append(tables, d.Dialect().Quote(m.Table))
	}
	if _, err := d.Exec(t.Context(), d.Dialect().Analyze(tables...)); err != nil {
		t.Fatal(err)
	}
}

// walkOrders takes the orders of some seeds through their walks, and counts the steps
// that were allowed.
func walkOrders(t *testing.T, s *order.Service, from, to int, done map[string]int) {
	t.Helper()
	for seed := from; seed < to; seed++ {
		w := &walker{T: t, Service: s, random: rand.New(rand.NewPCG(uint64(seed), 2)), seen: map[int64]string{}, done: done}
		w.walk(seed)
		if t.Failed() {
			t.Fatalf("walk %d: %s", seed, strings.Join(w.path, ", "))
		}
	}
}

// No operation of an order reads a whole table, so that its cost does not grow with the shop.
func TestOrdersReadByIndexes(t *testing.T) {
	t.Parallel()
	d, counter := dbtest.Counting(dbtest.SQLite(t))
	s := order.New(moduletest.Open(t, d, graph))
	before := counter.Statements()
	walkOrders(t, s, 0, 20, map[string]int{})
	statements := counter.Statements()
	maps.DeleteFunc(statements, func(sql string, _ []any) bool {
		_, migrated := before[sql]
		plain := strings.HasPrefix(sql, "INSERT ") && !strings.Contains(sql, "SELECT") // it looks for children only if some wait for their parent
		return migrated || plain || strings.HasPrefix(sql, "CREATE ")
	})
	if len(statements) < 50 {
		t.Errorf("only %d statements were seen", len(statements))
	}
	for sql, args := range statements {
		for _, step := range dbtest.Plan(t, d, sql, args...) {
			verb, of, _ := strings.Cut(step, " ")
			table, how, _ := strings.Cut(of, " ")
			whole := verb == "SCAN" || verb == "SEARCH" && how == "" // the latter for a highest value
			if whole && slices.ContainsFunc(order.Module.Models, func(m *model.Model) bool { return m.Table == table }) || strings.Contains(step, "AUTOMATIC") {
				t.Errorf("%s: %s", step, sql)
			}
		}
	}
}

// walker is an order that walks.
type walker struct {
	*testing.T
	*order.Service
	random  *rand.Rand
	id      string
	version int64
	now     *order.Snapshot  // after the last allowed step
	row     string           // the order's own row, then
	change  *order.Change    // the open change, then
	seen    map[int64]string // how versions were read when they were in force
	path    []string
	done    map[string]int // how often each step was allowed
}

// step is an operation of a walk.
type step struct {
	name string
	do   func(w *walker, ctx context.Context) error
}

var steps = []step{
	{"fulfill", moves((*order.Service).Fulfill)},
	{"ship", moves((*order.Service).Ship)},
	{"deliver", moves((*order.Service).Deliver)},
	{"unfulfill", moves((*order.Service).Unfulfill)},
	{"pay", func(w *walker, ctx context.Context) error {
		return w.Record(ctx, w.id, order.Entry{Amount: w.amount(), Reference: "capture", ReferenceID: fmt.Sprint(w.random.IntN(5))})
	}},
	{"credit", func(w *walker, ctx context.Context) error {
		return in(w.AddCredit(ctx, w.id, "", order.Credit{Amount: w.amount()}))
	}},
	{"begin a return", func(w *walker, ctx context.Context) error {
		return in(w.BeginReturn(ctx, &order.Return{OrderID: w.id}, order.NewChange{}))
	}},
	{"request", func(w *walker, ctx context.Context) error {
		return in(w.RequestItems(ctx, w.last(ctx, w.ids(w.Returns.List(ctx, w.mine(), last))), w.back()))
	}},
	{"return shipping", func(w *walker, ctx context.Context) error {
		return in(w.ReturnShipping(ctx, w.last(ctx, w.ids(w.Returns.List(ctx, w.mine(), last))), post("7"), nil))
	}},
	{"confirm a return", func(w *walker, ctx context.Context) error {
		return in(w.ConfirmReturn(ctx, w.last(ctx, w.ids(w.Returns.List(ctx, w.mine(), last))), ""))
	}},
	{"receive", func(w *walker, ctx context.Context) error {
		id := w.last(ctx, w.ids(w.Returns.List(ctx, w.mine(), last)))
		if _, err := w.BeginReceipt(ctx, id, order.NewChange{}); err != nil {
			return err
		}
		if _, err := w.ReceiveItems(ctx, id, w.random.IntN(3) == 0, w.back()); err != nil {
			return w.DiscardReceipt(ctx, id)
		}
		return in(w.ConfirmReceipt(ctx, id, ""))
	}},
	{"cancel a return", func(w *walker, ctx context.Context) error {
		return w.CancelReturn(ctx, w.last(ctx, w.ids(w.Returns.List(ctx, w.mine(), last))), "")
	}},
	{"begin a claim", func(w *walker, ctx context.Context) error {
		c := &order.Claim{OrderID: w.id, Type: order.ClaimReplace}
		if _, err := w.BeginClaim(ctx, c, order.NewChange{}); err != nil {
			return err
		}
		_, _ = w.ClaimFaults(ctx, c.ID, order.Fault{ItemID: w.line(), Quantity: money.Int(1)}) // it may be refused
		_, _ = w.ClaimBack(ctx, c.ID, nil, w.back())
		return nil
	}},
	{"confirm a claim", func(w *walker, ctx context.Context) error {
		return in(w.ConfirmClaim(ctx, w.last(ctx, w.claimIDs(w.Claims.List(ctx, w.mine(), last))), ""))
	}},
	{"cancel a claim", func(w *walker, ctx context.Context) error {
		return w.CancelClaim(ctx, w.last(ctx, w.claimIDs(w.Claims.List(ctx, w.mine(), last))), "")
	}},
	{"begin an exchange", func(w *walker, ctx context.Context) error {
		e := &order.Exchange{OrderID: w.id}
		c, err := w.BeginExchange(ctx, e, order.NewChange{})
		if err != nil {
			return err
		}
		_, _ = w.ExchangeBack(ctx, e.ID, nil, w.back())
		return in(w.AddItems(ctx, c.ID, more(1, "12")))
	}},
	{"confirm an exchange", func(w *walker, ctx context.Context) error {
		return in(w.ConfirmExchange(ctx, w.last(ctx, w.exchangeIDs(w.Exchanges.List(ctx, w.mine(), last))), ""))
	}},
	{"cancel an exchange", func(w *walker, ctx context.Context) error {
		return w.CancelExchange(ctx, w.last(ctx, w.exchangeIDs(w.Exchanges.List(ctx, w.mine(), last))), "")
	}},
	{"begin an edit", func(w *walker, ctx context.Context) error {
		return in(w.BeginEdit(ctx, order.NewChange{OrderID: w.id}))
	}},
	{"add an item", func(w *walker, ctx context.Context) error {
		return in(w.AddItems(ctx, w.open(), more(1+w.random.IntN(2), "19.99")))
	}},
	{"update an item", func(w *walker, ctx context.Context) error {
		p := order.ItemPatch{Quantity: money.Int(int64(w.random.IntN(5)))}
		if w.random.IntN(3) == 0 {
			p.UnitPrice = new(money.MustParse("33.33"))
		}
		return in(w.UpdateItem(ctx, w.open(), w.line(), p))
	}},
	{"add shipping", func(w *walker, ctx context.Context) error {
		return in(w.Outbound(ctx, w.open(), post("4.99"), nil))
	}},
	{"confirm", (*walker).confirm},
	{"discard", func(w *walker, ctx context.Context) error { return w.DiscardChange(ctx, w.open()) }},
	{"cancel a change", func(w *walker, ctx context.Context) error { return w.CancelChange(ctx, w.open(), "") }},
	{"transfer", func(w *walker, ctx context.Context) error {
		return in(w.Transfer(ctx, order.NewChange{OrderID: w.id}, order.To{CustomerID: fmt.Sprint("cus_", w.random.IntN(3))}))
	}},
	{"request a transfer", func(w *walker, ctx context.Context) error {
		return in(w.RequestTransfer(ctx, order.NewChange{OrderID: w.id}, order.To{CustomerID: fmt.Sprint("cus_", w.random.IntN(3)), Email: new("new@example.com"), Token: "secret"}))
	}},
	{"accept a transfer", func(w *walker, ctx context.Context) error { return in(w.AcceptTransfer(ctx, w.id, "secret")) }},
	{"decline", func(w *walker, ctx context.Context) error { return w.DeclineChange(ctx, w.open(), "", "") }},
	{"remove an action", func(w *walker, ctx context.Context) error { return w.RemoveActions(ctx, w.open(), w.action(ctx)) }},
	{"update an action", func(w *walker, ctx context.Context) error {
		return w.UpdateAction(ctx, w.open(), w.action(ctx), order.ActionPatch{Quantity: new(money.Int(w.random.Int64N(4)))})
	}},
	{"update the order", func(w *walker, ctx context.Context) error {
		return w.UpdateOrder(ctx, w.id, "", order.Update{Columns: module.Patch{"email": fmt.Sprintf("%d@example.com", w.random.IntN(3))}})
	}},
	{"revert", back(func(w *walker, ctx context.Context) error { return w.RevertVersion(ctx, w.id) })},
	{"undo", back(func(w *walker, ctx context.Context) error { return in(w.UndoChange(ctx, w.id)) })},
	{"complete", func(w *walker, ctx context.Context) error { return w.Complete(ctx, w.id) }},
	{"archive", func(w *walker, ctx context.Context) error { return w.Archive(ctx, w.id) }},
}

var last = module.Page{Order: []string{"-created_at", "-id"}, Limit: 1}

func (w *walker) mine() module.Where { return module.Where{"order_id": w.id} }

func (w *walker) ids(all []*order.Return, err error) []string {
	w.must(err)
	return module.IDs(all, func(r *order.Return) string { return r.ID })
}

func (w *walker) claimIDs(all []*order.Claim, err error) []string {
	w.must(err)
	return module.IDs(all, func(c *order.Claim) string { return c.ID })
}

func (w *walker) exchangeIDs(all []*order.Exchange, err error) []string {
	w.must(err)
	return module.IDs(all, func(e *order.Exchange) string { return e.ID })
}

// last returns the only id, or one that does not exist.
func (w *walker) last(_ context.Context, ids []string) string {
	if len(ids) == 0 {
		return "none"
	}
	return ids[0]
}

// open returns the open change, or the id of none.
func (w *walker) open() string {
	if w.change == nil {
		return "none"
	}
	return w.change.ID
}

// action returns an action of the open change, or the id of none.
func (w *walker) action(ctx context.Context) string {
	all, err := w.ChangeActions.List(ctx, module.Where{"order_change_id": w.open()}, module.Page{Order: []string{"ordering"}})
	w.must(err)
	if len(all) == 0 {
		return "none"
	}
	return all[w.random.IntN(len(all))].ID
}

// line returns a line of the order.
func (w *walker) line() string {
	if len(w.now.Items) == 0 {
		return "none"
	}
	return w.now.Items[w.random.IntN(len(w.now.Items))].ItemID
}

func (w *walker) back() order.Back {
	return order.Back{ItemID: w.line(), Quantity: money.Int(1 + int64(w.random.IntN(2)))}
}

func (w *walker) amount() money.Amount {
	return money.MustParse([]string{"10", "-10", "33.33", "0.01"}[w.random.IntN(4)])
}

func (w *walker) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

// moves returns the step that fulfills, ships or delivers some of the order.
func moves(do func(*order.Service, context.Context, string, string, string, ...order.Part) (*order.Snapshot, error)) func(*walker, context.Context) error {
	return func(w *walker, ctx context.Context) error {
		return in(do(w.Service, ctx, w.id, "ful_1", "", order.Part{ItemID: w.line(), Quantity: money.Int(1 + int64(w.random.IntN(3)))}))
	}
}

// confirm confirms the open change, whatever it is of. It makes what its preview says: what
// is stored, and what the confirmation returns.
func (w *walker) confirm(ctx context.Context) error {
	p, err := w.Preview(ctx, w.id)
	w.must(err)
	after, err := w.ConfirmChange(ctx, w.open(), "")
	if err != nil {
		return err
	}
	now, err := w.Snapshot(ctx, w.id)
	w.must(err)
	said := described(p.Snapshot)
	for _, made := range []string{described(after), described(now)} {
		if said != made {
			w.Errorf("the preview says\n%s\nthe order is\n%s", said, made)
		}
	}
	return nil
}

// described returns an order as a text: its rows with their totals, without their versions.
func described(s *order.Snapshot) string {
	var rows []string
	for _, i := range s.Items {
		if i.Quantity.Sign() > 0 {
			rows = append(rows, fmt.Sprint(i.ItemID, i.Quantity, i.FulfilledQuantity, i.ShippedQuantity, i.DeliveredQuantity, i.ReturnRequestedQuantity,
				i.ReturnReceivedQuantity, i.ReturnDismissedQuantity, i.WrittenOffQuantity, i.Charge, i.Progress, i.RefundableTotal))
		}
	}
	for _, p := range s.Shippings {
		rows = append(rows, fmt.Sprint(p.ShippingMethodID, p.Charge))
	}
	slices.Sort(rows)
	return fmt.Sprint(strings.Join(rows, "\n"), s.Order.Order)
}

// back returns an operation that takes the order back a version.
func back(do func(*walker, context.Context) error) func(*walker, context.Context) error {
	return func(w *walker, ctx context.Context) error {
		err := do(w, ctx)
		if err == nil {
			delete(w.seen, w.version)
			w.version--
		}
		return err
	}
}

// walk takes a new order through some steps.
func (w *walker) walk(seed int) {
	o := taxed(1+w.random.IntN(4), w.random.IntN(3))
	o.CurrencyCode = "eur"
	if seed%2 == 1 {
		o.Rounding = order.RoundingCurrency
	}
	w.must(w.Orders.Create(w.Context(), o))
	w.id, w.version = o.ID, 1
	w.look()
	if w.random.IntN(2) == 0 {
		w.must(in(w.Fulfill(w.Context(), w.id, "ful_1", "", order.Part{ItemID: o.Items[0].ItemID, Quantity: o.Items[0].Quantity})))
		w.look()
	}
	for range 6 + w.random.IntN(20) {
		s := w.next()
		w.path = append(w.path, s.name)
		if err := s.do(w, w.Context()); err == nil {
			w.done[s.name]++
			w.look()
		} else {
			w.lookSame(err)
		}
		if w.Failed() {
			return
		}
	}
	w.prove()
	for version, want := range w.seen {
		if got := w.read(version); version < w.version && got != want {
			w.Errorf("version %d is read as\n%s\nwhen it was in force it was\n%s", version, got, want)
		}
	}
}

// rare are steps for which much must have come before.
var rare = []string{"receive", "receive", "cancel a return", "cancel a claim", "cancel an exchange"}

// next returns a step: if a change is open, half of the time one of its own.
func (w *walker) next() step {
	switch {
	case w.change == nil && w.random.IntN(4) == 0:
		return stepOf(rare[w.random.IntN(len(rare))])
	case w.change == nil || w.random.IntN(2) == 0:
		return steps[w.random.IntN(len(steps))]
	}
	var kind string
	if w.change.ChangeType != nil { // that of a shipment or the like has none; it can be undone
		kind = *w.change.ChangeType
	}
	own := map[string][]string{
		"":               {"confirm", "confirm", "update an action"},
		"credit_line":    {"confirm"},
		"return_receive": {"confirm", "update an action", "discard"},
		"return_request": {"request", "request", "return shipping", "confirm a return", "confirm", "remove an action"},
		"claim":          {"request", "return shipping", "confirm a claim", "confirm", "remove an action"},
		"exchange":       {"request", "add an item", "confirm an exchange", "confirm", "remove an action"},
		"edit":           {"add an item", "update an item", "add shipping", "confirm", "update an action"},
		"transfer":       {"accept a transfer", "decline"},
	}[kind]
	if len(own) == 0 {
		own = []string{"discard"}
	}
	return stepOf(own[w.random.IntN(len(own))])
}

// stepOf returns the step of a name.
func stepOf(name string) step {
	return steps[slices.IndexFunc(steps, func(s step) bool { return s.name == name })]
}

// lookSame checks that a refused step changed nothing.
func (w *walker) lookSame(refusal error) {
	w.Helper()
	if fault.TypeOf(refusal).Status() >= 500 {
		w.Error(refusal)
	}
	o, err := w.Orders.Retrieve(w.Context(), w.id)
	w.must(err)
	if got := string(encoded(o)); got != w.row {
		w.Errorf("refused (%v), and yet the order is\n%s\nand was\n%s", refusal, got, w.row)
	}
	if w.random.IntN(4) > 0 { // its rows are compared now and then: they take more time than the step
		return
	}
	if got := w.read(w.version); got != w.seen[w.version] {
		w.Errorf("refused (%v), and yet version %d is\n%s\nand was\n%s", refusal, w.version, got, w.seen[w.version])
	}
}

// look checks the order after an allowed step.
func (w *walker) look() {
	w.Helper()
	ctx := w.Context()
	now, err := w.Snapshot(ctx, w.id)
	w.must(err)
	w.now, w.row = now, string(encoded(now.Order))
	v := now.Order.Version
	if v < w.version || v > w.version+w.mostVersions() {
		w.Errorf("version %d follows %d", v, w.version)
	}
	summaries, err := w.Summaries.List(ctx, w.mine(), module.Page{Order: []string{"version"}})
	if err != nil || int64(len(summaries)) != v {
		w.Fatalf("version %d has %d summaries (%v), want one per version", v, len(summaries), err)
	}
	invariants(w.T, now)
	for ; w.version < v; w.version++ {
		if between := w.version + 1; between < v {
			w.seen[between] = w.read(between)
		}
	}
	w.seen[v] = inForce(now, summaries[v-1])
	open, err := w.Changes.List(ctx, module.Where{"order_id": w.id, "status": []order.ChangeStatus{order.ChangePending, order.ChangeRequested}}, module.Page{})
	w.must(err)
	if len(open) > 1 {
		w.Errorf("%d changes are open", len(open))
	}
	w.change = nil
	if len(open) > 0 {
		w.change = open[0]
	}
}

// inForce returns the version in force as read returns it.
func inForce(now *order.Snapshot, summary *order.Summary) string {
	items := make([]*order.Item, len(now.Items))
	for n, i := range now.Items {
		plain := *i
		plain.Item = nil
		items[n] = &plain
	}
	shippings := make([]*order.Shipping, len(now.Shippings))
	for n, p := range now.Shippings {
		plain := *p
		plain.ShippingMethod = nil
		shippings[n] = &plain
	}
	return rows(items, shippings, now.Credits, []*order.Summary{summary})
}

func rows(items []*order.Item, shippings []*order.Shipping, credits []*order.CreditLine, summaries []*order.Summary) string {
	return fmt.Sprintf("%s %s %s %s", list(items), list(shippings), list(credits), list(summaries))
}

// list is a list in JSON, [] if it is nil.
func list[T any](records []T) []byte { return encoded(append([]T{}, records...)) }

// mostVersions returns how many versions the last step may make. A claim or an exchange
// is canceled by a change, and its return by another.
func (w *walker) mostVersions() int64 {
	if len(w.path) > 0 && slices.Contains([]string{"cancel a claim", "cancel an exchange"}, w.path[len(w.path)-1]) {
		return 2
	}
	return 1
}

// prove checks the order after its walk.
func (w *walker) prove() {
	w.Helper()
	ctx := w.Context()
	wrong, err := w.Differences(ctx, w.id)
	w.must(err)
	w.must(order.Recount(ctx, w.Service, w.id, func(d module.Wrong) { wrong = append(wrong, d) }))
	for _, d := range wrong {
		w.Errorf("%s %s: %s is %s, want %s", d.Model.Name, d.ID, d.Column, d.Stored, d.Computed)
	}
}

// read returns a version as it is stored.
func (w *walker) read(version int64) string {
	w.Helper()
	ctx := w.Context()
	of, page := module.Where{"order_id": w.id, "version": version}, module.Page{Order: []string{"id"}}
	items, err := w.Items.List(ctx, of, page)
	w.must(err)
	shippings, err := w.Shippings.List(ctx, of, page)
	w.must(err)
	credits, err := w.CreditLines.List(ctx, of, page)
	w.must(err)
	summaries, err := w.Summaries.List(ctx, of, page)
	w.must(err)
	return rows(items, shippings, credits, summaries)
}
