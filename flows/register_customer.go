package flows

import (
	"context"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/customer"
)

// RegisterCustomer makes the customer of an identity that is none yet, and
// answers its id. The identity can act as the customer from its next token on.
func (f *Flows) RegisterCustomer(ctx context.Context, who *auth.Claims, c *customer.Customer) (string, error) {
	if who.ActorID != "" {
		return "", fault.New(fault.InvalidData, "the token is that of a customer already")
	}
	c.HasAccount = true
	err := f.do(ctx, func(ctx context.Context) error {
		if err := f.Customers.Customers.Create(ctx, c); err != nil {
			return err
		}
		return f.Auth.Attach(ctx, who.AuthIdentityID, "customer", c.ID)
	})
	return c.ID, err
}
