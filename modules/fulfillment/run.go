package fulfillment

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// An operation that a provider takes part in has three steps. Before writes what is
// intended, with the call and its key; then the provider is called; after writes the
// outcome and clears the call. With a provider outside of this program, before and
// after are transactions of their own, so that a call whose answer is lost is known,
// and is finished by Reconcile. With one inside, all three are in one transaction.

// waiting is the call that a fulfillment waits for, with its key.
type waiting struct {
	call ProviderCall
	key  string
}

// run runs the three steps with a provider. Without one, there is no call.
func (s *Service) run(ctx context.Context, provider *string, call ProviderCall, before func(context.Context, waiting) (*Fulfillment, error)) error {
	if provider == nil {
		return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
			_, err := before(ctx, waiting{CallNone, string(CallNone)})
			return err
		})
	}
	p, err := s.Provider(*provider)
	if err == nil {
		err = s.mayCall(ctx, p)
	}
	if err != nil {
		return err
	}
	w := waiting{call, s.store.NewID("fulcall")}
	if inside(p) {
		return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
			f, err := before(ctx, w)
			if err != nil {
				return err
			}
			return s.finish(ctx, p, f.ID)
		})
	}
	var f *Fulfillment
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		f, err = before(ctx, w)
		return err
	})
	if err != nil {
		return err
	}
	return s.finish(ctx, p, f.ID)
}

// mayCall returns an error in a transaction: it would be held while another system
// takes time, and could not take back what that did.
func (s *Service) mayCall(ctx context.Context, p Provider) error {
	if !inside(p) && db.InTx(ctx, s.store.DB) {
		return fault.New(fault.UnexpectedState, "the fulfillment provider %q is outside of this program and was to be called inside a transaction; call it when the transaction is committed", p.FulfillmentProviderID())
	}
	return nil
}

// inside reports whether a provider is called inside transactions.
func inside(p Provider) bool {
	_, ok := p.(Inside)
	return ok
}

// finish calls the provider that a fulfillment waits for, and writes the outcome. If
// the provider does not answer, the fulfillment waits on.
func (s *Service) finish(ctx context.Context, p Provider, id string) error {
	f, err := s.Fulfillments.Retrieve(ctx, id)
	if err != nil || f.ProviderCall == CallNone {
		return err
	}
	j, err := s.job(ctx, f)
	if err != nil {
		return err
	}
	r, err := method(p, f.ProviderCall)(ctx, j)
	declined, refused := errors.AsType[*Declined](err)
	switch {
	case refused && inside(p):
		return f.refused(p, declined)
	case err != nil && !refused:
		return fault.Wrap(err, fault.Unavailable, "fulfillment provider %q has not answered to %s fulfillment %q: whether it was done is not known yet", p.FulfillmentProviderID(), f.ProviderCall, id)
	}
	// What the provider did is stored even if the caller has given up.
	ctx = context.WithoutCancel(ctx)
	err = db.Do(ctx, s.store.DB, func(ctx context.Context) error { return s.after(ctx, f, r, refused) })
	if err == nil && refused {
		err = f.refused(p, declined)
	}
	return err
}

// after writes what became of the call that a fulfillment waits for.
func (s *Service) after(ctx context.Context, asked *Fulfillment, r Receipt, refused bool) error {
	locked, err := s.Fulfillments.Lock(ctx, asked.ID)
	if err != nil {
		return err
	}
	f := locked[asked.ID]
	if f == nil || f.ProviderKey != asked.ProviderKey { // another call has finished it
		return nil
	}
	patch := module.Patch{"provider_call": string(CallNone), "provider_key": string(CallNone)}
	if refused == (f.ProviderCall != CallCancel) { // a cancellation that was done, or a parcel that was not taken on
		patch["canceled_at"] = s.store.Now()
	}
	if usable(r.Data) {
		patch["data"] = model.RawJSON(r.Data)
	}
	if err := s.label(ctx, f, r.Labels); err != nil {
		return err
	}
	return s.set(ctx, f, patch)
}

// usable reports whether the data of a provider can be stored. A parcel whose outcome is
// refused would wait for ever.
func usable(data json.RawMessage) bool {
	return json.Valid(data) && utf8.Valid(data) && !bytes.Contains(data, []byte(`\u0000`))
}

// job returns what the provider is told of a fulfillment.
func (s *Service) job(ctx context.Context, f *Fulfillment) (Job, error) {
	j := Job{Key: f.ProviderKey, FulfillmentID: f.ID, LocationID: f.LocationID, Data: []byte(f.Data)}
	var err error
	if j.Items, err = s.Items.List(ctx, module.Where{"fulfillment_id": f.ID}, module.Page{}); err != nil {
		return j, err
	}
	if f.DeliveryAddressID != nil {
		if j.Address, err = s.Addresses.Retrieve(ctx, *f.DeliveryAddressID); err != nil {
			return j, err
		}
	}
	if f.ShippingOptionID != nil {
		found, err := s.ShippingOptions.List(ctx, module.Where{"id": *f.ShippingOptionID}, module.Page{WithDeleted: true})
		if err != nil {
			return j, err
		}
		for _, o := range found {
			j.Option = []byte(o.Data)
		}
	}
	return j, nil
}

// method returns the method of a provider that is called.
func method(p Provider, call ProviderCall) func(context.Context, Job) (Receipt, error) {
	return map[ProviderCall]func(context.Context, Job) (Receipt, error){
		CallCreate: p.Create, CallCreateReturn: p.CreateReturn, CallCancel: p.Cancel,
	}[call]
}

func (f *Fulfillment) refused(p Provider, d *Declined) error {
	return fault.New(fault.NotAllowed, "fulfillment provider %q would not %s fulfillment %q: %s", p.FulfillmentProviderID(), f.ProviderCall, f.ID, d.Reason)
}

// Reconcile finishes calls of providers that have had no answer for longer than a
// duration, by making them again with their keys. It returns how many it finished, and
// the errors of the others. It must not be called in a transaction.
func (s *Service) Reconcile(ctx context.Context, olderThan time.Duration) (finished int, err error) {
	calls := []string{string(CallCreate), string(CallCreateReturn), string(CallCancel)}
	open, err := s.Fulfillments.List(ctx, module.Where{"provider_call": calls}, module.Page{Order: []string{"updated_at"}})
	if err != nil {
		return 0, err
	}
	latest := s.store.Now().Add(-olderThan)
	for _, f := range open {
		if f.UpdatedAt.After(latest) || f.ProviderID == nil {
			continue
		}
		p, failed := s.Provider(*f.ProviderID)
		if failed == nil {
			failed = s.mayCall(ctx, p)
		}
		if failed == nil {
			failed = s.finish(ctx, p, f.ID)
		}
		if failed != nil && fault.TypeOf(failed) != fault.NotAllowed { // a refusal is an outcome
			err = errors.Join(err, failed)
			continue
		}
		finished++
	}
	return finished, err
}
