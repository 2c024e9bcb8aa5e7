package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
	"github.com/gorgon-commerce/gorgon/query"
)

// previewFields are what a preview has, whatever is asked for.
var previewFields = api.Fields(`id, display_id, custom_display_id, version, email, status, locale, metadata, created_at, updated_at, currency_code,
	region_id, customer_id, sales_channel_id, summary, total, discount_subtotal, shipping_discount_total, item_discount_total,
	fulfilled_total, shipped_total, return_requested_total, return_received_total, return_dismissed_total, write_off_total, ` + orderTotals + `,
	items{*, tax_lines.*, adjustments.*, detail.*}, shipping_methods{*, tax_lines.*, adjustments.*, detail.*}, transactions.*, credit_lines.*,
	shipping_address.*, billing_address.*, payment_collections.*`)

// touched is what lines and shipping methods have in a preview: the actions on them.
var touched = body.Object{body.Required("actions", body.Any)}

// preview returns the route that reads an order with its open change applied.
func (r *routes) preview() api.Route {
	return api.Route{
		Method: http.MethodGet, Path: "/admin/orders/{id}/preview", Access: api.Admin, Summary: "Read an order as its open change will make it",
		Params: []api.Parameter{{Name: "fields", Description: "has no effect: a preview always has all totals, items and shipping methods"}},
		Answer: previewAnswer("order"),
		Do: func(c *api.Call) error {
			var doc json.RawMessage
			err := db.DoWith(c.Context(), r.DB(), r.DB().Snapshot, func(ctx context.Context) (err error) {
				doc, err = r.previewed(ctx, c.Param("id"))
				return err
			})
			if err != nil {
				return err
			}
			return c.One("order", doc)
		},
	}
}

// previewAnswer returns the shape of a preview at a key.
func previewAnswer(key string) api.Answer {
	return api.Answer{Entity: "order", Key: key, Fields: previewFields, Added: body.Object{{Name: "order_change", Type: body.Any}},
		Below: api.Below{"items": touched, "shipping_methods": touched}}
}

// document is a JSON object that is changed in places.
type document map[string]json.RawMessage

// set sets the keys of a value's JSON object.
func (d document) set(values ...any) error {
	for _, v := range values {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(b, &d); err != nil {
			return err
		}
	}
	return nil
}

// below returns the document at a key with the values set. If the key is missing or
// null, the document has the values alone.
func (d document) below(key string, values any) (document, error) {
	out := document{}
	if len(d[key]) > 0 && string(d[key]) != "null" {
		if err := json.Unmarshal(d[key], &out); err != nil {
			return nil, err
		}
	}
	return out, out.set(values)
}

// previewed returns an order as its open change will make it. What the change does not
// touch is what a query returns. The context carries a transaction, so that all is read at
// one moment.
func (r *routes) previewed(ctx context.Context, id string) (json.RawMessage, error) {
	p, err := r.Order.Preview(ctx, id)
	if err != nil {
		return nil, err
	}
	doc, err := r.one(ctx, "order", id, previewFields)
	if err != nil {
		return nil, err
	}
	if err := r.overlay(ctx, doc, p); err != nil {
		return nil, err
	}
	return json.Marshal(doc)
}

// one reads a record as a document.
func (r *routes) one(ctx context.Context, entity, id string, fields []string) (document, error) {
	res, err := r.Query.Graph(ctx, query.Request{Entity: entity, Fields: fields, Filters: query.Filters{"id": id}})
	if err != nil {
		return nil, err
	}
	var all []document
	if err := json.Unmarshal(res.Data, &all); err != nil || len(all) == 0 {
		return document{}, err
	}
	return all[0], nil
}

// overlay overlays a document with what a preview changes.
func (r *routes) overlay(ctx context.Context, doc document, p *order.Preview) error {
	items, err := r.overlaid(ctx, doc["items"], "order_line_item", itemIDs(p.Items), func(n int, d document) error { return overlayItem(d, p.Items[n], p.Actions) })
	if err != nil {
		return err
	}
	methods, err := r.overlaid(ctx, doc["shipping_methods"], "order_shipping_method", methodIDs(p.Shippings), func(n int, d document) error { return overlayMethod(d, p.Shippings[n], p.Actions) })
	if err != nil {
		return err
	}
	if p.Change == nil {
		doc["order_change"] = json.RawMessage("null")
	} else {
		change, err := r.one(ctx, "order_change", p.Change.ID, api.Fields("*, actions.*"))
		if err != nil {
			return err
		}
		if err := doc.set(map[string]any{"order_change": change}, p.Order.Order, map[string]any{"customer_id": p.Order.CustomerID, "email": p.Order.Email}); err != nil {
			return err
		}
		if err := doc.set(map[string]any{"summary": p.Summary}); err != nil {
			return err
		}
	}
	return doc.set(map[string]any{"items": items, "shipping_methods": methods})
}

// overlaid returns the records with the ids as documents: those of a list, or read by
// themselves if a change adds them. change changes each.
func (r *routes) overlaid(ctx context.Context, list json.RawMessage, entity string, ids []string, change func(n int, d document) error) ([]document, error) {
	var have []document
	if len(list) > 0 {
		if err := json.Unmarshal(list, &have); err != nil {
			return nil, err
		}
	}
	out := make([]document, len(ids))
	for n, id := range ids {
		key, err := json.Marshal(id)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(have, func(d document) bool { return string(d["id"]) == string(key) })
		if at >= 0 {
			out[n] = have[at]
		} else if out[n], err = r.one(ctx, entity, id, api.Fields("*, tax_lines.*")); err != nil {
			return nil, err
		}
		if err := change(n, out[n]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func itemIDs(items []*order.Item) []string {
	return module.IDs(items, func(i *order.Item) string { return i.ItemID })
}

func methodIDs(all []*order.Shipping) []string {
	return module.IDs(all, func(p *order.Shipping) string { return p.ShippingMethodID })
}

// overlayItem overlays a line with an item as it will be.
func overlayItem(d document, i *order.Item, actions []*order.ChangeAction) error {
	adjustments, err := stamped(i.Item.Adjustments, func(a *order.LineItemAdjustment) model.Times { return a.Times })
	if err != nil {
		return err
	}
	done, err := actionsOn(actions, i.ItemID)
	if err != nil {
		return err
	}
	line := map[string]any{
		"quantity": i.Quantity, "actions": done, "adjustments": adjustments, "line_item_metadata": i.Item.Metadata,
		"unit_price": i.Item.UnitPrice, "compare_at_unit_price": i.Item.CompareAtUnitPrice,
	}
	if i.UnitPrice != nil {
		line["unit_price"] = i.UnitPrice
	}
	if i.CompareAtUnitPrice != nil {
		line["compare_at_unit_price"] = i.CompareAtUnitPrice
	}
	detail, err := d.below("detail", map[string]any{
		"id": text(i.ID), "version": i.Version, "order_id": i.OrderID, "item_id": i.ItemID, "metadata": i.Metadata,
		"unit_price": i.UnitPrice, "compare_at_unit_price": i.CompareAtUnitPrice, "quantity": i.Quantity,
		"fulfilled_quantity": i.FulfilledQuantity, "shipped_quantity": i.ShippedQuantity, "delivered_quantity": i.DeliveredQuantity,
		"return_requested_quantity": i.ReturnRequestedQuantity, "return_received_quantity": i.ReturnReceivedQuantity,
		"return_dismissed_quantity": i.ReturnDismissedQuantity, "written_off_quantity": i.WrittenOffQuantity,
	})
	if err != nil {
		return err
	}
	line["detail"] = detail
	return d.set(line, i.Charge, i.Progress, i.Refundable)
}

// overlayMethod overlays a shipping method with what it will come to.
func overlayMethod(d document, p *order.Shipping, actions []*order.ChangeAction) error {
	detail, err := d.below("detail", map[string]any{
		"id": text(p.ID), "version": p.Version, "order_id": p.OrderID, "return_id": p.ReturnID, "claim_id": p.ClaimID, "exchange_id": p.ExchangeID,
		"shipping_method_id": p.ShippingMethodID,
	})
	if err != nil {
		return err
	}
	adjustments, err := stamped(p.ShippingMethod.Adjustments, func(a *order.ShippingMethodAdjustment) model.Times { return a.Times })
	if err != nil {
		return err
	}
	done, err := actionsOn(actions, p.ShippingMethodID)
	if err != nil {
		return err
	}
	method := map[string]any{
		"detail": detail, "order_id": p.OrderID, "actions": done, "amount": p.ShippingMethod.Amount, "adjustments": adjustments,
	}
	if p.Amount != nil {
		method["amount"] = p.Amount
	}
	return d.set(method, p.Charge)
}

// actionsOn returns the actions on a line or a shipping method.
func actionsOn(all []*order.ChangeAction, id string) ([]document, error) {
	on := slices.DeleteFunc(slices.Clone(all), func(a *order.ChangeAction) bool { return !a.On(id) })
	return stamped(on, func(a *order.ChangeAction) model.Times { return a.Times })
}

// stamped returns records as documents whose times are as queries write them.
func stamped[T any](all []*T, times func(*T) model.Times) ([]document, error) {
	out := make([]document, len(all))
	for n, record := range all {
		t := times(record)
		out[n] = document{}
		if err := out[n].set(record, map[string]any{"created_at": stamp(&t.CreatedAt), "updated_at": stamp(&t.UpdatedAt), "deleted_at": stamp(t.DeletedAt)}); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func stamp(t *time.Time) *string {
	if t == nil {
		return nil
	}
	return new(t.UTC().Format(db.TimeFormat))
}

// text returns a text, or null if it is empty.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
