package order

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Totals are the amounts in a Summary: the totals of one version of an order, and
// what was paid. All are in the order's currency and include taxes.
type Totals struct {
	CurrentOrderTotal  money.Amount `json:"current_order_total"`
	OriginalOrderTotal money.Amount `json:"original_order_total"` // before the change that made this version
	AccountingTotal    money.Amount `json:"accounting_total"`     // the current one
	PaidTotal          money.Amount `json:"paid_total"`
	RefundedTotal      money.Amount `json:"refunded_total"`
	TransactionTotal   money.Amount `json:"transaction_total"`  // paid minus refunded
	PendingDifference  money.Amount `json:"pending_difference"` // if positive, the customer owes it
	CreditLineTotal    money.Amount `json:"credit_line_total"`
}

func (t Totals) json() model.RawJSON { return model.ToJSON(t) }

// totals returns the totals of a new order, calculated from what is nested in it.
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
	price        money.Amount // for the whole quantity
	taxInclusive bool
	rates        money.Amount // the sum of all tax rates, in percent
}

// discounted returns the charge minus discounts, with taxes.
func (c charge) discounted(discounts money.Amount) money.Amount {
	factor := money.Int(1).Add(c.rates.Mul(money.MustParse("0.01")))
	return c.without(c.price, c.taxInclusive).Sub(discounts).Mul(factor)
}

// without returns an amount without the taxes included in it. If the rates add up to
// -100 %, which cannot be divided by, it returns the amount.
func (c charge) without(amount money.Amount, taxInclusive bool) money.Amount {
	factor := money.Int(1).Add(c.rates.Mul(money.MustParse("0.01")))
	if !taxInclusive || factor.IsZero() {
		return amount
	}
	return amount.Div(factor)
}

func (i *Item) total() (money.Amount, error) {
	if i.Item == nil {
		return money.Zero, fault.New(fault.InvalidData, "order.items: a new order must have line items nested in its items, or have a summary")
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
