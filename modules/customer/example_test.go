package customer_test

import (
	"fmt"

	"github.com/gorgon-commerce/gorgon/modules/customer"
)

func ExampleCustomer() {
	c := &customer.Customer{
		Email:      new("ada@example.com"),
		HasAccount: true,
		Addresses:  []*customer.Address{{City: new("Paris"), IsDefaultShipping: true}},
	}
	fmt.Println(*c.Email, "ships to", *c.Addresses[0].City)
	// Output: ada@example.com ships to Paris
}
