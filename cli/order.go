package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

func orderCommand(pr *Program) *cobra.Command {
	var version int64
	cmd := &cobra.Command{
		Use:   "order ORDER_ID",
		Short: "Show one order: its lines, totals, money, links and history",
		Long: `Shows an order for people to read: what was ordered and what became of
it, what it comes to, what was paid and what is pending, the records that it is
linked to, and its versions with what each has changed.

ORDER_ID is the id of an order or the number that customers see (its display_id).
With --version the lines, shipping, credit and totals are those of an earlier
version; statuses, money and links are as they are now.`,
		Example: `  gorgon order 1
  gorgon order 1 --version 1
  gorgon order 1 --json`,
		Args: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("version") && version < 1 {
				return wrongUsage("--version %d is no version; versions of an order are counted from 1", version)
			}
			return arguments("ORDER_ID")(cmd, args)
		},
		ValidArgsFunction: pr.completeOrder,
		RunE: pr.opened(func(cmd *cobra.Command, args []string) error {
			v, err := pr.readOrder(cmd.Context(), args[0], version)
			if err != nil {
				return err
			}
			if wantsJSON(cmd) {
				return printRaw(cmd, fmt.Appendf(nil, `{"order":%s,"changes":%s}`, v.order, v.changes))
			}
			return v.print(cmd)
		}),
	}
	cmd.Flags().Int64Var(&version, "version", 0, "show this version instead of the one in force")
	return cmd
}

// orderView is what is printed of an order.
type orderView struct {
	order, changes json.RawMessage // as they were queried
	Order          shownOrder
	Changes        []shownChange // in the order in which they took effect; open ones last
	Versions       []shownVersion
	names          map[string]string // of the lines and shipping methods that changes name
}

// orderFields are what is read of an order.
var orderFields = []string{
	"id", "display_id", "created_at", "canceled_at", "status", "payment_status", "fulfillment_status", "currency_code", "email", "version",
	"subtotal", "discount_total", "discount_subtotal", "shipping_subtotal", "shipping_total", "tax_total", "credit_line_total", "total",
	"customer.id", "customer.email", "customer.first_name", "customer.last_name",
	"items.id", "items.title", "items.variant_sku", "items.quantity", "items.unit_price", "items.total", "items.detail.*",
	"shipping_methods.id", "shipping_methods.name", "shipping_methods.amount", "shipping_methods.total",
	"credit_lines.id", "credit_lines.amount", "credit_lines.reference", "credit_lines.reference_id", "summary",
	"transactions.id", "transactions.created_at", "transactions.amount", "transactions.reference", "transactions.reference_id", "transactions.version",
	"cart.id", "promotions.id", "promotions.code", "payment_collections.id", "payment_collections.status", "payment_collections.amount",
	"fulfillments.id", "fulfillments.packed_at", "fulfillments.shipped_at", "fulfillments.delivered_at", "fulfillments.canceled_at",
	"returns.id", "returns.status", "claims.id", "claims.type", "claims.canceled_at", "exchanges.id", "exchanges.canceled_at",
}

// readOrder reads an order, which a person has named, in a version; 0 is the one in force.
func (pr *Program) readOrder(ctx context.Context, named string, version int64) (*orderView, error) {
	v := &orderView{names: map[string]string{}}
	var found []shownOrder
	_, err := pr.list(ctx, query.Request{Entity: "order", Fields: []string{"id", "version", "summary"}, Filters: orderNamed(named)}, &found)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fault.New(fault.NotFound, "there is no order %q; `gorgon query order --order -display_id` lists the newest", fault.Clip(named))
	}
	now := found[0]
	of := query.Filters{"order_id": now.ID}
	if _, err := pr.list(ctx, query.Request{Entity: "order_summary", Fields: []string{"version", "total", "created_at"}, Filters: of, Order: []string{"version"}}, &v.Versions); err != nil {
		return nil, err
	}
	if err := v.has(named, version); err != nil {
		return nil, err
	}
	all, err := pr.list(ctx, query.Request{Entity: "order", Fields: orderFields, Filters: query.Filters{"id": now.ID}, Version: version}, &found)
	if err != nil {
		return nil, err
	}
	if err := first(all, &v.order, &v.Order); err != nil {
		return nil, err
	}
	v.Order.shown, v.Order.Version, v.Order.pending = version, now.Version, now.Summary.PendingDifference
	v.changes, err = pr.list(ctx, query.Request{Entity: "order_change", Fields: []string{"*", "actions.*"}, Filters: of, Order: []string{"version", "created_at"},
		Lists: map[string]query.Nested{"actions": {Order: []string{"ordering"}}}}, &v.Changes)
	if err != nil {
		return nil, err
	}
	return v, pr.nameParts(ctx, v)
}

// orderNamed returns the condition on an order that a person names: by its id or its number.
func orderNamed(named string) query.Filters {
	if n, err := strconv.ParseInt(strings.TrimPrefix(named, "#"), 10, 64); err == nil {
		return query.Filters{"display_id": n}
	}
	return query.Filters{"id": named}
}

// list runs a query for all records that match, decodes them, and returns their JSON.
func (pr *Program) list(ctx context.Context, r query.Request, into any) (json.RawMessage, error) {
	r.Limit = query.All
	res, err := pr.Query.Graph(ctx, r)
	if err != nil {
		return nil, err
	}
	return res.Data, json.Unmarshal(res.Data, into)
}

// first decodes the first of a list of records.
func first(list json.RawMessage, raw *json.RawMessage, into any) error {
	var all []json.RawMessage
	if err := json.Unmarshal(list, &all); err != nil {
		return err
	}
	if len(all) == 0 { // it was deleted in the meantime
		return fault.New(fault.NotFound, "the order does not exist any more")
	}
	*raw = all[0]
	return json.Unmarshal(all[0], into)
}

// has returns an error unless an order has the version, or none is asked for.
func (v *orderView) has(named string, version int64) error {
	if version == 0 {
		return nil
	}
	var all []string
	for _, one := range v.Versions {
		if one.Version == version {
			return nil
		}
		all = append(all, strconv.FormatInt(one.Version, 10))
	}
	return fault.New(fault.NotFound, "order %q has no version %d; it has %s", fault.Clip(named), version, strings.Join(all, ", "))
}

// nameParts reads the names of the lines and shipping methods that changes name.
func (pr *Program) nameParts(ctx context.Context, v *orderView) error {
	var ids []any
	for _, c := range v.Changes {
		for _, a := range c.Actions {
			ids = append(ids, a.Details.ReferenceID, a.ReferenceID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	for entity, name := range map[string]string{"order_line_item": "title", "order_shipping_method": "name"} {
		var all []struct{ ID, Title, Name string }
		r := query.Request{Entity: entity, Fields: []string{"id", name}, Filters: query.Filters{"id": map[string]any{"$in": ids}}, WithDeleted: true}
		if _, err := pr.list(ctx, r, &all); err != nil {
			return err
		}
		for _, one := range all {
			v.names[one.ID] = one.Title + one.Name
		}
	}
	return nil
}

// completeOrder completes the id of an order.
func (pr *Program) completeOrder(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if _, missing := pr.missingFile(); missing || len(args) > 0 {
		return nil, noFiles
	}
	s, err := pr.Open(cmd.Context())
	if err != nil {
		return nil, noFiles // the command itself reports the error
	}
	defer func() { _ = s.Close() }()
	var all []struct{ ID string }
	res, err := s.Query.Graph(cmd.Context(), query.Request{
		Entity: "order", Fields: []string{"id"}, Filters: query.Filters{"id": map[string]any{"$like": typed + "%"}}, Order: []string{"-id"}, Limit: 100,
	})
	if err != nil || json.Unmarshal(res.Data, &all) != nil {
		return nil, noFiles
	}
	ids := make([]string, len(all))
	for i, o := range all {
		ids[i] = o.ID
	}
	return ids, noFiles
}
