package demo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/payment"
)

// buyer is a customer with their address.
type buyer struct {
	*customer.Customer
	area   *area
	locale string
	home   home
	member bool // in the group that a promotion is for
}

// home is an address that is copied to the addresses of modules, whose fields are pointers.
type home struct {
	first, last, street, city, province, postal, country, phone *string
}

// groups returns the customer groups. There is a promotion for the first one.
func groups() []*customer.Group {
	return []*customer.Group{{Name: "Members"}, {Name: "Trade"}, {Name: "Newsletter"}}
}

// customerCount returns the number of customers for a number of orders. Each orders about ten
// times, and more often in a large shop.
func customerCount(orders int) int { return min(max(10, orders/10), 20_000) }

// makeCustomers creates the customers, their groups and account holders. Two thirds have an
// account, and one third are guests.
func (w *world) makeCustomers(ctx context.Context) error {
	all := groups()
	if err := w.Customer.Groups.Create(ctx, all...); err != nil {
		return err
	}
	w.members = all[0]
	n := customerCount(w.options.Orders)
	for i := range n {
		w.buyers = append(w.buyers, w.buyer(i))
	}
	for start := 0; start < n; start += batchSize {
		if err := w.writeBuyers(ctx, w.buyers[start:min(start+batchSize, n)], all); err != nil {
			return err
		}
	}
	return nil
}

// buyer invents the n-th customer.
func (w *world) buyer(n int) *buyer {
	b := &buyer{area: w.europe}
	if n%3 == 2 {
		b.area = w.america
	}
	l := favored(w.source, b.area.lands)
	b.locale, b.home = l.locale, w.home(l)
	at := w.start.Add(-w.span(time.Hour, 60*24*time.Hour))
	b.Customer = &customer.Customer{
		Base: base(w.dated(customer.Customers, at)), FirstName: b.home.first, LastName: b.home.last,
		Email: new(email(*b.home.first, *b.home.last, n)), Phone: b.home.phone, HasAccount: n%3 != 1,
	}
	if b.HasAccount {
		b.Addresses = []*customer.Address{b.address(w, "Home", at, true)}
		if w.chance(25) {
			away := b.home
			b.home = w.home(l)
			b.home.first, b.home.last = away.first, away.last
			b.Addresses = append(b.Addresses, b.address(w, "Work", at, false))
			b.home = away
		}
	}
	return b
}

func (b *buyer) address(w *world, name string, at time.Time, standard bool) *customer.Address {
	h := b.home
	return &customer.Address{
		Base: base(w.nested(customer.Addresses, at)), AddressName: &name, IsDefaultShipping: standard, IsDefaultBilling: standard,
		FirstName: h.first, LastName: h.last, Address1: h.street, City: h.city, Province: h.province, PostalCode: h.postal, CountryCode: h.country, Phone: h.phone,
	}
}

// home invents a person and their address in a country.
func (w *world) home(l land) home {
	s := pick(w.source, l.spots)
	h := home{
		first: new(pick(w.source, l.first)), last: new(pick(w.source, l.last)), street: new(fmt.Sprintf(pick(w.source, l.streets), w.between(1, 98))),
		city: text(s.city), province: text(s.province), postal: text(s.postal), country: new(l.code),
	}
	switch {
	case l.phone != "" && s.area != "":
		h.phone = new(fmt.Sprintf(l.phone, s.area, w.IntN(100)))
	case l.phone != "":
		h.phone = new(fmt.Sprintf(l.phone, w.IntN(10), w.IntN(100)))
	}
	return h
}

// email returns an address at a domain that is reserved for examples.
func email(first, last string, n int) string {
	plain := strings.NewReplacer("é", "e", "è", "e", "ë", "e", "í", "i", "á", "a", "ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", " ", "")
	domain := []string{"example.com", "example.net", "example.org"}[n%3]
	return fmt.Sprintf("%s.%s%d@%s", plain.Replace(strings.ToLower(first)), plain.Replace(strings.ToLower(last)), n+1, domain)
}

// writeBuyers writes customers, and the groups and account holders of those with an account.
func (w *world) writeBuyers(ctx context.Context, buyers []*buyer, groups []*customer.Group) error {
	var people []*customer.Customer
	var memberships []*customer.GroupCustomer
	var holders []*payment.AccountHolder
	var owners []string
	for i, b := range buyers {
		people = append(people, b.Customer)
		if !b.HasAccount {
			continue
		}
		if group := i % 6; group < len(groups) {
			b.member = groups[group] == w.members
			memberships = append(memberships, &customer.GroupCustomer{
				Base: base(w.dated(customer.GroupCustomers, b.CreatedAt)), CustomerID: b.ID, CustomerGroupID: groups[group].ID,
			})
		}
		if i%2 == 0 {
			holders, owners = append(holders, w.holder(b)), append(owners, b.ID)
		}
	}
	for _, err := range []error{
		w.Customer.Customers.Create(ctx, people...), w.Customer.GroupCustomers.Create(ctx, memberships...), w.Payment.AccountHolders.Create(ctx, holders...),
	} {
		if err != nil {
			return err
		}
	}
	var pairs []link.Pair
	for i, h := range holders {
		pairs = append(pairs, link.Pair{customer.Customers: owners[i], payment.AccountHolders: h.ID})
	}
	_, err := w.Links.Create(ctx, pairs...)
	return err
}

// holder returns the account of a buyer with the card provider.
func (w *world) holder(b *buyer) *payment.AccountHolder {
	return &payment.AccountHolder{
		Base: base(w.dated(payment.AccountHolders, b.CreatedAt)), ProviderID: b.area.card.ID, ExternalID: "demo_" + strings.ToLower(b.ID), Email: b.Email,
	}
}
