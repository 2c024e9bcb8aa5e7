package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"strconv"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
)

// ordersCSV is a route that streams: however many orders there are, it holds
// one of them in memory.
func ordersCSV(s *shop.Shop) api.Route {
	request := query.Request{
		Entity: "order", Order: []string{"display_id"},
		Fields: []string{"display_id", "created_at", "email", "currency_code", "items.$count"},
	}
	return api.Route{
		Method: http.MethodGet, Path: "/admin/reports/orders.csv", Access: api.Admin,
		Summary: "All orders as CSV", Answer: api.Answer{Media: "text/csv"},
		Do: func(c *api.Call) error {
			c.SetHeader("Content-Disposition", `attachment; filename="orders.csv"`)
			return c.Stream("text/csv; charset=utf-8", func(w io.Writer) error {
				out := csv.NewWriter(w)
				if err := out.Write([]string{"order", "date", "email", "currency", "items"}); err != nil {
					return err
				}
				err := s.Query.Each(c.Context(), request, func(record []byte) error {
					var o struct {
						DisplayID int64   `json:"display_id"`
						CreatedAt string  `json:"created_at"`
						Email     *string `json:"email"`
						Currency  string  `json:"currency_code"`
						Items     int     `json:"items.$count"`
					}
					if err := json.Unmarshal(record, &o); err != nil {
						return err
					}
					email := ""
					if o.Email != nil {
						email = *o.Email
					}
					return out.Write([]string{strconv.FormatInt(o.DisplayID, 10), o.CreatedAt, email, o.Currency, strconv.Itoa(o.Items)})
				})
				if err != nil {
					return err
				}
				out.Flush()
				return out.Error()
			})
		},
	}
}

// bestCustomers is a route that lists what a query finds, a page at a time.
func bestCustomers(s *shop.Shop) api.Route {
	fields := []string{"id", "email", "orders.$count"}
	return api.Route{
		Method: http.MethodGet, Path: "/admin/reports/customers", Access: api.Admin,
		Summary: "Customers by their number of orders",
		Params:  []api.Parameter{{Name: "limit", Description: "the number of customers, 20 by default", Type: body.Integer}, {Name: "offset", Description: "the number to skip", Type: body.Integer}},
		Answer:  api.Answer{Entity: "customer", Key: "customers", List: true, Fields: fields},
		Do: func(c *api.Call) error {
			page, err := c.Page(20)
			if err != nil {
				return err
			}
			if page.Order == nil {
				page.Order = []string{"-orders.$count", "email"}
			}
			res, err := s.Query.Graph(c.Context(), page.Request("customer", fields...))
			if err != nil {
				return err
			}
			return c.List("customers", res, page)
		},
	}
}
