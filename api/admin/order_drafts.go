package admin

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/order"
)

// What is sent to begin a return, a claim, an exchange or an edit of an order.
type (
	newEdit struct {
		OrderID      string        `json:"order_id" body:"required"`
		Description  *string       `json:"description"`
		InternalNote *string       `json:"internal_note"`
		Metadata     model.RawJSON `json:"metadata" body:"null,object"`
	}
	newReturn struct {
		newEdit
		LocationID     *string `json:"location_id"`
		NoNotification *bool   `json:"no_notification"`
	}
	newClaim struct {
		newEdit
		Type     order.ClaimType `json:"type" body:"required,enum=refund|replace"`
		ReasonID *string         `json:"reason_id" body:"null"` // clients send it; nothing holds it
	}
)

var (
	newEdits     = body.For[newEdit]()
	newReturns   = body.For[newReturn]()
	newClaims    = body.For[newClaim]()
	newExchanges = body.For[newEdit]()
)

// change returns the change that is begun.
func (n newEdit) change(c *api.Call) order.NewChange {
	return order.NewChange{OrderID: n.OrderID, Description: n.Description, InternalNote: n.InternalNote, Metadata: n.Metadata, By: c.Caller.ID}
}

func (r *routes) beginReturn(ctx context.Context, c *api.Call, in *newReturn) (string, error) {
	of := &order.Return{OrderID: in.OrderID, LocationID: in.LocationID, NoNotification: in.NoNotification, CreatedBy: creator(c)}
	of.Metadata = in.Metadata
	err := r.Order.Orders.Exist(ctx, in.OrderID)
	if err == nil && in.LocationID != nil {
		err = r.StockLocation.StockLocations.Exist(ctx, *in.LocationID)
	}
	if err == nil {
		_, err = r.Order.BeginReturn(ctx, of, in.change(c))
	}
	return of.ID, err
}

func (r *routes) beginClaim(ctx context.Context, c *api.Call, in *newClaim) (string, error) {
	of := &order.Claim{OrderID: in.OrderID, Type: in.Type, CreatedBy: creator(c)}
	of.Metadata = in.Metadata
	err := r.Order.Orders.Exist(ctx, in.OrderID)
	if err == nil {
		_, err = r.Order.BeginClaim(ctx, of, in.change(c))
	}
	return of.ID, err
}

func (r *routes) beginExchange(ctx context.Context, c *api.Call, in *newEdit) (string, error) {
	of := &order.Exchange{OrderID: in.OrderID, CreatedBy: creator(c)}
	of.Metadata = in.Metadata
	err := r.Order.Orders.Exist(ctx, in.OrderID)
	if err == nil {
		_, err = r.Order.BeginExchange(ctx, of, in.change(c))
	}
	return of.ID, err
}

// orderEdits begin and end drafts of edits.
func (r *routes) orderEdits() []api.Route {
	edits := api.Resource{One: "order_change", Path: "/admin/order-edits", Entity: "order_change", Access: api.Admin, Fields: api.Fields(orderChangeFields)}
	begin := edits.WriteAt(r.Shop, edits.Path, "Begin an edit of an order", api.Writes(newEdits, func(ctx context.Context, c *api.Call, in *newEdit) (string, error) {
		if err := r.Order.Orders.Exist(ctx, in.OrderID); err != nil {
			return "", err
		}
		change, err := r.Order.BeginEdit(ctx, in.change(c))
		if err != nil {
			return "", err
		}
		return change.ID, nil
	}))
	return []api.Route{begin, discards("/admin/order-edits/{id}", "order-edit", r.Order.DiscardEdit)}
}

// discards returns the route that deletes a draft.
func discards(path, object string, discard func(ctx context.Context, id string) error) api.Route {
	return api.Route{
		Method: http.MethodDelete, Path: path, Access: api.Admin, Summary: "Delete a draft of a change of an order", Answer: api.Answer{Delete: true},
		Do: func(c *api.Call) error {
			if err := discard(c.Context(), c.Param("id")); err != nil {
				return err
			}
			return c.Deleted(c.Param("id"), object)
		},
	}
}

// besideOrder responds with the preview of an order, too.
func (r *routes) besideOrder(of func(ctx context.Context, id string) (string, error)) *api.Beside {
	return &api.Beside{Answer: previewAnswer("order"), Read: func(ctx context.Context, id string) (json.RawMessage, error) {
		orderID, err := of(ctx, id)
		if err != nil {
			return nil, err
		}
		return r.previewed(ctx, orderID)
	}}
}

// orderOf returns a function that returns the id of the order of a record.
func orderOf[T any](records module.Records[T], id func(*T) string) func(context.Context, string) (string, error) {
	return func(ctx context.Context, of string) (string, error) {
		record, err := records.Retrieve(ctx, of)
		if err != nil {
			return "", err
		}
		return id(record), nil
	}
}
