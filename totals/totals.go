package totals

import "github.com/gorgon-commerce/gorgon/money"

// Input is what the totals of a cart or an order are computed from.
type Input struct {
	Items, Methods []Line
	Credits        []money.Amount // credit lines: amounts that need not be paid
}

// Totals are what a cart or an order, its items and its shipping methods come to.
type Totals struct {
	Order   Order
	Items   []LineTotals
	Methods []LineTotals
}

// Cart is what a cart comes to: all lines together, and goods and shipping apart.
type Cart struct {
	Charge
	ItemTotal                money.Amount `json:"item_total" model:"default=0,follows"`
	ItemSubtotal             money.Amount `json:"item_subtotal" model:"default=0,follows"`
	ItemTaxTotal             money.Amount `json:"item_tax_total" model:"default=0,follows"`
	ItemDiscountTotal        money.Amount `json:"item_discount_total" model:"default=0,follows"`
	OriginalItemTotal        money.Amount `json:"original_item_total" model:"default=0,follows"`
	OriginalItemSubtotal     money.Amount `json:"original_item_subtotal" model:"default=0,follows"`
	OriginalItemTaxTotal     money.Amount `json:"original_item_tax_total" model:"default=0,follows"`
	ShippingTotal            money.Amount `json:"shipping_total" model:"default=0,follows"`
	ShippingSubtotal         money.Amount `json:"shipping_subtotal" model:"default=0,follows"`
	ShippingTaxTotal         money.Amount `json:"shipping_tax_total" model:"default=0,follows"`
	ShippingDiscountTotal    money.Amount `json:"shipping_discount_total" model:"default=0,follows"`
	OriginalShippingTotal    money.Amount `json:"original_shipping_total" model:"default=0,follows"`
	OriginalShippingSubtotal money.Amount `json:"original_shipping_subtotal" model:"default=0,follows"`
	OriginalShippingTaxTotal money.Amount `json:"original_shipping_tax_total" model:"default=0,follows"`
	CreditLineTotal          money.Amount `json:"credit_line_total" model:"default=0,follows"`
	CreditLineSubtotal       money.Amount `json:"credit_line_subtotal" model:"default=0,follows"`
	CreditLineTaxTotal       money.Amount `json:"credit_line_tax_total" model:"default=0,follows"` // 0: credit has no taxes
}

// Order is what an order comes to, and how much of it was fulfilled and returned.
type Order struct {
	Cart
	Progress
}

// Of computes totals. Every amount is as Stored returns it.
func Of(in Input, rounding Rounding) Totals {
	t := Totals{Items: computed(in.Items, rounding), Methods: computed(in.Methods, rounding)}
	if !rounding.exact {
		rounding.apply(in, &t)
	}
	items, methods := sum(t.Items), sum(t.Methods)
	o := &t.Order
	o.Charge = items.plus(methods)
	o.ItemTotal, o.ItemSubtotal, o.ItemTaxTotal, o.ItemDiscountTotal = items.Total, items.Subtotal, items.TaxTotal, items.DiscountTotal
	o.OriginalItemTotal, o.OriginalItemSubtotal, o.OriginalItemTaxTotal = items.OriginalTotal, items.OriginalSubtotal, items.OriginalTaxTotal
	o.ShippingTotal, o.ShippingSubtotal, o.ShippingTaxTotal, o.ShippingDiscountTotal = methods.Total, methods.Subtotal, methods.TaxTotal, methods.DiscountTotal
	o.OriginalShippingTotal, o.OriginalShippingSubtotal, o.OriginalShippingTaxTotal = methods.OriginalTotal, methods.OriginalSubtotal, methods.OriginalTaxTotal
	for _, c := range in.Credits {
		o.CreditLineTotal = o.CreditLineTotal.Add(c)
	}
	o.CreditLineSubtotal = o.CreditLineTotal
	o.Total = o.Total.Sub(o.CreditLineTotal)
	for i := range t.Items {
		o.Progress = o.Progress.plus(t.Items[i].Progress)
	}
	t.precise()
	return t
}

// computed computes lines, before they are rounded.
func computed(lines []Line, rounding Rounding) []LineTotals {
	out := make([]LineTotals, len(lines))
	for i := range lines {
		out[i] = lines[i].computed(!rounding.exact)
	}
	return out
}

func sum(lines []LineTotals) (c Charge) {
	for i := range lines {
		c = c.plus(lines[i].Charge)
	}
	return c
}

func (c Charge) plus(o Charge) Charge {
	mine, others := c.amounts(), o.amounts()
	for i, a := range mine {
		*a = a.Add(*others[i])
	}
	return c
}

func (p Progress) plus(o Progress) Progress {
	mine, others := p.amounts(), o.amounts()
	for i, a := range mine {
		*a = a.Add(*others[i])
	}
	return p
}

func (c *Charge) amounts() []*money.Amount {
	return []*money.Amount{
		&c.Subtotal, &c.Total, &c.TaxTotal, &c.DiscountTotal, &c.DiscountSubtotal, &c.DiscountTaxTotal,
		&c.OriginalTotal, &c.OriginalSubtotal, &c.OriginalTaxTotal,
	}
}

func (p *Progress) amounts() []*money.Amount {
	return []*money.Amount{
		&p.FulfilledTotal, &p.ShippedTotal, &p.ReturnRequestedTotal, &p.ReturnReceivedTotal, &p.ReturnDismissedTotal, &p.WriteOffTotal,
	}
}

// amounts returns the amounts of goods, shipping and credit.
func (c *Cart) amounts() []*money.Amount {
	return append(c.Charge.amounts(), &c.ItemTotal, &c.ItemSubtotal, &c.ItemTaxTotal, &c.ItemDiscountTotal,
		&c.OriginalItemTotal, &c.OriginalItemSubtotal, &c.OriginalItemTaxTotal,
		&c.ShippingTotal, &c.ShippingSubtotal, &c.ShippingTaxTotal, &c.ShippingDiscountTotal,
		&c.OriginalShippingTotal, &c.OriginalShippingSubtotal, &c.OriginalShippingTaxTotal,
		&c.CreditLineTotal, &c.CreditLineSubtotal, &c.CreditLineTaxTotal)
}

// dust is the largest amount that counts as 0, as in Medusa: what its floating point
// leaves behind is smaller.
var dust = money.MustParse("0.0001")

// Stored returns an amount as it is stored: with 20 significant digits, and 0 if it
// is at most 0.0001.
func Stored(a money.Amount) money.Amount {
	if a.Abs().Cmp(dust) <= 0 {
		return zero
	}
	return a.Precise()
}

// precise brings all amounts into the form in which they are stored.
func (t *Totals) precise() {
	round := func(all []*money.Amount) {
		for _, a := range all {
			*a = Stored(*a)
		}
	}
	round(t.Order.Cart.amounts())
	round(t.Order.Progress.amounts())
	for _, lines := range [][]LineTotals{t.Items, t.Methods} {
		for i := range lines {
			l := &lines[i]
			round(l.Charge.amounts())
			round(l.Progress.amounts())
			for _, parts := range [][]Part{l.Taxes, l.Discounts} {
				for j := range parts {
					round([]*money.Amount{&parts[j].Total, &parts[j].Subtotal})
				}
			}
		}
	}
}
