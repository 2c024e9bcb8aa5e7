package order

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
)

// What a caller can say of a return, a claim or an exchange that begins. The rest of its
// columns, and its rows, are those of operations.

// preset is a column or a list of a new record, and whether the caller has set it.
type preset struct {
	name string
	set  bool
}

// onlyLater returns an error if one of the columns is set.
func onlyLater(model string, all ...preset) error {
	if i := slices.IndexFunc(all, func(p preset) bool { return p.set }); i >= 0 {
		return fault.New(fault.InvalidData, "%s.%s cannot be set when it begins; operations set it", model, all[i].name)
	}
	return nil
}

func missing(model string) error {
	return fault.New(fault.InvalidData, "the %s to begin is missing", model)
}

func (r *Return) begins() error {
	if r == nil {
		return missing("return")
	}
	return onlyLater("return",
		preset{"claim_id", r.ClaimID != nil}, preset{"exchange_id", r.ExchangeID != nil},
		preset{"requested_at", r.RequestedAt != nil}, preset{"received_at", r.ReceivedAt != nil}, preset{"canceled_at", r.CanceledAt != nil}, preset{"deleted_at", r.DeletedAt != nil},
		preset{"items", len(r.Items) > 0}, preset{"shipping_methods", len(r.ShippingMethods) > 0}, preset{"transactions", len(r.Transactions) > 0})
}

func (c *Claim) begins() error {
	if c == nil {
		return missing("claim")
	}
	return onlyLater("order_claim",
		preset{"return_id", c.ReturnID != nil}, preset{"canceled_at", c.CanceledAt != nil}, preset{"deleted_at", c.DeletedAt != nil},
		preset{"claim_items", len(c.ClaimItems) > 0}, preset{"additional_items", len(c.AdditionalItems) > 0},
		preset{"shipping_methods", len(c.ShippingMethods) > 0}, preset{"transactions", len(c.Transactions) > 0})
}

func (e *Exchange) begins() error {
	if e == nil {
		return missing("exchange")
	}
	return onlyLater("order_exchange",
		preset{"return_id", e.ReturnID != nil}, preset{"canceled_at", e.CanceledAt != nil}, preset{"deleted_at", e.DeletedAt != nil},
		preset{"additional_items", len(e.AdditionalItems) > 0},
		preset{"shipping_methods", len(e.ShippingMethods) > 0}, preset{"transactions", len(e.Transactions) > 0})
}
