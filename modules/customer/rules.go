package customer

import (
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules are what the module asks of its records:
//
//   - a customer with an account has an email, and every email is one;
//   - a group has a name.
//
// The database sees to the rest: the email is unique among those with an
// account and among guests, the name of a group among all, and a customer has
// one default address of each kind at most.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(Customers, module.Rules[Customer]{Each: checkCustomer}),
		module.On(Groups, module.Rules[Group]{
			Each: func(g *Group) error { return module.Require(Groups, "name", g.Name) },
		}),
	}
}

func checkCustomer(c *Customer) error {
	if c.Email == nil {
		if c.HasAccount {
			return fault.New(fault.InvalidData, "customer.email is missing; a customer with an account needs one")
		}
		return nil
	}
	if !isEmail(*c.Email) {
		return fault.New(fault.InvalidData, "customer.email cannot be %q; an email has the form name@example.com", *c.Email)
	}
	return nil
}

// isEmail looks at the form only: whether mail arrives is found out by mail.
func isEmail(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	return ok && name != "" && host != "" && !strings.ContainsAny(s, " \t\r\n<>,;") && !strings.Contains(host, "@")
}
