package people

import (
	"context"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/customer"
)

// RegisterCustomer creates the customer of an identity that is not one yet, and
// returns its id. The identity can act as the customer from its next token on.
// The customer has the email of the identity; any other is invalid_data. A guest
// with that email stays a record of its own.
func (p *People) RegisterCustomer(ctx context.Context, who *auth.Claims, c *customer.Customer) (string, error) {
	if who.ActorID != "" {
		return "", fault.New(fault.InvalidData, "the token already belongs to a customer")
	}
	c.HasAccount = true
	err := p.shop.Do(ctx, func(ctx context.Context) error {
		email, err := p.shop.Auth.Email(ctx, who.AuthIdentityID)
		if err != nil {
			return err
		}
		if c.Email != nil && !auth.SameEmail(*c.Email, email) {
			return fault.New(fault.InvalidData, "the email cannot be %q; it must be that of the login, or absent", fault.Clip(*c.Email))
		}
		c.Email = &email
		if err := p.shop.Customer.Customers.Create(ctx, c); err != nil {
			if fault.TypeOf(err) == fault.DuplicateError {
				return fault.New(fault.DuplicateError, "a customer with the email %q has an account already", email)
			}
			return err
		}
		return p.shop.Auth.Attach(ctx, who.AuthIdentityID, "customer", c.ID)
	})
	return c.ID, err
}
