package totals

import "github.com/gorgon-commerce/gorgon/money"

// A Summary says how an order's total changed in a version, and what was paid.
type Summary struct {
	CurrentOrderTotal  money.Amount `json:"current_order_total"`
	OriginalOrderTotal money.Amount `json:"original_order_total"` // before the change that made the version
	AccountingTotal    money.Amount `json:"accounting_total"`     // the current one
	PaidTotal          money.Amount `json:"paid_total"`
	RefundedTotal      money.Amount `json:"refunded_total"`
	TransactionTotal   money.Amount `json:"transaction_total"`  // paid minus refunded
	PendingDifference  money.Amount `json:"pending_difference"` // if positive, the customer owes it
	CreditLineTotal    money.Amount `json:"credit_line_total"`  // of the credit lines that the version added
}

// Amounts returns the amounts by their names in JSON.
func (s Summary) Amounts() map[string]money.Amount {
	return map[string]money.Amount{
		"current_order_total": s.CurrentOrderTotal, "original_order_total": s.OriginalOrderTotal, "accounting_total": s.AccountingTotal,
		"paid_total": s.PaidTotal, "refunded_total": s.RefundedTotal, "transaction_total": s.TransactionTotal,
		"pending_difference": s.PendingDifference, "credit_line_total": s.CreditLineTotal,
	}
}

// Payments are the amounts of an order's transactions: refunds are negative.
type Payments []money.Amount

// Summarize returns the summary of a version of an order with a total of original
// before it. credit is what the version added in credit lines, code the currency.
//
// What was requested to be returned counts as paid back: the pending difference is
// the total minus that and minus what was paid, and 0 if that is no more than the
// smallest unit of the currency.
func Summarize(o Order, original, credit money.Amount, paid Payments, code string) Summary {
	s := Summary{CurrentOrderTotal: o.Total, OriginalOrderTotal: original, AccountingTotal: o.Total, CreditLineTotal: credit}
	for _, a := range paid {
		if a.Sign() > 0 {
			s.PaidTotal = s.PaidTotal.Add(a)
		} else {
			s.RefundedTotal = s.RefundedTotal.Sub(a)
		}
	}
	s.TransactionTotal = s.PaidTotal.Sub(s.RefundedTotal)
	s.PendingDifference = Pending(o.Total.Sub(o.ReturnRequestedTotal), s.TransactionTotal, code)
	return s
}

// Pending returns what is still to be paid of a total.
func Pending(total, paid money.Amount, code string) money.Amount {
	difference := total.Sub(paid)
	if Settled(difference, code) {
		return zero
	}
	return difference.Precise()
}
