package admin

import (
	"context"

	"github.com/gorgon-commerce/gorgon/api"
)

func (r *routes) campaigns() []api.Route {
	records := r.Promotion.Campaigns
	campaigns := api.Resource{
		One: "campaign", Many: "campaigns", Path: "/admin/campaigns", Entity: "campaign", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, name, description, campaign_identifier, budget.*, starts_at, ends_at, created_at, updated_at, deleted_at"),
		Create: api.Writes(newCampaigns, func(ctx context.Context, _ *api.Call, in *newCampaign) (string, error) {
			return api.Create(ctx, records, in.record())
		}),
		Update: api.Writes(campaignChanges, func(ctx context.Context, c *api.Call, in *campaignChange) (string, error) {
			id := c.Param("id")
			if err := api.Update(ctx, records, id, in.Patch); err != nil {
				return "", err
			}
			return id, r.Promotion.UpdateBudget(ctx, id, in.Budget.Patch)
		}),
		Delete: r.Promotion.DeleteCampaigns,
	}
	return append(campaigns.Routes(r.Shop), campaigns.Action(r.Shop, "/promotions", "Change the promotions of a campaign",
		members(func(ctx context.Context, id string, in *membership) error {
			return r.Promotion.MoveToCampaign(ctx, id, in.Add, in.Remove)
		})))
}
