package order_test

import (
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

var returns = pairs[order.ReturnStatus]{
	machine: &order.ReturnStates,
	order:   plainOrder,
	reach: map[order.ReturnStatus]func(*world) string{
		order.ReturnOpen:              returnAfter(),
		order.ReturnRequested:         returnAfter(confirmReturn),
		order.ReturnPartiallyReceived: returnAfter(confirmReturn, receiveNone),
		order.ReturnReceived:          returnAfter(confirmReturn, receiveOne, receiveOne),
		order.ReturnCanceled:          returnAfter(confirmReturn, cancelReturn),
	},
	do: []operation{
		{"change the draft of", "RequestItems", func(w *world, id string) error { return in(w.RequestItems(w.Context(), id, w.back(0, 1))) }},
		{"change the draft of", "ReturnShipping", func(w *world, id string) error { return in(w.ReturnShipping(w.Context(), id, post("5"), nil)) }},
		{"request", "ConfirmReturn", confirmReturn},
		{"receive", "ConfirmReceipt", receiveOne},
		{"decline", "DeclineChange", declineOwn("return_id")},
		{"decline", "CancelChange", cancelOwn("return_id")},
		{"cancel", "CancelReturn", cancelReturn},
	},
	state: func(w *world, id string) order.ReturnStatus {
		r, err := w.Returns.Retrieve(w.Context(), id)
		w.ok(err)
		return r.Status
	},
}

// declineOwn returns a function that declines the last change of a record, if it drafts it.
func declineOwn(of string) func(*world, string) error {
	return func(w *world, id string) error { return w.DeclineChange(w.Context(), w.changeOf(of, id), "", "") }
}

// cancelOwn returns a function that cancels the last change of a record, if it drafts it.
func cancelOwn(of string) func(*world, string) error {
	return func(w *world, id string) error { return w.CancelChange(w.Context(), w.changeOf(of, id), "") }
}

// changeOf returns the id of the last change of a return, claim or exchange.
func (w *world) changeOf(of, id string) string {
	w.Helper()
	all, err := w.Changes.List(w.Context(), module.Where{of: id}, module.Page{Order: []string{"-created_at", "-id"}, Limit: 1})
	w.ok(err)
	return all[0].ID
}

func confirmReturn(w *world, id string) error { return in(w.ConfirmReturn(w.Context(), id, "")) }
func cancelReturn(w *world, id string) error  { return w.CancelReturn(w.Context(), id, "") }

// receiveOne receives one of the first line of a return.
func receiveOne(w *world, id string) error {
	if _, err := w.BeginReceipt(w.Context(), id, order.NewChange{}); err != nil {
		return err
	}
	if _, err := w.ReceiveItems(w.Context(), id, false, w.back(0, 1)); err != nil {
		return err
	}
	return in(w.ConfirmReceipt(w.Context(), id, ""))
}

// receiveNone confirms a receipt of nothing.
func receiveNone(w *world, id string) error {
	if _, err := w.BeginReceipt(w.Context(), id, order.NewChange{}); err != nil {
		return err
	}
	return in(w.ConfirmReceipt(w.Context(), id, ""))
}

// returnAfter returns a function that begins a return of two and takes it through
// operations.
func returnAfter(all ...func(*world, string) error) func(*world) string {
	return func(w *world) string {
		w.fulfilled("671")
		r := &order.Return{OrderID: w.id}
		w.do(w.BeginReturn(w.Context(), r, order.NewChange{}))
		w.do(w.RequestItems(w.Context(), r.ID, w.back(0, 2)))
		for _, do := range all {
			w.ok(do(w, r.ID))
		}
		return r.ID
	}
}

var claims = pairs[order.DealState]{
	machine: &order.ClaimStates,
	order:   plainOrder,
	reach: map[order.DealState]func(*world) string{
		order.DealDraft:     claimAfter(),
		order.DealConfirmed: claimAfter(confirmClaim),
		order.DealCanceled:  claimAfter(confirmClaim, cancelClaim),
	},
	do: []operation{
		{"draft", "ClaimFaults", func(w *world, id string) error { return in(w.ClaimFaults(w.Context(), id, w.faulty(0, 1))) }},
		{"draft", "ClaimBack", func(w *world, id string) error { return in(w.ClaimBack(w.Context(), id, nil, w.back(0, 1))) }},
		{"confirm", "ConfirmClaim", confirmClaim},
		{"decline", "DeclineChange", declineOwn("claim_id")},
		{"decline", "CancelChange", cancelOwn("claim_id")},
		{"cancel", "CancelClaim", cancelClaim},
	},
	state: func(w *world, id string) order.DealState {
		c, err := w.Claims.Retrieve(w.Context(), id)
		w.ok(err)
		return w.dealt(c.CanceledAt != nil, module.Where{"claim_id": id, "change_type": order.ChangeClaim})
	},
}

func confirmClaim(w *world, id string) error { return in(w.ConfirmClaim(w.Context(), id, "")) }
func cancelClaim(w *world, id string) error  { return w.CancelClaim(w.Context(), id, "") }

// dealt returns the state of a claim or an exchange whose change is selected.
func (w *world) dealt(canceled bool, change module.Where) order.DealState {
	w.Helper()
	change["status"] = []order.ChangeStatus{order.ChangePending, order.ChangeRequested}
	open, err := w.Changes.Count(w.Context(), change)
	w.ok(err)
	switch {
	case canceled:
		return order.DealCanceled
	case open > 0:
		return order.DealDraft
	}
	return order.DealConfirmed
}

// claimAfter returns a function that begins a claim with a return and takes it through
// operations.
func claimAfter(all ...func(*world, string) error) func(*world) string {
	return func(w *world) string {
		w.fulfilled("671")
		c := &order.Claim{OrderID: w.id, Type: order.ClaimRefund}
		w.do(w.BeginClaim(w.Context(), c, order.NewChange{}))
		w.do(w.ClaimFaults(w.Context(), c.ID, w.faulty(0, 1)))
		w.do(w.ClaimBack(w.Context(), c.ID, nil, w.back(0, 1)))
		for _, do := range all {
			w.ok(do(w, c.ID))
		}
		return c.ID
	}
}

var exchanges = pairs[order.DealState]{
	machine: &order.ExchangeStates,
	order:   plainOrder,
	reach: map[order.DealState]func(*world) string{
		order.DealDraft:     exchangeAfter(),
		order.DealConfirmed: exchangeAfter(confirmExchange),
		order.DealCanceled:  exchangeAfter(confirmExchange, cancelExchange),
	},
	do: []operation{
		{"draft", "ExchangeBack", func(w *world, id string) error { return in(w.ExchangeBack(w.Context(), id, nil, w.back(0, 1))) }},
		{"confirm", "ConfirmExchange", confirmExchange},
		{"decline", "DeclineChange", declineOwn("exchange_id")},
		{"decline", "CancelChange", cancelOwn("exchange_id")},
		{"cancel", "CancelExchange", cancelExchange},
	},
	state: func(w *world, id string) order.DealState {
		e := w.exchanged(id)
		return w.dealt(e.CanceledAt != nil, module.Where{"exchange_id": id, "change_type": order.ChangeExchange})
	},
}

func confirmExchange(w *world, id string) error { return in(w.ConfirmExchange(w.Context(), id, "")) }
func cancelExchange(w *world, id string) error  { return w.CancelExchange(w.Context(), id, "") }

// exchangeAfter returns a function that begins an exchange and takes it through operations.
func exchangeAfter(all ...func(*world, string) error) func(*world) string {
	return func(w *world) string {
		w.fulfilled("671")
		e := &order.Exchange{OrderID: w.id}
		c, err := w.BeginExchange(w.Context(), e, order.NewChange{})
		w.ok(err)
		w.do(w.ExchangeBack(w.Context(), e.ID, nil, w.back(0, 1)))
		w.do(w.AddItems(w.Context(), c.ID, more(1, "50")))
		for _, do := range all {
			w.ok(do(w, e.ID))
		}
		return e.ID
	}
}
