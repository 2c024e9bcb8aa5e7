package cli

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/show"
	"github.com/gorgon-commerce/gorgon/totals"
)

// shownOrder is what is printed of an order.
type shownOrder struct {
	ID                string       `json:"id"`
	DisplayID         int64        `json:"display_id"`
	CreatedAt         time.Time    `json:"created_at"`
	Status            string       `json:"status"`
	PaymentStatus     string       `json:"payment_status"`
	FulfillmentStatus string       `json:"fulfillment_status"`
	CurrencyCode      string       `json:"currency_code"`
	Email             string       `json:"email"`
	Version           int64        `json:"version"` // in force
	shown             int64        // the version that was asked for; 0 if none was
	pending           money.Amount // with the version in force

	Subtotal        money.Amount `json:"subtotal"`
	Discounts       money.Amount `json:"discount_subtotal"` // without their taxes, which tax_total is without
	Shipping        money.Amount `json:"shipping_subtotal"`
	TaxTotal        money.Amount `json:"tax_total"`
	CreditLineTotal money.Amount `json:"credit_line_total"`
	Total           money.Amount `json:"total"`

	Customer *struct {
		ID        string `json:"id"`
		Email     string `json:"email"`
		FirstName string `json:"first_name"`
		LastName  string `json:"last_name"`
	} `json:"customer"`
	Items           []shownItem    `json:"items"`
	ShippingMethods []shownCharge  `json:"shipping_methods"`
	CreditLines     []shownMoney   `json:"credit_lines"`
	Summary         totals.Summary `json:"summary"`
	Transactions    []shownMoney   `json:"transactions"`
	Cart            *shownLink     `json:"cart"`
	Fulfillments    []shownLink    `json:"fulfillments"`
	Payments        []shownLink    `json:"payment_collections"`
	Promotions      []shownLink    `json:"promotions"`
	Returns         []shownLink    `json:"returns"`
	Claims          []shownLink    `json:"claims"`
	Exchanges       []shownLink    `json:"exchanges"`
}

type shownItem struct {
	Title     string       `json:"title"`
	SKU       string       `json:"variant_sku"`
	Quantity  money.Amount `json:"quantity"`
	UnitPrice money.Amount `json:"unit_price"`
	Total     money.Amount `json:"total"`
	Detail    order.Item   `json:"detail"`
}

type shownCharge struct {
	Name   string       `json:"name"`
	Amount money.Amount `json:"amount"`
	Total  money.Amount `json:"total"`
}

// shownMoney is a transaction or a credit line.
type shownMoney struct {
	CreatedAt   time.Time    `json:"created_at"`
	Amount      money.Amount `json:"amount"`
	Reference   string       `json:"reference"`
	ReferenceID string       `json:"reference_id"`
}

// shownLink is a record that an order is linked to, or that belongs to it.
type shownLink struct {
	ID          string        `json:"id"`
	Code        string        `json:"code"`
	Type        string        `json:"type"`
	Status      string        `json:"status"`
	Amount      *money.Amount `json:"amount"`
	PackedAt    *time.Time    `json:"packed_at"`
	ShippedAt   *time.Time    `json:"shipped_at"`
	DeliveredAt *time.Time    `json:"delivered_at"`
	CanceledAt  *time.Time    `json:"canceled_at"`
}

// print prints an order for people.
func (v *orderView) print(cmd *cobra.Command) error {
	out, o := cmd.OutOrStdout(), &v.Order
	o.printHeader(out)
	for _, part := range []struct {
		title string
		table *show.Table
	}{
		{"Lines", o.lines()}, {"Shipping", o.shipping()}, {"Credit", o.credit()}, {"Totals", o.totals()},
		{o.nowadays("Money"), o.money()}, {"Links", o.links()}, {"History", v.history()},
	} {
		if len(part.table.Rows) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s\n", part.title)
		if err := writeTable(cmd, part.table); err != nil {
			return err
		}
	}
	return nil
}

// nowadays returns the title of a part that is as it is now, whatever version is shown.
func (o *shownOrder) nowadays(title string) string {
	if o.shown != 0 && o.shown != o.Version {
		return title + ", with version " + strconv.FormatInt(o.Version, 10)
	}
	return title
}

func (o *shownOrder) printHeader(w io.Writer) {
	fmt.Fprintf(w, "Order #%d  %s\n", o.DisplayID, o.ID)
	fmt.Fprintf(w, "placed %s", day(o.CreatedAt))
	if who := o.who(); who != "" {
		fmt.Fprint(w, " by "+who)
	}
	fmt.Fprintf(w, "\nstatus %s, payment %s, fulfillment %s\n", o.Status, o.PaymentStatus, o.FulfillmentStatus)
	if o.shown != 0 && o.shown != o.Version {
		fmt.Fprintf(w, "version %d, as it was; version %d is in force\n", o.shown, o.Version)
	} else {
		fmt.Fprintf(w, "version %d\n", o.Version)
	}
}

// who returns the customer, or "" if the order has none.
func (o *shownOrder) who() string {
	email := o.Email
	if o.Customer == nil {
		return show.OneLine(email)
	}
	name := strings.TrimSpace(o.Customer.FirstName + " " + o.Customer.LastName)
	email = cmp.Or(email, o.Customer.Email)
	return show.OneLine(strings.TrimSpace(name+" "+email) + " (" + o.Customer.ID + ")")
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

// amount returns an amount with the decimals of the order's currency.
func (o *shownOrder) amount(a money.Amount) string {
	digits := totals.Digits(o.CurrencyCode)
	text := a.Round(int32(digits)).String() //nolint:gosec // at most 3
	whole, decimals, _ := strings.Cut(text, ".")
	if digits == 0 {
		return whole
	}
	return whole + "." + decimals + strings.Repeat("0", digits-len(decimals))
}

func (o *shownOrder) lines() *show.Table {
	t := &show.Table{Columns: []string{"ITEM", "SKU", "QUANTITY", "PRICE", "TOTAL", "WHAT BECAME OF IT"}, Right: []bool{false, false, true, true, true, false}}
	for _, i := range o.Items {
		t.Add(show.OneLine(i.Title), cmp.Or(show.OneLine(i.SKU), "-"), i.Quantity.String(), o.amount(i.UnitPrice), o.amount(i.Total), i.became())
	}
	return t
}

// became says what became of an item: "2 fulfilled, 1 shipped".
func (i *shownItem) became() string {
	d := i.Detail
	var parts []string
	for _, p := range []struct {
		n    money.Amount
		what string
	}{
		{d.FulfilledQuantity, "fulfilled"}, {d.ShippedQuantity, "shipped"}, {d.DeliveredQuantity, "delivered"},
		{d.ReturnRequestedQuantity, "return requested"}, {d.ReturnReceivedQuantity, "returned"},
		{d.ReturnDismissedQuantity, "returned damaged"}, {d.WrittenOffQuantity, "written off"},
	} {
		if !p.n.IsZero() {
			parts = append(parts, p.n.String()+" "+p.what)
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "-")
}

func (o *shownOrder) shipping() *show.Table {
	t := &show.Table{Columns: []string{"METHOD", "AMOUNT", "TOTAL"}, Right: []bool{false, true, true}}
	for _, m := range o.ShippingMethods {
		t.Add(show.OneLine(m.Name), o.amount(m.Amount), o.amount(m.Total))
	}
	return t
}

func (o *shownOrder) credit() *show.Table {
	t := &show.Table{Columns: []string{"CREDIT", "AMOUNT"}, Right: []bool{false, true}}
	for _, c := range o.CreditLines {
		t.Add(c.what(), o.amount(c.Amount))
	}
	return t
}

// what says what money was for.
func (m *shownMoney) what() string {
	return cmp.Or(show.OneLine(strings.TrimSpace(m.Reference+" "+m.ReferenceID)), "-")
}

func (o *shownOrder) totals() *show.Table {
	t := &show.Table{Columns: []string{"TOTAL", strings.ToUpper(o.CurrencyCode)}, Right: []bool{false, true}}
	for _, row := range []struct {
		name   string
		amount money.Amount
		always bool
	}{
		{"subtotal", o.Subtotal, true}, {"of it shipping", o.Shipping, false}, {"discounts", o.Discounts.Neg(), false},
		{"tax", o.TaxTotal, false}, {"credit", o.CreditLineTotal.Neg(), false}, {"total", o.Total, true},
	} {
		if row.always || !row.amount.IsZero() {
			t.Add(row.name, o.amount(row.amount))
		}
	}
	return t
}

func (o *shownOrder) money() *show.Table {
	t := &show.Table{Columns: []string{"DATE", "MONEY", "AMOUNT"}, Right: []bool{false, false, true}}
	for _, m := range o.Transactions {
		t.Add(day(m.CreatedAt), m.what(), o.amount(m.Amount))
	}
	pending := o.pending
	switch pending.Sign() {
	case 1:
		t.Add("-", "pending, to be paid", o.amount(pending))
	case -1:
		t.Add("-", "pending, to be refunded", o.amount(pending))
	default:
		t.Add("-", "pending", o.amount(pending))
	}
	return t
}

func (o *shownOrder) links() *show.Table {
	t := &show.Table{Columns: []string{"LINK", "ID", "STATE"}}
	var carts []shownLink
	if o.Cart != nil {
		carts = append(carts, *o.Cart)
	}
	for _, of := range []struct {
		name string
		all  []shownLink
	}{
		{"cart", carts}, {"payment collection", o.Payments}, {"fulfillment", o.Fulfillments}, {"promotion", o.Promotions},
		{"return", o.Returns}, {"claim", o.Claims}, {"exchange", o.Exchanges},
	} {
		for _, l := range of.all {
			t.Add(of.name, show.OneLine(l.ID), cmp.Or(o.state(&l), "-"))
		}
	}
	return t
}

// state says how far a linked record is, or what it is.
func (o *shownOrder) state(l *shownLink) string {
	parts := []string{l.Code, l.Type, l.Status}
	if l.Amount != nil {
		parts = append(parts, o.amount(*l.Amount))
	}
	switch {
	case l.CanceledAt != nil && l.Status == "":
		parts = append(parts, "canceled")
	case l.DeliveredAt != nil:
		parts = append(parts, "delivered")
	case l.ShippedAt != nil:
		parts = append(parts, "shipped")
	case l.PackedAt != nil:
		parts = append(parts, "packed")
	}
	return show.OneLine(strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
}
