package demo_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/totals"
)

// sale is an order with all that adds up to its totals.
type sale struct {
	ID          string         `json:"id"`
	DisplayID   int64          `json:"display_id"`
	Status      string         `json:"status"`
	Version     int64          `json:"version"`
	Currency    string         `json:"currency_code"`
	Summary     totals.Summary `json:"summary"`
	Items       []saleLine     `json:"items"`
	CreditLines []sum          `json:"credit_lines"`
	Methods     []struct {
		sum
		Adjustments []sum  `json:"adjustments"`
		TaxLines    []rate `json:"tax_lines"`
	} `json:"shipping_methods"`
	Transactions []sum        `json:"transactions"`
	Collections  []collection `json:"payment_collections"`
	Fulfillments []struct {
		CanceledAt  *string `json:"canceled_at"`
		ShippedAt   *string `json:"shipped_at"`
		DeliveredAt *string `json:"delivered_at"`
		Items       []struct {
			LineItemID string       `json:"line_item_id"`
			Quantity   money.Amount `json:"quantity"`
		} `json:"items"`
	} `json:"fulfillments"`
}

type saleLine struct {
	ID          string       `json:"id"`
	Quantity    money.Amount `json:"quantity"`
	UnitPrice   money.Amount `json:"unit_price"`
	Adjustments []sum        `json:"adjustments"`
	TaxLines    []rate       `json:"tax_lines"`
	Detail      struct {
		Fulfilled money.Amount `json:"fulfilled_quantity"`
		Shipped   money.Amount `json:"shipped_quantity"`
		Delivered money.Amount `json:"delivered_quantity"`
		Requested money.Amount `json:"return_requested_quantity"`
		Received  money.Amount `json:"return_received_quantity"`
	} `json:"detail"`
}

type sum struct {
	Amount money.Amount `json:"amount"`
}

type rate struct {
	Rate money.Amount `json:"rate"`
}

type collection struct {
	Status   string        `json:"status"`
	Amount   money.Amount  `json:"amount"`
	Captured *money.Amount `json:"captured_amount"`
	Refunded *money.Amount `json:"refunded_amount"`
	Payments []struct {
		Captures []sum `json:"captures"`
		Refunds  []sum `json:"refunds"`
	} `json:"payments"`
}

func sales(t testing.TB, s *emptyShop) []sale {
	t.Helper()
	answer, err := s.Query.Graph(t.Context(), query.Request{Entity: "order", Order: []string{"display_id"}, Fields: []string{
		"*", "summary", "items.*", "items.detail.*", "items.adjustments.amount", "items.tax_lines.rate", "shipping_methods.*",
		"shipping_methods.adjustments.amount", "shipping_methods.tax_lines.rate", "credit_lines.amount", "transactions.amount",
		"payment_collections.*", "payment_collections.payments.captures.amount", "payment_collections.payments.refunds.amount",
		"fulfillments.*", "fulfillments.items.*",
	}})
	if err != nil {
		t.Fatal(err)
	}
	var all []sale
	if err := json.Unmarshal(answer.Data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func total(amounts []sum) money.Amount {
	all := money.Zero
	for _, a := range amounts {
		all = all.Add(a.Amount)
	}
	return all
}

// withTaxes is an amount with taxes of these rates.
func withTaxes(net money.Amount, rates []rate) money.Amount {
	percent := money.Int(100)
	for _, r := range rates {
		percent = percent.Add(r.Rate)
	}
	return net.Mul(percent).Mul(money.MustParse("0.01"))
}

// due is what an order comes to: goods that came back do not count, and their
// share of the discount does not either.
func (o sale) due() money.Amount {
	all := total(o.CreditLines).Neg()
	for _, i := range o.Items {
		kept := i.Quantity.Sub(i.Detail.Received)
		net := i.UnitPrice.Mul(kept).Sub(total(i.Adjustments).Mul(kept).Div(i.Quantity))
		all = all.Add(withTaxes(net, i.TaxLines))
	}
	for _, m := range o.Methods {
		all = all.Add(withTaxes(m.Amount.Sub(total(m.Adjustments)), m.TaxLines))
	}
	return all
}

// coming is what goods come to that are requested to be returned.
func (o sale) coming() money.Amount {
	all := money.Zero
	for _, i := range o.Items {
		net := i.UnitPrice.Mul(i.Detail.Requested).Sub(total(i.Adjustments).Mul(i.Detail.Requested).Div(i.Quantity))
		all = all.Add(withTaxes(net, i.TaxLines))
	}
	return all
}

func equal(t *testing.T, o sale, what string, got, want money.Amount) {
	t.Helper()
	if !got.Equal(want) {
		t.Errorf("order %d (version %d, %s): %s is %s, want %s", o.DisplayID, o.Version, o.Status, what, got, want)
	}
}

func totalsAddUp(t *testing.T, s *emptyShop) {
	all := sales(t, s)
	if len(all) < few {
		t.Fatalf("%d orders", len(all))
	}
	cents := money.Int(100)
	for _, o := range all {
		equal(t, o, "current_order_total", o.Summary.CurrentOrderTotal, o.due())
		equal(t, o, "accounting_total", o.Summary.AccountingTotal, o.due())
		equal(t, o, "transaction_total", o.Summary.TransactionTotal, total(o.Transactions))
		equal(t, o, "paid less refunded", o.Summary.PaidTotal.Sub(o.Summary.RefundedTotal), total(o.Transactions))
		equal(t, o, "pending_difference", o.Summary.PendingDifference, o.due().Sub(o.coming()).Sub(total(o.Transactions)))
		if strings.Contains(o.due().Mul(cents).String(), ".") {
			t.Errorf("order %d comes to %s, a part of a cent", o.DisplayID, o.due())
		}
	}
}

// What the transactions of an order say is what was captured and refunded in
// its payment collections, and these say so themselves.
func paymentsAddUp(t *testing.T, s *emptyShop) {
	statuses := map[string]int{}
	for _, o := range sales(t, s) {
		moved := money.Zero
		for _, c := range o.Collections {
			statuses[c.Status]++
			captured, refunded := money.Zero, money.Zero
			for _, p := range c.Payments {
				captured, refunded = captured.Add(total(p.Captures)), refunded.Add(total(p.Refunds))
			}
			moved = moved.Add(captured).Sub(refunded)
			equal(t, o, "captured_amount", orZero(c.Captured), captured)
			equal(t, o, "refunded_amount", orZero(c.Refunded), refunded)
			if c.Status == "completed" {
				equal(t, o, "amount of a completed collection", c.Amount, captured)
			}
		}
		equal(t, o, "what was captured less what was refunded", moved, o.Summary.TransactionTotal)
	}
	for _, status := range []string{"completed", "authorized", "not_paid", "awaiting", "canceled"} {
		if statuses[status] == 0 {
			t.Errorf("no payment collection is %s: %v", status, statuses)
		}
	}
}

func orZero(a *money.Amount) money.Amount {
	if a == nil {
		return money.Zero
	}
	return *a
}

// The counters of the lines are what the parcels hold.
func parcelsHoldWhatLinesSay(t *testing.T, s *emptyShop) {
	sent, all := 0, sales(t, s)
	for _, o := range all {
		packed, shipped, delivered := map[string]money.Amount{}, map[string]money.Amount{}, map[string]money.Amount{}
		for _, f := range o.Fulfillments {
			for _, i := range f.Items {
				packed[i.LineItemID] = packed[i.LineItemID].Add(i.Quantity)
				if f.ShippedAt != nil {
					shipped[i.LineItemID] = shipped[i.LineItemID].Add(i.Quantity)
				}
				if f.DeliveredAt != nil {
					delivered[i.LineItemID] = delivered[i.LineItemID].Add(i.Quantity)
				}
			}
		}
		for _, i := range o.Items {
			equal(t, o, "fulfilled_quantity", i.Detail.Fulfilled, packed[i.ID])
			equal(t, o, "shipped_quantity", i.Detail.Shipped, shipped[i.ID])
			equal(t, o, "delivered_quantity", i.Detail.Delivered, delivered[i.ID])
		}
		if len(o.Fulfillments) > 0 {
			sent++
		}
	}
	if share := sent * 100 / len(all); share < 60 || share > 76 {
		t.Errorf("%d %% of %d orders have fulfillments, want about 70", share, len(all))
	}
}
