// Package customer holds those who buy: their addresses and their groups.
//
//	c := &customer.Customer{
//		Email:      new("ada@example.com"),
//		HasAccount: true,
//		Addresses:  []*customer.Address{{City: new("Paris"), IsDefaultShipping: true}},
//	}
//
// A customer has an account or is a guest. The email is unique among the
// registered and among the guests, so one person can be both: a guest who
// registers later gets a record of their own.
//
// At most one address of a customer is the default for shipping, and one for
// billing; the database sees to it. Customers and groups are many to many, by
// GroupCustomer.
package customer
