package order

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// RevertVersion takes an order back to the version before the one in force, and deletes
// the change that made it, with the return, claim or exchange that it began. The order
// must not be canceled and have no open change. What happened in other modules stays.
func (s *Service) RevertVersion(ctx context.Context, orderID string) error {
	return s.takeBack(ctx, orderID, func(ctx context.Context, o *Order, c *Change, actions []*ChangeAction) error {
		if err := s.dropDeals(ctx, c); err != nil {
			return err
		}
		if err := s.Changes.SoftDelete(ctx, c.ID); err != nil {
			return err
		}
		return s.dropDrafted(ctx, o, actions)
	})
}

// UndoChange takes an order back to the version before the one in force, and opens the
// change that made it again. A return, claim or exchange that it confirmed is a draft
// again.
func (s *Service) UndoChange(ctx context.Context, orderID string) (*Change, error) {
	var undone *Change
	err := s.takeBack(ctx, orderID, func(ctx context.Context, _ *Order, c *Change, actions []*ChangeAction) error {
		undone = c
		if err := s.reopenDeals(ctx, c); err != nil {
			return err
		}
		if _, err := s.ChangeActions.Update(ctx, idsOf(actions), module.Patch{"applied": false}); err != nil {
			return err
		}
		c.Status, c.ConfirmedAt, c.ConfirmedBy = ChangePending, nil, nil
		return s.Changes.Save(ctx, c)
	})
	return undone, err
}

// takeBack drops the version in force of an order, and calls do with the order as it is
// then and the change that had made the version, with its actions.
func (s *Service) takeBack(ctx context.Context, orderID string, do func(context.Context, *Order, *Change, []*ChangeAction) error) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.changeable(ctx, orderID)
		if err != nil {
			return err
		}
		if err := s.noOpenChange(ctx, o); err != nil {
			return err
		}
		if o.Version <= 1 {
			return fault.New(fault.InvalidData, "order %q is in version %d; there is none before it", o.ID, o.Version)
		}
		c, err := s.madeVersion(ctx, o)
		if err != nil {
			return err
		}
		if c.ChangeType == nil && (c.ReturnID != nil || c.ClaimID != nil || c.ExchangeID != nil) {
			return fault.New(fault.InvalidData, "version %d of order %q canceled a return, claim or exchange; that cannot be taken back", o.Version, o.ID)
		}
		actions, err := s.actions(ctx, c)
		if err != nil {
			return err
		}
		if err := s.dropVersion(ctx, o, c, actions); err != nil {
			return err
		}
		return do(ctx, o, c, actions)
	})
}

// madeVersion returns the change that made the version in force of an order.
func (s *Service) madeVersion(ctx context.Context, o *Order) (*Change, error) {
	made, err := s.Changes.List(ctx, module.Where{"order_id": o.ID, "version": o.Version, "status": ChangeConfirmed}, module.Page{Order: []string{"created_at", "id"}})
	if err != nil {
		return nil, err
	}
	for _, c := range made {
		if c.is(ChangeUpdateOrder) { // it makes no version
			continue
		}
		actions, err := s.actions(ctx, c)
		if err != nil || len(actions) > 0 { // a change without actions makes none either
			return c, err
		}
	}
	return nil, fault.New(fault.UnexpectedState, "order %q has no change that made version %d; it cannot be taken back", o.ID, o.Version)
}

// dropVersion deletes the rows of an order's version, which a change has made, and
// computes the totals of the one before.
func (s *Service) dropVersion(ctx context.Context, o *Order, made *Change, actions []*ChangeAction) error {
	now, err := s.snapshot(ctx, o, nil)
	if err != nil {
		return err
	}
	ctx = s.totals().Without(ctx, o.ID)
	var lineOffs, methodOffs []string
	for _, i := range now.Items {
		lineOffs = append(lineOffs, module.IDs(i.Item.Adjustments, func(a *LineItemAdjustment) string { return a.ID })...)
	}
	for _, p := range now.Shippings {
		methodOffs = append(methodOffs, module.IDs(p.ShippingMethod.Adjustments, func(a *ShippingMethodAdjustment) string { return a.ID })...)
	}
	summaries, err := s.Summaries.List(ctx, module.Where{"order_id": o.ID, "version": o.Version}, module.Page{})
	if err != nil {
		return err
	}
	if err := inTurn(
		func() error {
			return s.Items.SoftDelete(ctx, module.IDs(now.Items, func(i *Item) string { return i.ID })...)
		},
		func() error {
			return s.Shippings.SoftDelete(ctx, module.IDs(now.Shippings, func(p *Shipping) string { return p.ID })...)
		},
		func() error {
			return s.CreditLines.SoftDelete(ctx, module.IDs(now.Credits, func(c *CreditLine) string { return c.ID })...)
		},
		func() error { return s.LineItemAdjustments.SoftDelete(ctx, lineOffs...) },
		func() error { return s.ShippingMethodAdjustments.SoftDelete(ctx, methodOffs...) },
		func() error {
			return s.Summaries.SoftDelete(ctx, module.IDs(summaries, func(r *Summary) string { return r.ID })...)
		},
		func() error { return o.giveBack(actions) },
	); err != nil {
		return err
	}
	return s.inForceAgain(ctx, o, made)
}

// inForceAgain puts the version of an order in force that was before a change, and into it
// the transactions and the confirmed changes of the version that the change has made.
func (s *Service) inForceAgain(ctx context.Context, o *Order, made *Change) error {
	version := o.Version - 1
	since, err := s.Transactions.List(ctx, module.Where{"order_id": o.ID, "version": o.Version}, module.Page{})
	if err != nil {
		return err
	}
	for _, t := range since {
		t.Version = version
	}
	if err := s.Transactions.Save(ctx, since...); err != nil {
		return err
	}
	others, err := s.Changes.List(ctx, module.Where{"order_id": o.ID, "version": o.Version, "status": ChangeConfirmed}, module.Page{})
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(c *Change) bool { return c.ID == made.ID })
	for _, c := range others {
		c.Version = version
	}
	if err := s.Changes.Save(ctx, others...); err != nil {
		return err
	}
	o.Version = version
	if err := s.Orders.Save(ctx, o); err != nil {
		return err
	}
	return s.Total(ctx, o.ID)
}

// giveBack sets the columns of an order that a transfer has changed, and nothing since, to
// what they were.
func (o *Order) giveBack(actions []*ChangeAction) error {
	for _, a := range actions {
		if a.Action != TransferCustomer {
			continue
		}
		d, err := a.details()
		if err != nil {
			return err
		}
		if d.OriginalCustomerID == nil {
			return fault.New(fault.InvalidData, "version %d of order %q gave it to a customer, and does not say who had it before; that cannot be taken back", o.Version, o.ID)
		}
		if deref(o.CustomerID) == deref(a.ReferenceID) {
			o.CustomerID = text(*d.OriginalCustomerID)
		}
		if d.NewEmail != nil && deref(o.Email) == *d.NewEmail {
			o.Email = d.OriginalEmail
		}
	}
	return nil
}

// dropDeals deletes the return, claim or exchange that a change has confirmed, or takes
// back what it has received.
func (s *Service) dropDeals(ctx context.Context, c *Change) error {
	if c.is(ChangeReturnReceive) {
		return s.unreceive(ctx, c)
	}
	if !c.is(ChangeReturnRequest) && !c.is(ChangeClaim) && !c.is(ChangeExchange) {
		return nil
	}
	return inTurn(
		func() error { return s.Returns.SoftDelete(ctx, given(c.ReturnID)...) },
		func() error { return s.Claims.SoftDelete(ctx, given(c.ClaimID)...) },
		func() error { return s.Exchanges.SoftDelete(ctx, given(c.ExchangeID)...) },
	)
}

// reopenDeals makes the return, claim or exchange that a change has confirmed a draft
// again, or takes back what it has received.
func (s *Service) reopenDeals(ctx context.Context, c *Change) error {
	if c.is(ChangeReturnReceive) {
		return s.unreceive(ctx, c)
	}
	if c.ReturnID != nil && (c.is(ChangeReturnRequest) || c.is(ChangeClaim) || c.is(ChangeExchange)) {
		if err := s.reopenReturn(ctx, *c.ReturnID); err != nil {
			return err
		}
	}
	if c.ClaimID != nil && c.is(ChangeClaim) {
		items, err := s.ClaimItems.List(ctx, module.Where{"claim_id": *c.ClaimID}, module.Page{})
		if err != nil {
			return err
		}
		return s.ClaimItems.SoftDelete(ctx, module.IDs(items, func(i *ClaimItem) string { return i.ID })...)
	}
	if c.ExchangeID != nil && c.is(ChangeExchange) {
		items, err := s.ExchangeItems.List(ctx, module.Where{"exchange_id": *c.ExchangeID}, module.Page{})
		if err != nil {
			return err
		}
		return s.ExchangeItems.SoftDelete(ctx, module.IDs(items, func(i *ExchangeItem) string { return i.ID })...)
	}
	return nil
}

func (s *Service) reopenReturn(ctx context.Context, id string) error {
	r, err := s.Returns.Retrieve(ctx, id)
	if err != nil {
		return err
	}
	items, err := s.ReturnItems.List(ctx, module.Where{"return_id": id}, module.Page{})
	if err != nil {
		return err
	}
	if err := s.ReturnItems.SoftDelete(ctx, module.IDs(items, func(i *ReturnItem) string { return i.ID })...); err != nil {
		return err
	}
	r.Status, r.RequestedAt = ReturnOpen, nil
	return s.Returns.Save(ctx, r)
}

// unreceive takes back what a change has received of a return.
func (s *Service) unreceive(ctx context.Context, c *Change) error {
	if c.ReturnID == nil {
		return nil
	}
	actions, err := s.actions(ctx, c)
	if err != nil {
		return err
	}
	good, damaged, err := receivedBy(actions)
	if err != nil {
		return err
	}
	r, err := s.Returns.Retrieve(ctx, *c.ReturnID)
	if err != nil {
		return err
	}
	items, err := s.ReturnItems.List(ctx, module.Where{"return_id": r.ID}, module.Page{})
	if err != nil {
		return err
	}
	received := money.Zero
	for _, i := range slices.Backward(items) { // the last to have been received first
		whole := least(good[i.ItemID], i.ReceivedQuantity.Sub(i.DamagedQuantity)) // a line may be in several items
		i.ReceivedQuantity, good[i.ItemID] = i.ReceivedQuantity.Sub(whole), good[i.ItemID].Sub(whole)
		broken := least(damaged[i.ItemID], i.DamagedQuantity)
		i.ReceivedQuantity, i.DamagedQuantity = i.ReceivedQuantity.Sub(broken), i.DamagedQuantity.Sub(broken)
		damaged[i.ItemID] = damaged[i.ItemID].Sub(broken)
		received = received.Add(i.ReceivedQuantity)
	}
	r.Status, r.ReceivedAt = ReturnRequested, nil
	if received.Sign() > 0 {
		r.Status = ReturnPartiallyReceived
	}
	if err := s.ReturnItems.Save(ctx, items...); err != nil {
		return err
	}
	return s.Returns.Save(ctx, r)
}

// is reports whether the change is of a type.
func (c *Change) is(t ChangeType) bool { return c.ChangeType != nil && ChangeType(*c.ChangeType) == t }

// given returns the id, if there is one.
func given(id *string) []string {
	if id == nil {
		return nil
	}
	return []string{*id}
}
