package fulfillment_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/fulfillment"
	"github.com/gorgon-commerce/gorgon/money"
)

// carrier is a provider outside of the shop. The functions of fail decide about its
// next calls.
type carrier struct {
	fail  []func(do func()) error
	done  map[string]fulfillment.Receipt
	jobs  []fulfillment.Job
	calls int
	data  string // of its receipts, instead of the way
}

var errLost = errors.New("no answer")

func loseCall(func()) error { return errLost }

func loseAnswer(do func()) error {
	do()
	return errLost
}

func decline(func()) error { return fulfillment.Decline("the truck is full") }

func (c *carrier) FulfillmentProviderID() string { return "truck_test" }

func (c *carrier) Services(context.Context) ([]fulfillment.ProviderService, error) { return nil, nil }

func (c *carrier) Price(context.Context, fulfillment.Parcel) (fulfillment.Quote, error) {
	return fulfillment.Quote{}, nil
}

func (c *carrier) Create(_ context.Context, j fulfillment.Job) (fulfillment.Receipt, error) {
	return c.do("there", j)
}

func (c *carrier) CreateReturn(_ context.Context, j fulfillment.Job) (fulfillment.Receipt, error) {
	return c.do("back", j)
}

func (c *carrier) Cancel(_ context.Context, j fulfillment.Job) (fulfillment.Receipt, error) {
	return c.do("", j)
}

func (c *carrier) do(way string, j fulfillment.Job) (fulfillment.Receipt, error) {
	c.calls++
	carry := func() {
		if _, again := c.done[j.Key]; again {
			return
		}
		c.jobs = append(c.jobs, j)
		r := fulfillment.Receipt{Data: json.RawMessage(`{"way":"` + way + `"}`)}
		if c.data != "" {
			r.Data = json.RawMessage(c.data)
		}
		if way != "" {
			r.Labels = []*fulfillment.Label{{TrackingNumber: "T" + way}}
		}
		c.done[j.Key] = r
	}
	if len(c.fail) > 0 {
		fail := c.fail[0]
		if c.fail = c.fail[1:]; fail != nil {
			return fulfillment.Receipt{}, fail(carry)
		}
	}
	carry()
	return c.done[j.Key], nil
}

// warehouse returns a store with a carrier and the manual provider, and the id of a
// shipping option of each.
func warehouse(t *testing.T, d db.DB) (s *fulfillment.Service, c *carrier, options map[string]string) {
	t.Helper()
	c = &carrier{done: map[string]fulfillment.Receipt{}}
	own := &module.Module{Name: "truck", Service: func(*module.Store) any { return c }}
	s = fulfillment.New(moduletest.Open(t, d, moduletest.Graph(fulfillment.Module, own)))
	if err := s.AddProviders(t.Context()); err != nil {
		t.Fatal(err)
	}
	set := delivery()
	first := set.ServiceZones[0].ShippingOptions[0]
	second := *first
	first.ProviderID, second.ProviderID = new(fulfillment.ManualProviderID), new("truck_test")
	second.Rules, second.Data = nil, model.RawJSON(`{"id":"fast"}`)
	set.ServiceZones[0].ShippingOptions = append(set.ServiceZones[0].ShippingOptions, &second)
	moduletest.Create(t, s.Sets, set)
	return s, c, map[string]string{fulfillment.ManualProviderID: first.ID, "truck_test": second.ID}
}

func mug(option string) *fulfillment.Fulfillment {
	return &fulfillment.Fulfillment{
		LocationID: "sloc_1", ShippingOptionID: &option, DeliveryAddress: &fulfillment.Address{City: new("Paris")},
		Items: []*fulfillment.Item{{Title: "Mug", Quantity: money.Int(2)}}, Data: model.RawJSON(`{"box":1}`),
	}
}

func get(t *testing.T, s *fulfillment.Service, id string) *fulfillment.Fulfillment {
	t.Helper()
	f, err := s.Fulfillments.Retrieve(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Every operation is tried in every state, with both kinds of provider.
func TestEveryStateAndOperation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, _, options := warehouse(t, d)
		now := time.Now()
		states := map[fulfillment.State]module.Patch{
			fulfillment.StateCreated: {"packed_at": nil}, fulfillment.StatePacked: {}, fulfillment.StateShipped: {"shipped_at": now},
			fulfillment.StateDelivered: {"delivered_at": now}, fulfillment.StateCanceled: {"canceled_at": now},
		}
		operations := map[string]struct {
			do   func(id string) error
			from string
			to   fulfillment.State
		}{
			"ship":    {func(id string) error { return s.Ship(t.Context(), fulfillment.Shipping{ID: id}) }, "created packed", fulfillment.StateShipped},
			"deliver": {func(id string) error { return s.Deliver(t.Context(), id) }, "created packed shipped", fulfillment.StateDelivered},
			"cancel":  {func(id string) error { return s.Cancel(t.Context(), id) }, "created packed", fulfillment.StateCanceled},
		}
		for _, option := range options {
			for state, patch := range states {
				for name, op := range operations {
					f := mug(option)
					if err := s.Create(t.Context(), f); err != nil {
						t.Fatal(err)
					}
					if len(patch) > 0 {
						if _, err := s.Fulfillments.Update(t.Context(), []string{f.ID}, patch); err != nil {
							t.Fatal(err)
						}
					}
					err, got := op.do(f.ID), get(t, s, f.ID).State()
					if strings.Contains(op.from, string(state)) {
						if err != nil || got != op.to {
							t.Errorf("%s when %s: %v, then %s; want %s", name, state, err, got, op.to)
						}
					} else if fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), f.ID) || got != state {
						t.Errorf("%s when %s: %v, then %s; want a refusal", name, state, err, got)
					}
				}
			}
		}
	})
}

// A new parcel holds something, and is at most packed.
func TestNewParcelsThatAreRefused(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		c := &carrier{done: map[string]fulfillment.Receipt{}}
		own := &module.Module{Name: "truck", Service: func(*module.Store) any { return c }}
		store := moduletest.Open(t, d, moduletest.Graph(fulfillment.Module, own))
		s := fulfillment.New(store)
		if err := s.AddProviders(t.Context()); err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		for way, create := range map[string]func(context.Context, *fulfillment.Fulfillment) error{"there": s.Create, "back": s.CreateReturn} {
			parcel := func(spoil func(*fulfillment.Fulfillment)) func(context.Context) error {
				f := &fulfillment.Fulfillment{LocationID: "sloc_1", ProviderID: new("truck_test"), Items: []*fulfillment.Item{{Title: "Mug", Quantity: money.Int(1)}}}
				spoil(f)
				return func(ctx context.Context) error { return create(ctx, f) }
			}
			moduletest.Refuse(t, store,
				moduletest.Refusal{Name: way + " shipped", Do: parcel(func(f *fulfillment.Fulfillment) { f.ShippedAt = &now }), Words: []string{"cannot be shipped", "shipped_at"}},
				moduletest.Refusal{Name: way + " delivered", Do: parcel(func(f *fulfillment.Fulfillment) { f.DeliveredAt = &now }), Words: []string{"cannot be delivered"}},
				moduletest.Refusal{Name: way + " canceled", Do: parcel(func(f *fulfillment.Fulfillment) { f.CanceledAt = &now }), Words: []string{"cannot be canceled"}},
				moduletest.Refusal{Name: way + " all at once", Do: parcel(func(f *fulfillment.Fulfillment) { f.ShippedAt, f.DeliveredAt, f.CanceledAt = &now, &now, &now }), Words: []string{"cannot be canceled"}},
				moduletest.Refusal{Name: way + " none", Do: func(ctx context.Context) error { return create(ctx, nil) }, Words: []string{"the fulfillment is null"}},
				moduletest.Refusal{Name: way + " empty", Do: parcel(func(f *fulfillment.Fulfillment) { f.Items = nil }), Words: []string{"fulfillment.items is empty"}},
				moduletest.Refusal{Name: way + " nothing", Do: parcel(func(f *fulfillment.Fulfillment) { f.Items = []*fulfillment.Item{nil} }), Words: []string{"fulfillment.items[0] is null"}},
				moduletest.Refusal{Name: way + " something and nothing", Do: parcel(func(f *fulfillment.Fulfillment) { f.Items = append(f.Items, nil) }), Words: []string{"fulfillment.items[1] is null"}},
				moduletest.Refusal{Name: way + " 29 digits", Do: parcel(func(f *fulfillment.Fulfillment) {
					f.Items[0].Quantity = money.MustParse("1.2345678901234567890123456789")
				}), Words: []string{"fulfillment_item.quantity", "20 digits"}},
			)
		}
		if c.calls != 0 {
			t.Errorf("the carrier was called %d times about what was refused", c.calls)
		}
		packed := &fulfillment.Fulfillment{LocationID: "sloc_1", PackedAt: &now, Items: []*fulfillment.Item{{Title: "Mug", Quantity: money.MustParse("0.12345678901234567891")}}}
		if err := s.Create(t.Context(), packed); err != nil || get(t, s, packed.ID).State() != fulfillment.StatePacked {
			t.Errorf("a parcel that is packed: %v", err)
		}
	})
}

func TestParcels(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, c, options := warehouse(t, d)
		f := mug(options["truck_test"])
		if err := s.CreateReturn(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		if *f.ProviderID != "truck_test" || f.PackedAt == nil || !strings.Contains(string(f.Data), "back") {
			t.Errorf("the return is %+v", f)
		}
		if j := c.jobs[0]; j.LocationID != "sloc_1" || *j.Address.City != "Paris" || j.Items[0].Title != "Mug" || !strings.Contains(string(j.Option), "fast") || !strings.Contains(string(j.Data), "box") {
			t.Errorf("the carrier was told %+v", j)
		}
		if err := s.Ship(t.Context(), fulfillment.Shipping{ID: f.ID, Labels: []*fulfillment.Label{{TrackingNumber: "own"}}, By: new("user_1")}); err != nil {
			t.Fatal(err)
		}
		labels, err := s.Labels.List(t.Context(), module.Where{"fulfillment_id": f.ID}, module.Page{})
		if err != nil || len(labels) != 2 || *get(t, s, f.ID).MarkedShippedBy != "user_1" {
			t.Errorf("%d labels, %v", len(labels), err)
		}
		bare := &fulfillment.Fulfillment{LocationID: "sloc_1", Items: []*fulfillment.Item{{Title: "Mug", Quantity: money.Int(1)}}}
		if err := s.Create(t.Context(), bare); err != nil {
			t.Fatal(err)
		}
		if err := s.Ship(t.Context(), fulfillment.Shipping{ID: bare.ID}); fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), "no shipping option") {
			t.Errorf("shipping without an option: %v", err)
		}
		if err := s.Cancel(t.Context(), bare.ID); err != nil || get(t, s, bare.ID).State() != fulfillment.StateCanceled {
			t.Errorf("canceling without a provider: %v", err)
		}
		if err := s.Create(t.Context(), &fulfillment.Fulfillment{LocationID: "sloc_1"}); fault.TypeOf(err) != fault.InvalidData {
			t.Errorf("nothing in the parcel: %v", err)
		}
		if err := s.Deliver(t.Context(), "ful_x"); fault.TypeOf(err) != fault.NotFound {
			t.Errorf("delivering what is not there: %v", err)
		}
	})
}

// A carrier that does not answer is asked again, and does everything once.
func TestCarrierDoesNotAnswer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, c, options := warehouse(t, d)
		for _, lost := range []func(func()) error{loseCall, loseAnswer} {
			c.fail, c.jobs = []func(func()) error{lost}, nil
			f := mug(options["truck_test"])
			if err := s.Create(t.Context(), f); fault.TypeOf(err) != fault.Unavailable || !errors.Is(err, errLost) {
				t.Errorf("creating: %v", err)
			}
			for name, err := range map[string]error{"ship": s.Ship(t.Context(), fulfillment.Shipping{ID: f.ID}), "cancel": s.Cancel(t.Context(), f.ID)} {
				if fault.TypeOf(err) != fault.Conflict {
					t.Errorf("%s before the carrier has answered: %v", name, err)
				}
			}
			reconcile(t, s, 1)
			if got := get(t, s, f.ID); got.ProviderCall != fulfillment.CallNone || got.State() != fulfillment.StatePacked || len(c.jobs) != 1 {
				t.Errorf("%d jobs, and the fulfillment is %+v", len(c.jobs), got)
			}
			c.fail = []func(func()) error{lost}
			if err := s.Cancel(t.Context(), f.ID); fault.TypeOf(err) != fault.Unavailable {
				t.Errorf("canceling: %v", err)
			}
			reconcile(t, s, 1)
			reconcile(t, s, 0)
			if got := get(t, s, f.ID); got.State() != fulfillment.StateCanceled || len(c.jobs) != 2 {
				t.Errorf("%d jobs, and the fulfillment is %s", len(c.jobs), got.State())
			}
		}
	})
}

func reconcile(t *testing.T, s *fulfillment.Service, want int) {
	t.Helper()
	if n, err := s.Reconcile(t.Context(), 0); n != want || err != nil {
		t.Errorf("reconciled %d, %v; want %d", n, err, want)
	}
}

// What a carrier did is stored even if its data cannot be: the data from before stays.
func TestUnusableReceipts(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, c, options := warehouse(t, d)
		for _, c.data = range []string{"not json", `"\u0000"`, "\"\xff\""} {
			f := mug(options["truck_test"])
			if err := s.Create(t.Context(), f); err != nil || !strings.Contains(string(f.Data), "box") || f.ProviderCall != fulfillment.CallNone {
				t.Fatalf("creating with %q: %+v, %v", c.data, f, err)
			}
			if err := s.Cancel(t.Context(), f.ID); err != nil || get(t, s, f.ID).State() != fulfillment.StateCanceled {
				t.Errorf("canceling with %q: %v", c.data, err)
			}
		}
		reconcile(t, s, 0)
	})
}

func TestCarrierDeclines(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, c, options := warehouse(t, d)
		c.fail = []func(func()) error{decline, nil, decline}
		f := mug(options["truck_test"])
		if err := s.Create(t.Context(), f); fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), "truck is full") {
			t.Errorf("creating: %v", err)
		}
		if got := get(t, s, f.ID); got.State() != fulfillment.StateCanceled {
			t.Errorf("what was declined is %s", got.State())
		}
		f = mug(options["truck_test"])
		if err := s.Create(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		if err := s.Cancel(t.Context(), f.ID); fault.TypeOf(err) != fault.NotAllowed {
			t.Errorf("canceling: %v", err)
		}
		if got := get(t, s, f.ID); got.State() != fulfillment.StatePacked || got.ProviderCall != fulfillment.CallNone {
			t.Errorf("what was not canceled is %+v", got)
		}
		if err := s.Cancel(t.Context(), f.ID); err != nil {
			t.Errorf("canceling again: %v", err)
		}
	})
}

// A carrier outside is not called inside a transaction; the manual provider is, and
// what it did is rolled back.
func TestCarriersInTransactions(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s, c, options := warehouse(t, d)
		stop := errors.New("stop")
		err := db.Do(t.Context(), d, func(ctx context.Context) error {
			if err := s.Create(ctx, mug(options["truck_test"])); fault.TypeOf(err) != fault.UnexpectedState || !strings.Contains(err.Error(), "transaction") {
				t.Errorf("with a carrier outside: %v", err)
			}
			if err := s.Create(ctx, mug(options[fulfillment.ManualProviderID])); err != nil {
				t.Errorf("with the manual provider: %v", err)
			}
			return stop
		})
		if n, failed := s.Fulfillments.Count(t.Context(), nil); !errors.Is(err, stop) || n != 0 || failed != nil || c.calls != 0 {
			t.Errorf("%v; %d fulfillments, %v; %d calls", err, n, failed, c.calls)
		}
	})
}
