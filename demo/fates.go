package demo

import (
	"slices"
	"time"
)

// fate is what becomes of an order.
type fate struct {
	name     string
	permille int // of all orders; 0 is one order, whatever their number
	from, to int // when such orders are placed, in permille of the shop's time
	lines    int // they have so many lines at least
	quantity int // of each line so many at least
	tell     func(*story)
}

// fates are all fates. What is still open is of late, what went a long way was
// placed long enough ago. The last one is that of every order left over.
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

// placed is the fate of an order that is placed at a time.
type placed struct {
	*fate
	at time.Time
}

// plan says when every order is placed, in that order, and its fate. Of each
// fate there are as many as its share asks for, and at least one as long as
// there are orders for it.
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
