package admin

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
)

var orderLineFields = api.Fields("id, order_id, item_id, version, item.*")

// orderLines returns the route that lists the lines of an order: of each, the row of the
// last version that has it, and from which version to which it was part of the order.
func (r *routes) orderLines() api.Route {
	lines := api.Resource{One: "order_item", Entity: "order_item", Access: api.Admin, Fields: orderLineFields, Listing: api.Listing{Others: []api.Parameter{
		{Name: "id", Description: "only these rows", Type: body.IDs.Or(body.Text)},
		{Name: "item_id", Description: "only these lines", Type: body.IDs.Or(body.Text)},
		{Name: "version", Description: "the rows of this version of the order", Type: body.Integer},
	}}}.Selector(r.Shop)
	span := body.Object{body.Required("version", body.Nested(body.Object{body.Required("from", body.Integer), body.Required("to", body.Integer)}))}
	return api.Route{
		Method: http.MethodGet, Path: "/admin/orders/{id}/line-items", Access: api.Admin, Summary: "List the lines of an order, with the versions that have them",
		Params: lines.Parameters(),
		Answer: api.Answer{Entity: "order_item", Key: "order_items", Whole: true, Fields: orderLineFields, Added: body.Object{body.Required("history", body.Nested(span))}},
		Do: func(c *api.Call) error {
			fields, err := lines.Fields(c)
			if err != nil {
				return err
			}
			wanted, err := readLineFilter(c)
			if err != nil {
				return err
			}
			if err := r.Order.Orders.Exist(c.Context(), c.Param("id")); err != nil {
				return err
			}
			rows, err := r.readLines(c.Context(), c.Param("id"), fields)
			if err != nil {
				return err
			}
			out, err := lastLines(rows, wanted)
			if err != nil {
				return err
			}
			return c.JSON(struct {
				Items []document `json:"order_items"`
			}{out})
		},
	}
}

// readLineFilter returns which rows the parameters ask for.
func readLineFilter(c *api.Call) (func(line) bool, error) {
	ids, err := c.QueryTexts("id")
	if err != nil {
		return nil, err
	}
	items, err := c.QueryTexts("item_id")
	if err != nil {
		return nil, err
	}
	versions, err := c.QueryTexts("version")
	if err != nil {
		return nil, err
	}
	versions = slices.DeleteFunc(versions, func(v string) bool { return v == "" })
	for _, text := range versions {
		if n, err := strconv.ParseInt(text, 10, 64); err != nil || n < 1 {
			return nil, fault.New(fault.InvalidData, "version is %q; want the number of a version, from 1", fault.Clip(text))
		}
	}
	return func(l line) bool {
		return among(ids, l.ID) && among(items, l.ItemID) && among(versions, strconv.FormatInt(l.Version, 10))
	}, nil
}

// among reports whether a list, which stands for anything if it is empty, has a text.
func among(list []string, text string) bool { return len(list) == 0 || slices.Contains(list, text) }

// readLines reads the rows of an order's lines in all of its versions, the first version
// first.
func (r *routes) readLines(ctx context.Context, orderID string, fields []string) ([]document, error) {
	res, err := r.Query.Graph(ctx, query.Request{
		Entity: "order_item", Fields: append(slices.Clone(fields), "id", "item_id", "version"), Filters: query.Filters{"order_id": orderID},
		Order: []string{"version", "id"}, Limit: query.All,
	})
	if err != nil {
		return nil, err
	}
	var rows []document
	return rows, json.Unmarshal(res.Data, &rows)
}

// line is what tells the row of a line.
type line struct {
	ID      string `json:"id"`
	ItemID  string `json:"item_id"`
	Version int64  `json:"version"`
}

// versions are the first and the last version of an order that has a line.
type versions struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// lastLines returns the last wanted row of each line, with its history.
func lastLines(rows []document, wanted func(line) bool) ([]document, error) {
	spans, last, out := map[string]*versions{}, map[string]int{}, []document{}
	var items []string
	for n, row := range rows {
		var l line
		for key, into := range map[string]any{"id": &l.ID, "item_id": &l.ItemID, "version": &l.Version} {
			if err := json.Unmarshal(row[key], into); err != nil {
				return nil, err
			}
		}
		if spans[l.ItemID] == nil {
			spans[l.ItemID] = &versions{From: l.Version}
			items = append(items, l.ItemID)
		}
		spans[l.ItemID].To = l.Version
		if wanted(l) {
			last[l.ItemID] = n
		}
	}
	for _, item := range items {
		n, ok := last[item]
		if !ok {
			continue
		}
		if err := rows[n].set(map[string]any{"history": map[string]*versions{"version": spans[item]}}); err != nil {
			return nil, err
		}
		out = append(out, rows[n])
	}
	return out, nil
}
