package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/demo"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
	"github.com/gorgon-commerce/gorgon/show"
)

// defaultOrders is the number of orders of the demo shop.
const defaultOrders = 2000

// demoFlags are the flags of `gorgon demo`.
type demoFlags struct {
	seed   int64
	orders int
}

func demoCommand(pr *Program) *cobra.Command {
	f := &demoFlags{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Create a demo shop and show one of its orders",
		Long: `Creates the tables and a demo shop: products, customers, and orders with their
carts, payments, fulfillments, returns, claims, exchanges and promotions. It then
shows one order with everything that is linked to it, and commands to try next.

The same seed always creates the same shop. A second run creates nothing.`,
		Example: `  gorgon demo
  gorgon demo --database postgres://gorgon@localhost/demo --orders 10000`,
		Args: arguments(),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.orders < 1 || f.orders > demo.MaxOrders {
				return fault.New(fault.InvalidData, "--orders is %d; it must be from 1 to %d", f.orders, demo.MaxOrders)
			}
			return pr.migrated(func(cmd *cobra.Command, _ []string) error { return f.run(pr, cmd) })(cmd, args)
		},
	}
	cmd.Flags().Int64Var(&f.seed, "seed", 1, "seed of the random numbers")
	cmd.Flags().IntVar(&f.orders, "orders", defaultOrders, "number of orders to create")
	return cmd
}

func (f *demoFlags) run(pr *Program, cmd *cobra.Command) error {
	made, err := pr.seed(cmd, f.seed, f.orders)
	if err != nil {
		return err
	}
	res, err := pr.showcase(cmd.Context(), made.OrderID)
	if err != nil {
		return err
	}
	if wantsJSON(cmd) {
		return printResult(cmd, res)
	}
	fmt.Fprintln(cmd.OutOrStdout(), madeLine(made))
	return pr.printShowcase(cmd.OutOrStdout(), res, made)
}

// seed fills an empty database with the demo shop, and reports progress.
func (pr *Program) seed(cmd *cobra.Command, seed int64, orders int) (*demo.Result, error) {
	p := newProgress(cmd)
	defer p.end()
	return demo.Seed(cmd.Context(), pr.Shop, demo.Options{
		Seed: seed, Orders: orders, Progress: func(done, total int) { p.show("orders", int64(done), int64(total)) },
	})
}

// madeLine returns a line that tells what is in the demo shop.
func madeLine(r *demo.Result) string {
	head := "Created the demo shop"
	if r.Already {
		head = "The demo shop already exists"
	}
	var counts []string
	for _, c := range r.Counts {
		counts = append(counts, fmt.Sprintf("%d %s", c.N, strings.ReplaceAll(c.Entity, "_", " ")))
	}
	return fmt.Sprintf("%s (seed %d): %s.\n", head, r.Seed, strings.Join(counts, ", "))
}

// showcase queries the order to show: the one with the id or, when it has been
// deleted, the one with the most links.
func (pr *Program) showcase(ctx context.Context, id string) (*query.Result, error) {
	r := query.Request{Entity: "order", Fields: showcaseFields(), Filters: query.Filters{"id": id}, Limit: 1}
	res, err := pr.Query.Graph(ctx, r)
	if err != nil || res.Rows > 0 {
		return res, err
	}
	r.Filters, r.Order = nil, []string{"-claims.$count", "-exchanges.$count", "-returns.$count", "-promotions.$count", "-fulfillments.$count"}
	return pr.Query.Graph(ctx, r)
}

func showcaseFields() []string {
	return []string{
		"id", "display_id", "status", "currency_code", "email", "version",
		"customer.id", "customer.email", "customer.first_name", "customer.last_name",
		"region.id", "region.name", "sales_channel.id", "sales_channel.name", "cart.id", "cart.completed_at",
		"items.id", "items.title", "items.quantity", "items.unit_price",
		"items.product.id", "items.product.handle", "items.variant.id", "items.variant.sku",
		"shipping_methods.id", "shipping_methods.name", "shipping_methods.amount",
		"promotions.id", "promotions.code", "promotions.type",
		"payment_collections.id", "payment_collections.status", "payment_collections.amount",
		"fulfillments.id", "fulfillments.shipped_at", "fulfillments.delivered_at",
		"returns.id", "returns.status", "returns.fulfillments.id",
		"claims.id", "claims.type", "claims.payment_collections.id", "claims.payment_collections.status", "claims.payment_collections.amount",
		"exchanges.id", "exchanges.difference_due", "exchanges.payment_collections.id", "exchanges.payment_collections.status",
		"exchanges.payment_collections.amount",
	}
}

// printShowcase prints the order, and what to try next.
func (pr *Program) printShowcase(w io.Writer, res *query.Result, made *demo.Result) error {
	m, err := pr.blueprint.Graph.Model("order")
	if err != nil {
		return err
	}
	all, err := show.Parse(res.Data)
	if err != nil {
		return err
	}
	id := made.OrderID
	for _, order := range all.Elements() { // one, or none when all were deleted
		id = order.Member("id").Text()
		fmt.Fprint(w, "One order, with everything that is linked to it:\n\n")
		if err := show.Tree(w, pr.blueprint.Graph, m, order); err != nil {
			return err
		}
	}
	_, err = fmt.Fprint(w, named(asTyped(pr.root.Name(), os.Args[0]), pr.nextSteps(id, made.PromotionID)))
	return err
}

// nextSteps returns commands to try on the order that is shown.
func (pr *Program) nextSteps(order, promotion string) string {
	var b strings.Builder
	b.WriteString("\nTry next:\n" + pr.exportHint() + "\n")
	fmt.Fprintf(&b, `  # Queries: any path, filters and sorts across links, in one statement
  gorgon query order --fields id,display_id,customer.email,items.variant.sku --order -display_id --limit 5
  gorgon query order --filter payment_collections.status=completed --filter 'items.product.title[$ilike]=%%tent%%' --fields display_id,customer.email,items.title
  gorgon query customer --fields 'email,orders.$count' --order '-orders.$count' --limit 5
  gorgon query promotion --fields 'code,orders.$count'
  gorgon query order --filter id=%[1]s --fields '*,payment_collections.*' --explain

  # Links: create one, dismiss it, list them
  gorgon link create order=%[1]s promotion=%[2]s
  gorgon link dismiss order=%[1]s promotion=%[2]s
  gorgon link list order=%[1]s fulfillment

  # The map of links, and a check of all of them
  gorgon links
  gorgon verify
`, order, promotion)
	return b.String()
}

// exportHint returns the command that makes GORGON_DATABASE the database of
// --database, for the commands to try next. It does not repeat the URL of a
// server, which may hold a password.
func (pr *Program) exportHint() string {
	if pr.database == "" {
		return ""
	}
	if _, ok := shop.SQLitePath(pr.database); ok {
		return "\n  export GORGON_DATABASE='" + show.OneLine(pr.database) + "'\n"
	}
	return "\n  export GORGON_DATABASE='postgres://…'  # the URL you gave\n"
}
