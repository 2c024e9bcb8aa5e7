// Package customer holds customers, their addresses and their groups.
//
//	c := &customer.Customer{
//		Email:      new("ada@example.com"),
//		HasAccount: true,
//		Addresses:  []*customer.Address{{City: new("Paris"), IsDefaultShipping: true}},
//	}
//
// A customer has an account or is a guest. Emails are unique among customers with
// an account and among guests, so one person can be both: a guest who registers
// later gets a second record.
//
// At most one address of a customer is the default for shipping, and one for
// billing; the database enforces it. Customers and groups are many to many,
// through GroupCustomer.
package customer
