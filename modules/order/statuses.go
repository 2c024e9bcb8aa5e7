package order

import (
	"context"

	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// PaymentStatus says how far an order is paid. It follows from the payment collections
// that are linked to the order.
type PaymentStatus string

// The payment statuses of an order.
const (
	PaymentNotPaid             PaymentStatus = "not_paid"
	PaymentAwaiting            PaymentStatus = "awaiting"
	PaymentAuthorized          PaymentStatus = "authorized"
	PaymentPartiallyAuthorized PaymentStatus = "partially_authorized"
	PaymentCaptured            PaymentStatus = "captured"
	PaymentPartiallyCaptured   PaymentStatus = "partially_captured"
	PaymentPartiallyRefunded   PaymentStatus = "partially_refunded"
	PaymentRefunded            PaymentStatus = "refunded"
	PaymentCanceled            PaymentStatus = "canceled"
	PaymentRequiresAction      PaymentStatus = "requires_action"
)

// FulfillmentStatus says how far an order is fulfilled. It follows from its items and
// from the fulfillments that are linked to the order.
type FulfillmentStatus string

// The fulfillment statuses of an order.
const (
	FulfillmentNotFulfilled       FulfillmentStatus = "not_fulfilled"
	FulfillmentPartiallyFulfilled FulfillmentStatus = "partially_fulfilled"
	FulfillmentFulfilled          FulfillmentStatus = "fulfilled"
	FulfillmentPartiallyShipped   FulfillmentStatus = "partially_shipped"
	FulfillmentShipped            FulfillmentStatus = "shipped"
	FulfillmentPartiallyDelivered FulfillmentStatus = "partially_delivered"
	FulfillmentDelivered          FulfillmentStatus = "delivered"
	FulfillmentCanceled           FulfillmentStatus = "canceled"
)

// Statuses are how far an order is paid and fulfilled.
type Statuses struct {
	PaymentStatus     PaymentStatus     `json:"payment_status" model:"default=not_paid,follows,unlisted,index,enum=not_paid|awaiting|authorized|partially_authorized|captured|partially_captured|partially_refunded|refunded|canceled|requires_action"`
	FulfillmentStatus FulfillmentStatus `json:"fulfillment_status" model:"default=not_fulfilled,follows,unlisted,index,enum=not_fulfilled|partially_fulfilled|fulfilled|partially_shipped|shipped|partially_delivered|delivered|canceled"`
}

// Collected is what the payment status reads of a payment collection.
type Collected struct {
	Status                     string
	Amount, Captured, Refunded money.Amount
}

// PaymentStatusOf returns the payment status of an order in a currency with the
// collections. Two amounts are the same if they differ by no more than the smallest unit
// of the currency.
func PaymentStatusOf(currency string, all []Collected) PaymentStatus {
	count, captured, refunded := map[string]int{}, 0, 0 // captured and refunded in halves
	for _, c := range all {
		count[c.Status]++
		if c.Captured.Sign() > 0 || c.Amount.IsZero() {
			captured += halves(c.Amount, c.Captured, currency)
		}
		if c.Refunded.Sign() > 0 {
			refunded += halves(c.Amount, c.Refunded, currency)
		}
	}
	live := len(all) - count["canceled"]
	authorized, partially := count["authorized"], count["partially_authorized"]
	for _, rule := range []struct {
		holds bool
		is    PaymentStatus
	}{
		{count["requires_action"] > 0, PaymentRequiresAction},
		{refunded > 0 && refunded == captured, PaymentRefunded},
		{refunded > 0, PaymentPartiallyRefunded},
		{captured > 0 && captured == 2*live, PaymentCaptured},
		{captured > 0, PaymentPartiallyCaptured},
		{authorized > 0 && authorized == live, PaymentAuthorized},
		{authorized+partially > 0, PaymentPartiallyAuthorized},
		{len(all) > 0 && live == 0, PaymentCanceled},
		{count["awaiting"] > 0, PaymentAwaiting},
	} {
		if rule.holds {
			return rule.is
		}
	}
	return PaymentNotPaid
}

// halves returns 2 if an amount is reached, else 1.
func halves(amount, reached money.Amount, currency string) int {
	if amount.Sub(reached).Cmp(totals.Unit(currency)) <= 0 {
		return 2
	}
	return 1
}

// Progress is how far a fulfillment is.
type Progress string

// How far a fulfillment is.
const (
	Packed    Progress = "packed"
	Shipped   Progress = "shipped"
	Delivered Progress = "delivered"
	Canceled  Progress = "canceled"
)

// FulfillmentStatusOf returns the fulfillment status of an order with the fulfillments.
// open reports whether some item is not fulfilled, or not all of it.
func FulfillmentStatusOf(open bool, all []Progress) FulfillmentStatus {
	count := map[Progress]int{}
	for _, p := range all {
		count[p]++
	}
	live := len(all) - count[Canceled]
	whole := func(n int, is, partially FulfillmentStatus) FulfillmentStatus {
		if n == live && !open {
			return is
		}
		return partially
	}
	switch {
	case count[Delivered] > 0:
		return whole(count[Delivered], FulfillmentDelivered, FulfillmentPartiallyDelivered)
	case count[Shipped] > 0:
		return whole(count[Shipped], FulfillmentShipped, FulfillmentPartiallyShipped)
	case count[Packed] > 0:
		return whole(count[Packed], FulfillmentFulfilled, FulfillmentPartiallyFulfilled)
	case len(all) > 0 && live == 0:
		return FulfillmentCanceled
	}
	return FulfillmentNotFulfilled
}

// SetStatuses sets the statuses of orders, by their ids.
func (s *Service) SetStatuses(ctx context.Context, of map[string]Statuses) error {
	var all []*Order
	for id, statuses := range of {
		o := &Order{Statuses: statuses}
		o.ID = id
		all = append(all, o)
	}
	return s.Orders.Derive(ctx, []string{"payment_status", "fulfillment_status"}, all...)
}
