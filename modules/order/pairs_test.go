package order_test

import (
	"slices"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
)

// TestEveryOperationInEveryState brings a record into each state of its machine, by
// operations if some lead there, and runs each operation. It succeeds exactly when the
// machine says so, and ends in a state that the machine names; one that is refused leaves
// the record in its state.
func TestEveryOperationInEveryState(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		t.Run("order", func(t *testing.T) { orders.run(t, store) })
		t.Run("change", func(t *testing.T) { changes.run(t, store) })
		t.Run("return", func(t *testing.T) { returns.run(t, store) })
		t.Run("claim", func(t *testing.T) { claims.run(t, store) })
		t.Run("exchange", func(t *testing.T) { exchanges.run(t, store) })
	})
}

// pairs are the operations of a machine and its states.
type pairs[S ~string] struct {
	machine *module.Machine[S]
	order   func() *order.Order
	reach   map[S]func(w *world) string // brings a new record into the state, and returns its id
	do      []operation
	state   func(w *world, id string) S
}

// operation is one that a machine names by; some names stand for several.
type operation struct {
	by, name string
	do       func(w *world, id string) error
}

func (p pairs[S]) run(t *testing.T, store *module.Store) {
	for _, move := range p.machine.Moves {
		if !slices.ContainsFunc(p.do, func(o operation) bool { return o.by == move.By }) {
			t.Errorf("the test does not know the operation %q", move.By)
		}
	}
	for _, state := range p.machine.States() {
		if p.reach[state] == nil {
			t.Fatalf("the test does not know how to get to %s", state)
		}
		for _, o := range p.do {
			t.Run(string(state)+" "+o.name, func(t *testing.T) { p.try(placeIn(t, store, p.order()), state, o) })
		}
	}
}

// try runs an operation in a state.
func (p pairs[S]) try(w *world, state S, o operation) {
	id := p.reach[state](w)
	if got := p.state(w, id); got != state {
		w.Fatalf("the record is %s, want %s", got, state)
	}
	err := o.do(w, id)
	now, allowed := p.state(w, id), p.machine.Allows(o.by, state)
	switch {
	case allowed && err != nil:
		w.Errorf("refused: %v", err)
	case allowed && !slices.Contains(p.ends(o.by, state), now):
		w.Errorf("it ends in %s, want one of %s", now, p.ends(o.by, state))
	case !allowed && err == nil:
		w.Errorf("allowed; it is %s now", now)
	case !allowed && fault.TypeOf(err) != fault.NotAllowed && fault.TypeOf(err) != fault.InvalidData:
		w.Errorf("the error is %s: %v", fault.TypeOf(err), err)
	case !allowed && now != state:
		w.Errorf("refused, and it is %s now", now)
	}
}

// ends returns the states that an operation leads to from a state.
func (p pairs[S]) ends(by string, from S) (out []S) {
	for _, move := range p.machine.Moves {
		if move.By == by && slices.Contains(move.From, from) {
			out = append(out, move.To...)
		}
	}
	return out
}

func placedDraft() *order.Order {
	o := taxed(2, 0)
	o.Status, o.IsDraftOrder = order.StatusDraft, true
	return o
}

func plainOrder() *order.Order { return taxed(6, 0) }

func convert(w *world, id string) error     { return w.ConvertDraft(w.Context(), id) }
func complete(w *world, id string) error    { return w.Complete(w.Context(), id) }
func archive(w *world, id string) error     { return w.Archive(w.Context(), id) }
func cancelOrder(w *world, id string) error { return w.Cancel(w.Context(), id, "", order.Credit{}) }

// orders starts with draft orders, so that only the status forbids to convert them.
var orders = pairs[order.Status]{
	machine: &order.OrderStates,
	order:   placedDraft,
	reach: map[order.Status]func(*world) string{
		order.StatusDraft:     func(w *world) string { return w.id },
		order.StatusPending:   orderAfter(convert),
		order.StatusCompleted: orderAfter(complete),
		order.StatusArchived:  orderAfter(complete, archive),
		order.StatusCanceled:  orderAfter(cancelOrder),
		order.StatusRequiresAction: func(w *world) string { // no operation leads there
			w.do(w.Orders.Update(w.Context(), []string{w.id}, module.Patch{"status": order.StatusRequiresAction}))
			return w.id
		},
	},
	do: []operation{
		{"convert", "ConvertDraft", convert},
		{"complete", "Complete", complete},
		{"archive", "Archive", archive},
		{"cancel", "Cancel", cancelOrder},
	},
	state: func(w *world, id string) order.Status {
		o, err := w.Orders.Retrieve(w.Context(), id)
		w.ok(err)
		return o.Status
	},
}

// orderAfter returns a function that takes the order through operations.
func orderAfter(all ...func(*world, string) error) func(*world) string {
	return func(w *world) string {
		for _, do := range all {
			w.ok(do(w, w.id))
		}
		return w.id
	}
}

var changes = pairs[order.ChangeStatus]{
	machine: &order.ChangeStates,
	order:   plainOrder,
	reach: map[order.ChangeStatus]func(*world) string{
		order.ChangePending:   editAfter(),
		order.ChangeRequested: editAfter(requestChange),
		order.ChangeConfirmed: editAfter(confirmChange),
		order.ChangeDeclined:  editAfter(declineChange),
		order.ChangeCanceled:  editAfter(cancelChange),
	},
	do: []operation{
		{"change", "AddActions", func(w *world, id string) error {
			return in(w.AddActions(w.Context(), id, order.NewAction{Action: order.ItemUpdate, Details: order.Details{ReferenceID: w.lines[0], Quantity: new(money.Int(4))}}))
		}},
		{"change", "AddItems", func(w *world, id string) error { return in(w.AddItems(w.Context(), id, more(1, "5"))) }},
		{"change", "Outbound", func(w *world, id string) error { return in(w.Outbound(w.Context(), id, post("5"), nil)) }},
		{"request", "RequestChange", requestChange},
		{"confirm", "ConfirmChange", confirmChange},
		{"decline", "DeclineChange", declineChange},
		{"cancel", "CancelChange", cancelChange},
		{"undo", "UndoChange", func(w *world, _ string) error { return in(w.UndoChange(w.Context(), w.id)) }},
	},
	state: func(w *world, id string) order.ChangeStatus {
		c, err := w.Changes.Retrieve(w.Context(), id)
		w.ok(err)
		return c.Status
	},
}

func requestChange(w *world, id string) error { return w.RequestChange(w.Context(), id, "") }
func confirmChange(w *world, id string) error { return in(w.ConfirmChange(w.Context(), id, "")) }
func declineChange(w *world, id string) error { return w.DeclineChange(w.Context(), id, "", "") }
func cancelChange(w *world, id string) error  { return w.CancelChange(w.Context(), id, "") }

// editAfter returns a function that begins an edit and takes it through operations.
func editAfter(all ...func(*world, string) error) func(*world) string {
	return func(w *world) string {
		c, err := w.BeginEdit(w.Context(), order.NewChange{OrderID: w.id})
		w.ok(err)
		w.do(w.UpdateItem(w.Context(), c.ID, w.lines[0], order.ItemPatch{Quantity: money.Int(3)}))
		for _, do := range all {
			w.ok(do(w, c.ID))
		}
		return c.ID
	}
}
