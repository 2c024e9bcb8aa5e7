package order

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Totals are what a Summary holds: what one version of an order comes to, and
// what was paid. All are in the order's currency, with taxes.
type Totals struct {
	CurrentOrderTotal  money.Amount `json:"current_order_total"`
	OriginalOrderTotal money.Amount `json:"original_order_total"` // before the change that made this version
	AccountingTotal    money.Amount `json:"accounting_total"`     // the current one
	PaidTotal          money.Amount `json:"paid_total"`
	RefundedTotal      money.Amount `json:"refunded_total"`
	TransactionTotal   money.Amount `json:"transaction_total"`  // paid less refunded
	PendingDifference  money.Amount `json:"pending_difference"` // above zero: the customer owes it
	CreditLineTotal    money.Amount `json:"credit_line_total"`
}

func (t Totals) json() model.RawJSON { return model.ToJSON(t) }

// totals adds up a new order from what is nested in it.
func (o *Order) totals() (Totals, error) {
	var t Totals
	for i := range present(o.Items) {
		amount, err := i.total()
		if err != nil {
			return t, err
		}
		t.CurrentOrderTotal = t.CurrentOrderTotal.Add(amount)
	}
	for s := range present(o.ShippingMethods) {
		if s.ShippingMethod != nil {
			t.CurrentOrderTotal = t.CurrentOrderTotal.Add(s.ShippingMethod.total())
		}
	}
	for c := range present(o.CreditLines) {
		t.CreditLineTotal = t.CreditLineTotal.Add(c.Amount)
	}
	for x := range present(o.Transactions) {
		if x.Amount.Sign() > 0 {
			t.PaidTotal = t.PaidTotal.Add(x.Amount)
		} else {
			t.RefundedTotal = t.RefundedTotal.Sub(x.Amount)
		}
	}
	t.CurrentOrderTotal = t.CurrentOrderTotal.Sub(t.CreditLineTotal).Precise()
	t.OriginalOrderTotal, t.AccountingTotal = t.CurrentOrderTotal, t.CurrentOrderTotal
	t.TransactionTotal = t.PaidTotal.Sub(t.RefundedTotal)
	t.PendingDifference = t.CurrentOrderTotal.Sub(t.TransactionTotal)
	return t, nil
}

// charge is what is charged for a line or a shipping method.
type charge struct {
	price        money.Amount // for all of it
	taxInclusive bool
	rates        money.Amount // of all taxes, in percent
}

// discounted is the charge less its discounts, with taxes.
func (c charge) discounted(discounts money.Amount) money.Amount {
	factor := money.Int(1).Add(c.rates.Mul(money.MustParse("0.01")))
	return c.without(c.price, c.taxInclusive).Sub(discounts).Mul(factor)
}

// without is an amount without the taxes in it. Taxes of -100 % leave nothing
// to divide by, and nothing to take out.
func (c charge) without(amount money.Amount, taxInclusive bool) money.Amount {
	factor := money.Int(1).Add(c.rates.Mul(money.MustParse("0.01")))
	if !taxInclusive || factor.IsZero() {
		return amount
	}
	return amount.Div(factor)
}

func (i *Item) total() (money.Amount, error) {
	if i.Item == nil {
		return money.Zero, fault.New(fault.InvalidData, "order.items: a new order has its lines nested in its items, or brings a summary of its own")
	}
	price := i.Item.UnitPrice
	if i.UnitPrice != nil {
		price = *i.UnitPrice
	}
	c := charge{price: price.Mul(i.Quantity), taxInclusive: i.Item.IsTaxInclusive}
	for t := range present(i.Item.TaxLines) {
		c.rates = c.rates.Add(t.Rate)
	}
	discounts := money.Zero
	for a := range present(i.Item.Adjustments) {
		discounts = discounts.Add(c.without(a.Amount, a.IsTaxInclusive))
	}
	return c.discounted(discounts), nil
}

func (m *ShippingMethod) total() money.Amount {
	c := charge{price: m.Amount, taxInclusive: m.IsTaxInclusive}
	for t := range present(m.TaxLines) {
		c.rates = c.rates.Add(t.Rate)
	}
	discounts := money.Zero
	for a := range present(m.Adjustments) {
		discounts = discounts.Add(a.Amount)
	}
	return c.discounted(discounts)
}
