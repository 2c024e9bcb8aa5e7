package demo

import (
	"slices"
	"time"
)

// fate is what happens to an order.
type fate struct {
	name     string
	permille int // the share of all orders; 0 means one order, whatever their number
	from, to int // when such orders are placed, in permille of the shop's time
	lines    int // the minimum number of lines
	quantity int // the minimum quantity of each line
	tell     func(*story)
}

// fates returns all fates. Orders that are still open were placed recently, and those with a
// long course long enough ago. The last fate is that of all remaining orders.
func fates() []*fate {
	return []*fate{
		{"showcase", 0, 450, 550, 3, 2, showcase},
		{"returned", 80, 0, 950, 1, 1, returned},
		{"exchanged", 20, 0, 880, 1, 1, exchanged},
		{"claimed, replaced", 15, 0, 880, 1, 1, claimedReplaced},
		{"claimed, refunded", 15, 0, 880, 1, 1, claimedRefunded},
		{"sent in two parcels", 40, 300, 1000, 2, 1, sentInTwo},
		{"shipped", 80, 600, 1000, 1, 1, shipped},
		{"packed", 50, 700, 1000, 1, 1, packed},
		{"paid", 150, 550, 1000, 1, 1, paid},
		{"authorized", 70, 700, 1000, 1, 1, authorized},
		{"canceled, paid", 15, 0, 960, 1, 1, canceledPaid},
		{"canceled, unpaid", 20, 0, 960, 1, 1, canceledUnpaid},
		{"not paid", 20, 700, 1000, 1, 1, notPaid},
		{"awaiting payment", 15, 850, 1000, 1, 1, awaiting},
		{"draft", 10, 800, 1000, 1, 1, draft},
		{"delivered", 1000, 0, 960, 1, 1, delivered},
	}
}

// placed is an order to be placed at a time, with its fate.
type placed struct {
	*fate
	at time.Time
}

// plan returns when every order is placed, sorted by time, and its fate. Each fate has its
// share of orders, and at least one if there are enough orders.
func (w *world) plan() []placed {
	var all []placed
	orders := w.options.Orders
	add := func(f *fate, n int) {
		for range min(n, orders-len(all)) {
			at := w.start.Add(shopTime / 1000 * time.Duration(f.from)).Add(w.span(0, shopTime/1000*time.Duration(f.to-f.from)))
			all = append(all, placed{f, at})
		}
	}
	for _, f := range fates() {
		add(f, 1)
	}
	for _, f := range fates() {
		add(f, (orders*f.permille+999)/1000-1)
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.at.Compare(b.at) })
	return all
}
