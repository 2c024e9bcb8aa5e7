package customer

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules returns the rules for the module's records:
//
//   - a customer with an account has an email, and emails are valid;
//   - a group has a name;
//   - what customers can write themselves has a limit.
//
// The database enforces the rest: emails are unique among customers with an
// account and among guests, names of groups are unique, and a customer has at
// most one default address of each kind.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(Customers, module.Rules[Customer]{Each: checkCustomer}),
		module.On(Addresses, module.Rules[Address]{Each: func(a *Address) error { return module.ShortMetadata(Addresses, a.Metadata) }}),
		module.On(Groups, module.Rules[Group]{
			Each: func(g *Group) error { return module.Require(Groups, "name", g.Name) },
		}),
	}
}

func checkCustomer(c *Customer) error {
	if err := module.ShortMetadata(Customers, c.Metadata); err != nil {
		return err
	}
	if c.Email == nil {
		if c.HasAccount {
			return fault.New(fault.InvalidData, "customer.email is missing; a customer with an account needs one")
		}
		return nil
	}
	if !isEmail(*c.Email) {
		return fault.New(fault.InvalidData, "customer.email cannot be %q; it must have the form name@example.com", *c.Email)
	}
	return nil
}

// isEmail reports whether a text has the form of an email address.
func isEmail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && host != "" && !strings.ContainsAny(s, " \t\r\n<>,;") && !strings.Contains(host, "@")
}
