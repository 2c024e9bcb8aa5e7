package admin

import (
	"context"
	"net/http"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/flows/exports"
	"github.com/gorgon-commerce/gorgon/query"
)

const notificationFields = "id, to, channel, template, data, trigger_type, resource_id, resource_type, receiver_id, created_at, updated_at"

// notifications are the feed of the dashboard: exports that are ready, and the like.
func (r *routes) notifications() []api.Route {
	return r.resource(api.Resource{
		One: "notification", Many: "notifications", Path: "/admin/notifications", Entity: "notification", Limit: 50,
		Fields: api.Fields(notificationFields), Listing: api.Listing{Order: []string{"-created_at"}},
	})
}

// transaction is the answer to what is done after the response.
type transaction struct {
	ID string `json:"transaction_id"`
}

// export returns the route that exports the records of a list, whatever its page. The file
// is announced in the feed of notifications, under the transaction's id.
func (r *routes) export(of api.Resource, title string) api.Route {
	answer := api.Route{Status: http.StatusAccepted, Answer: api.Answer{Body: body.Object{body.Required("transaction_id", body.Text)}}}
	return of.Selection(r.Shop, "/export", "Export to a CSV file, which a notification announces", answer, func(c *api.Call, selected query.Request) error {
		job := exports.Job{ID: r.Store.NewID("export"), Title: title, Request: selected, Server: c.Address("")}
		err := r.later.DoLong(c.Context(), job.ID, func(ctx context.Context) error { return r.exports.Run(ctx, job) })
		if err != nil {
			return err
		}
		return c.JSON(transaction{job.ID})
	})
}
