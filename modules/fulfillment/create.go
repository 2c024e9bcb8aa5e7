package fulfillment

import (
	"context"
	"slices"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// Create creates a fulfillment with its items, labels and address, packed now, and has
// its provider take it on: its own or else that of its shipping option. Without a
// provider, there is no call. If the provider declines, the fulfillment is canceled.
// A fulfillment that says that it was shipped, delivered or canceled is refused.
func (s *Service) Create(ctx context.Context, f *Fulfillment) error {
	return s.create(ctx, f, CallCreate)
}

// CreateReturn is Create for a parcel that the customer sends back.
func (s *Service) CreateReturn(ctx context.Context, f *Fulfillment) error {
	return s.create(ctx, f, CallCreateReturn)
}

func (s *Service) create(ctx context.Context, f *Fulfillment, call ProviderCall) error {
	if err := checkNew(f); err != nil {
		return err
	}
	if f.ProviderID == nil && f.ShippingOptionID != nil {
		option, err := s.ShippingOptions.Retrieve(ctx, *f.ShippingOptionID)
		if err != nil {
			return err
		}
		f.ProviderID = option.ProviderID
	}
	if f.PackedAt == nil {
		f.PackedAt = new(s.store.Now())
	}
	err := s.run(ctx, f.ProviderID, call, func(ctx context.Context, w waiting) (*Fulfillment, error) {
		f.ProviderCall, f.ProviderKey = w.call, w.key
		return f, s.Fulfillments.Create(ctx, f)
	})
	if err != nil {
		return err
	}
	stored, err := s.Fulfillments.Retrieve(ctx, f.ID)
	if err == nil {
		f.Data, f.ProviderCall, f.ProviderKey, f.UpdatedAt = stored.Data, stored.ProviderCall, stored.ProviderKey, stored.UpdatedAt
	}
	return err
}

// checkNew checks that a fulfillment has items, and that nothing has happened to it but
// that it may be packed: the other times are set by operations.
func checkNew(f *Fulfillment) error {
	if f == nil {
		return fault.New(fault.InvalidData, "the fulfillment is null; it must be a fulfillment with at least one item")
	}
	if len(f.Items) == 0 {
		return fault.New(fault.InvalidData, "fulfillment.items is empty: a fulfillment needs at least one item")
	}
	if i := slices.Index(f.Items, nil); i >= 0 {
		return fault.New(fault.InvalidData, "fulfillment.items[%d] is null; it must be an item", i)
	}
	if state := f.State(); !slices.Contains(parcels.Start, state) {
		return fault.New(fault.InvalidData, "a new fulfillment cannot be %s: fulfillment.shipped_at, delivered_at and canceled_at must be left out; Ship, Deliver and Cancel set them", state)
	}
	return nil
}

// Shipping is what is known of a fulfillment that is shipped.
type Shipping struct {
	ID     string
	Labels []*Label // in addition to those that it has
	By     *string  // who says so
}

// Ship marks a fulfillment as shipped and adds its labels.
func (s *Service) Ship(ctx context.Context, sent Shipping) error {
	return s.change(ctx, sent.ID, byShip, func(ctx context.Context, f *Fulfillment) error {
		if f.ShippingOptionID == nil {
			return fault.New(fault.NotAllowed, "fulfillment %q cannot be shipped: it has no shipping option", f.ID)
		}
		if err := s.label(ctx, f, sent.Labels); err != nil {
			return err
		}
		return s.set(ctx, f, module.Patch{"shipped_at": s.store.Now(), "marked_shipped_by": sent.By})
	})
}

// Deliver marks a fulfillment as delivered, whether it was shipped or handed over.
func (s *Service) Deliver(ctx context.Context, id string) error {
	return s.change(ctx, id, byDeliver, func(ctx context.Context, f *Fulfillment) error {
		return s.set(ctx, f, module.Patch{"delivered_at": s.store.Now()})
	})
}

// Cancel cancels a fulfillment that was neither shipped nor delivered, and tells its
// provider.
func (s *Service) Cancel(ctx context.Context, id string) error {
	f, err := s.Fulfillments.Retrieve(ctx, id)
	if err != nil {
		return err
	}
	return s.run(ctx, f.ProviderID, CallCancel, func(ctx context.Context, w waiting) (*Fulfillment, error) {
		f, err := s.lock(ctx, id, byCancel)
		if err != nil {
			return nil, err
		}
		f.ProviderCall, f.ProviderKey = w.call, w.key
		patch := module.Patch{"provider_call": string(w.call), "provider_key": w.key}
		if w.call == CallNone { // there is no provider
			patch["canceled_at"] = s.store.Now()
		}
		return f, s.set(ctx, f, patch)
	})
}

// change makes a change that an operation allows to a fulfillment.
func (s *Service) change(ctx context.Context, id, by string, do func(context.Context, *Fulfillment) error) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		f, err := s.lock(ctx, id, by)
		if err != nil {
			return err
		}
		return do(ctx, f)
	})
}

// lock locks a fulfillment, and returns an error unless an operation is allowed.
func (s *Service) lock(ctx context.Context, id, by string) (*Fulfillment, error) {
	locked, err := s.Fulfillments.Lock(ctx, id)
	if err != nil {
		return nil, err
	}
	f := locked[id]
	if f == nil {
		return s.Fulfillments.Retrieve(ctx, id) // which says that it is not there
	}
	if err := parcels.Check(by, id, f.State()); err != nil {
		return nil, err
	}
	if f.ProviderCall != CallNone {
		return nil, fault.New(fault.Conflict, "cannot %s fulfillment %q: its provider has not yet answered to %s; try again when it has", by, id, f.ProviderCall)
	}
	return f, nil
}

func (s *Service) set(ctx context.Context, f *Fulfillment, p module.Patch) error {
	_, err := s.Fulfillments.Update(ctx, []string{f.ID}, p)
	return err
}

// label adds labels to a fulfillment.
func (s *Service) label(ctx context.Context, f *Fulfillment, labels []*Label) error {
	labels = slices.Collect(module.Present(labels))
	for _, l := range labels {
		l.FulfillmentID = f.ID
	}
	return s.Labels.Create(ctx, labels...)
}
