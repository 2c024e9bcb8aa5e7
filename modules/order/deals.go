package order

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// A deal is a claim or an exchange: an agreement with a customer about goods that are
// sent back and others that are sent out, with one change for all of it.
type deal struct {
	model    string // "claim" or "exchange"
	id       string
	order    string
	returned *string // the return, if goods are sent back
	canceled bool
	states   *module.Machine[DealState]
}

// state returns the state of a deal. Its change is open while it is a draft.
func (d *deal) state(open *Change) DealState {
	switch {
	case d.canceled:
		return DealCanceled
	case open != nil && d.owns(open):
		return DealDraft
	}
	return DealConfirmed
}

// owns reports whether a change is the one that drafts the deal. A receipt of its goods
// is another.
func (d *deal) owns(c *Change) bool {
	return dealOf(c) == d.model && dealID(c) == d.id && (c.is(ChangeClaim) || c.is(ChangeExchange))
}

// deal reads a claim or an exchange.
func (s *Service) deal(ctx context.Context, model, id string) (*deal, error) {
	if model == "claim" {
		c, err := s.Claims.Retrieve(ctx, id)
		if err != nil {
			return nil, err
		}
		return &deal{model, id, c.OrderID, c.ReturnID, c.CanceledAt != nil, &ClaimStates}, nil
	}
	e, err := s.Exchanges.Retrieve(ctx, id)
	if err != nil {
		return nil, err
	}
	return &deal{model, id, e.OrderID, e.ReturnID, e.CanceledAt != nil, &ExchangeStates}, nil
}

// inDeal calls do with a deal, its order, which it locks, and the order's open change,
// which is nil unless it is the deal's. The operation must be allowed in the deal's state.
func (s *Service) inDeal(ctx context.Context, model, id, by string, do func(context.Context, *Order, *deal, *Change) error) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		d, err := s.deal(ctx, model, id)
		if err != nil {
			return err
		}
		o, err := s.lock(ctx, d.order)
		if err != nil {
			return err
		}
		if d, err = s.deal(ctx, model, id); err != nil { // as it is under the lock
			return err
		}
		if err := o.notCanceled(); err != nil {
			return err
		}
		open, err := s.openChange(ctx, o.ID)
		if err != nil {
			return err
		}
		if err := d.allows(by, open); err != nil {
			return err
		}
		if open != nil && !d.owns(open) {
			open = nil
		}
		return do(ctx, o, d, open)
	})
}

// allows returns an error unless an operation is allowed.
func (d *deal) allows(by string, open *Change) error {
	state := d.state(open)
	if d.states.Allows(by, state) {
		return nil
	}
	if state == DealCanceled {
		return fault.New(fault.InvalidData, "%s %q was canceled", d.model, d.id)
	}
	if by == "cancel" {
		return fault.New(fault.InvalidData, "%s %q is a draft; discard it instead", d.model, d.id)
	}
	return fault.New(fault.InvalidData, "%s %q is %s; it cannot be changed any more", d.model, d.id, state)
}

// inbound returns the return of a draft of a deal, which it begins if there is none.
func (s *Service) inbound(ctx context.Context, o *Order, d *deal, c *Change, location *string) (string, error) {
	if d.returned != nil {
		return *d.returned, s.locate(ctx, *d.returned, location)
	}
	r := &Return{OrderID: o.ID, OrderVersion: o.Version, Status: ReturnOpen, LocationID: location, CreatedBy: c.CreatedBy, ClaimID: c.ClaimID, ExchangeID: c.ExchangeID}
	if err := s.Returns.Create(ctx, r); err != nil {
		return "", err
	}
	d.returned, c.ReturnID = &r.ID, &r.ID
	if err := s.Changes.Save(ctx, c); err != nil {
		return "", err
	}
	return r.ID, s.updateDeal(ctx, d, module.Patch{"return_id": r.ID})
}

// locate sets where a return goes, unless that is known or not given.
func (s *Service) locate(ctx context.Context, returnID string, location *string) error {
	if location == nil {
		return nil
	}
	r, err := s.Returns.Retrieve(ctx, returnID)
	if err != nil || r.LocationID != nil {
		return err
	}
	r.LocationID = location
	return s.Returns.Save(ctx, r)
}

// requestBack adds lines that are sent back to a draft of a deal.
func (s *Service) requestBack(ctx context.Context, model, id string, location *string, items []Back) ([]*ChangeAction, error) {
	var added []*ChangeAction
	err := s.inDeal(ctx, model, id, "draft", func(ctx context.Context, o *Order, d *deal, c *Change) error {
		if err := s.haveItems(ctx, o, module.IDs(pointers(items), func(i *Back) string { return i.ItemID })); err != nil {
			return err
		}
		returnID, err := s.inbound(ctx, o, d, c, location)
		if err != nil {
			return err
		}
		added, err = s.RequestItems(ctx, returnID, items...)
		return err
	})
	return added, err
}

func pointers[T any](all []T) []*T {
	out := make([]*T, len(all))
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

// discardDeal deletes a draft of a deal with its change and its return.
func (s *Service) discardDeal(ctx context.Context, model, id string) error {
	return s.inDeal(ctx, model, id, "draft", func(ctx context.Context, o *Order, d *deal, c *Change) error {
		if err := s.discard(ctx, o, c); err != nil {
			return err
		}
		if err := s.Returns.SoftDelete(ctx, given(d.returned)...); err != nil {
			return err
		}
		if model == "claim" {
			return s.Claims.SoftDelete(ctx, id)
		}
		return s.Exchanges.SoftDelete(ctx, id)
	})
}

// confirmDeal confirms a draft of a deal: its return is requested from then on. check
// says what it must have, write writes its items.
func (s *Service) confirmDeal(ctx context.Context, model, id, by string, check func(*deal, []*ChangeAction) error, write func(context.Context, []*ChangeAction) error) (*Snapshot, error) {
	var after *Snapshot
	err := s.inDeal(ctx, model, id, "confirm", func(ctx context.Context, o *Order, d *deal, c *Change) error {
		actions, err := s.actions(ctx, c)
		if err != nil {
			return err
		}
		if err := check(d, actions); err != nil {
			return err
		}
		if d.returned != nil && requestedBy(actions) == 0 { // all its items were taken out of the draft again
			if actions, err = s.forgetReturn(ctx, o, d, c, actions); err != nil {
				return err
			}
		}
		if after, err = s.confirm(ctx, o, c, actions, by); err != nil {
			return err
		}
		if err := write(ctx, actions); err != nil || d.returned == nil {
			return err
		}
		r, err := s.Returns.Retrieve(ctx, *d.returned)
		if err != nil {
			return err
		}
		return s.requestReturn(ctx, r, actions)
	})
	return after, err
}

// forgetReturn deletes the return of a draft of a deal with what was to carry it, and
// returns the actions that are left.
func (s *Service) forgetReturn(ctx context.Context, o *Order, d *deal, c *Change, actions []*ChangeAction) ([]*ChangeAction, error) {
	carrying, left := carriage(actions, *d.returned)
	if err := s.ChangeActions.SoftDelete(ctx, idsOf(carrying)...); err != nil {
		return nil, err
	}
	if err := s.dropDrafted(ctx, o, carrying, left...); err != nil {
		return nil, err
	}
	if err := s.Returns.SoftDelete(ctx, *d.returned); err != nil {
		return nil, err
	}
	d.returned, c.ReturnID = nil, nil
	return left, s.updateDeal(ctx, d, module.Patch{"return_id": nil})
}

// carriage divides actions into those that add shipping methods of a return, and the rest.
func carriage(actions []*ChangeAction, returnID string) (carrying, rest []*ChangeAction) {
	for _, a := range actions {
		if a.Action == ShippingAdd && deref(a.ReturnID) == returnID {
			carrying = append(carrying, a)
		} else {
			rest = append(rest, a)
		}
	}
	return carrying, rest
}

// updateDeal sets columns of a deal.
func (s *Service) updateDeal(ctx context.Context, d *deal, p module.Patch) (err error) {
	if d.model == "claim" {
		_, err = s.Claims.Update(ctx, []string{d.id}, p)
	} else {
		_, err = s.Exchanges.Update(ctx, []string{d.id}, p)
	}
	return err
}

// cancelDeal cancels a confirmed deal: what it has added is removed, and then its return
// is canceled, if it has one. Nothing of the return may have arrived. added returns the
// change that takes back what the deal has added to the order.
func (s *Service) cancelDeal(ctx context.Context, model, id, by string, added func(context.Context) (NewChange, error)) error {
	return s.inDeal(ctx, model, id, "cancel", func(ctx context.Context, o *Order, d *deal, _ *Change) error {
		if err := s.noOpenChange(ctx, o); err != nil {
			return err
		}
		change, err := added(ctx)
		if err != nil {
			return err
		}
		out, err := s.removing(ctx, o, func(p *Shipping) bool {
			return p.ReturnID == nil && deref(map[string]*string{"claim": p.ClaimID, "exchange": p.ExchangeID}[model]) == id
		})
		if err != nil {
			return err
		}
		in, err := s.Items.List(ctx, module.Where{"order_id": o.ID, "version": o.Version}, module.Page{})
		if err != nil {
			return err
		}
		change.OrderID, change.By, change.Actions = o.ID, by, append(left(change.Actions, in), out...)
		var r *Return
		if d.returned != nil {
			if r, err = s.Returns.Retrieve(ctx, *d.returned); err != nil {
				return err
			}
			if err := endable(r); err != nil {
				return err
			}
		}
		if len(change.Actions) > 0 {
			after, err := s.applyChange(ctx, o, change)
			if err != nil {
				return err
			}
			o = after.Order
		}
		if err := s.updateDeal(ctx, d, module.Patch{"canceled_at": s.now()}); err != nil || r == nil || r.Status == ReturnCanceled {
			return err
		}
		return s.cancelReturn(ctx, o, r, by)
	})
}

// left returns the actions that take back what a deal has added to items, as far as it is
// still there: an edit may have removed items, and another return may have brought them
// back damaged.
func left(actions []NewAction, in []*Item) (out []NewAction) {
	used := map[string]money.Amount{}
	for _, a := range actions {
		at := slices.IndexFunc(in, func(i *Item) bool { return i.ItemID == a.Details.ReferenceID })
		if at < 0 {
			continue
		}
		most := in[at].Quantity
		if a.Action == ReinstateItem {
			most = writtenOff.left(in[at])
		}
		if most = most.Sub(used[in[at].ID]); most.Sign() > 0 {
			a.Details.Quantity = new(least(*a.Details.Quantity, most))
			used[in[at].ID] = used[in[at].ID].Add(*a.Details.Quantity)
			out = append(out, a)
		}
	}
	return out
}

// endable returns an error unless a return can be canceled with its deal.
func endable(r *Return) error {
	if r.Status == ReturnCanceled {
		return nil
	}
	return ReturnStates.Check("cancel", r.ID, r.Status)
}
