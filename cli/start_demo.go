package cli

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/api/login"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/user"
	"github.com/gorgon-commerce/gorgon/server"
)

// demoEmail is the email of the demo shop's user.
const demoEmail = "demo@example.com"

// startDemo creates the demo shop in an empty database, and returns requests to
// try, with BASE for the URL of the server. A database with records of its own
// gets neither a demo nor a user. The ticket of the settings is that of the demo's
// user.
func (pr *Program) startDemo(cmd *cobra.Command, settings *server.Config) (hint string, err error) {
	ctx := cmd.Context()
	users, err := pr.User.Users.List(ctx, nil, module.Page{})
	if err != nil {
		return "", err
	}
	others := slices.ContainsFunc(users, func(u *user.User) bool { return u.Email != demoEmail })
	if others {
		return "\nThe database has users of its own: --demo made nothing, and no token.\n", nil
	}
	made, err := pr.seed(cmd, 1, defaultOrders)
	if fault.TypeOf(err) == fault.NotAllowed {
		return "\nThe database has records of its own: --demo made nothing, and no token.\n", nil
	}
	if err != nil {
		return "", err
	}
	if !made.Already {
		fmt.Fprintln(cmd.OutOrStdout(), madeLine(made))
	}
	token, key, err := pr.demoCredentials(ctx)
	if err != nil {
		return "", err
	}
	ticket, code := login.NewTicket(demoEmail)
	settings.Auth.Ticket = ticket
	return ticketHint(code) + demoHint(token, key), nil
}

// ticketHint returns the link that redeems a ticket.
func ticketHint(code string) string {
	return fmt.Sprintf(`
The explorer, logged in, once within %d minutes and on this machine:

  BASE/explore#ticket=%s
`, int(login.TicketLife.Minutes()), code)
}

// demoHint returns requests to try with a token and, unless it is empty, a
// publishable key.
func demoHint(token, key string) string {
	hint := fmt.Sprintf(`
One order of the demo shop, and a page of paid orders:

  TOKEN=%s
  curl -s -H "Authorization: Bearer $TOKEN" 'BASE/admin/orders?limit=1&fields=*,*items,*customer,*payment_collections'
  curl -s -H "Authorization: Bearer $TOKEN" -g 'BASE/admin/orders?payment_collections.status=completed&order=-customer.email&limit=3'
`, token)
	if key == "" {
		return hint
	}
	return hint + fmt.Sprintf(`
Its products, as a storefront sees them:

  curl -s -H 'x-publishable-api-key: %s' 'BASE/store/products?limit=2'
`, key)
}

// demoCredentials returns a token of the demo user, whom it creates if need be,
// and a publishable key, which is empty when the shop has none.
func (pr *Program) demoCredentials(ctx context.Context) (token, key string, err error) {
	token, err = pr.Auth.TokenFor(ctx, "user", demoEmail)
	if fault.TypeOf(err) == fault.NotFound {
		// A random password that no one knows: the user logs in with the token only.
		if _, err = pr.Auth.CreateUser(ctx, demoEmail, rand.Text()); err == nil {
			token, err = pr.Auth.TokenFor(ctx, "user", demoEmail)
		}
	}
	if err != nil {
		return "", "", err
	}
	keys, err := pr.APIKey.APIKeys.List(ctx, module.Where{"type": "publishable", "revoked_at": nil}, module.Page{Limit: 1})
	if err == nil && len(keys) > 0 {
		key = keys[0].Token
	}
	return token, key, err
}
