package admin

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/query"
)

var (
	ruleBody = api.Body{
		api.Must("operator", api.OneOf("gte", "lte", "gt", "lt", "eq", "ne", "in")), api.May("description", api.Text.OrNull()),
		api.Must("attribute", api.Text), api.Must("values", api.Text.Or(api.List(api.Text))),
	}
	budgetBody = api.Body{
		api.Must("type", api.OneOf("spend", "usage", "use_by_attribute", "spend_by_attribute")), api.May("limit", api.Amount.OrNull()),
		api.May("currency_code", api.Text.OrNull()), api.May("attribute", api.Text.OrNull()),
	}
	campaignBody = api.Body{
		api.Must("name", api.Text), api.Must("campaign_identifier", api.Text), api.May("description", api.Text.OrNull()),
		api.May("budget", api.Object(budgetBody).OrNull()), api.May("starts_at", api.Date.OrNull()), api.May("ends_at", api.Date.OrNull()),
	}
	methodBody = api.Body{
		api.May("description", api.Text.OrNull()), api.Must("value", api.Amount), api.May("currency_code", api.Text.OrNull()),
		api.May("max_quantity", api.Integer.OrNull()), api.Must("type", api.OneOf("fixed", "percentage")),
		api.Must("target_type", api.OneOf("order", "shipping_methods", "items")), api.May("allocation", api.OneOf("each", "across", "once")),
		api.May("apply_to_quantity", api.Integer.OrNull()), api.May("buy_rules_min_quantity", api.Integer.OrNull()),
	}
	promotionBody = api.Body{
		api.Must("code", api.Text), api.May("is_automatic", api.Flag), api.Must("type", api.OneOf("standard", "buyget")),
		api.May("is_tax_inclusive", api.Flag), api.May("status", api.OneOf("draft", "active", "inactive")), api.May("campaign_id", api.Text.OrNull()),
		api.May("limit", api.Integer.OrMore(1).OrNull()), api.May("metadata", api.Map.OrNull()), api.May("additional_data", api.Map.OrNull()),
	}
)

// ruleKinds are the paths of a promotion's rules, and where they hang.
var ruleKinds = map[string]promotion.RuleKind{
	"rules": promotion.PromotionRules, "target-rules": promotion.TargetRules, "buy-rules": promotion.BuyRules,
}

func (r *routes) promotions() []api.Route {
	rules := api.List(api.Object(ruleBody))
	promotions := api.Resource{
		One: "promotion", Many: "promotions", Path: "/admin/promotions", Entity: "promotion", Access: api.Admin, Limit: 50,
		Fields: api.Fields(`id, code, is_automatic, is_tax_inclusive, type, limit, used, status, created_at, updated_at, deleted_at, metadata,
			campaign{*, budget.*}, application_method{*, buy_rules{*, values{value}}, target_rules{*, values{value}}},
			rules{id, attribute, operator, values{value}}`),
		Find: func(_ context.Context, id string) query.Filters {
			return query.Filters{"$or": []any{query.Filters{"id": id}, query.Filters{"code": id}}}
		},
		Missing: "Promotion with id or code: %s was not found",
		Create: &api.Write{
			Body: promotionBody.With(
				api.May("campaign", api.Object(campaignBody)), api.May("rules", rules),
				api.Must("application_method", api.Object(methodBody.With(api.May("target_rules", rules), api.May("buy_rules", rules)))),
			),
			Do: r.createPromotion,
		},
		Update: &api.Write{
			Body: promotionBody.Optional().With(api.May("application_method", api.Object(methodBody.Optional()))),
			Do:   r.updatePromotion,
		},
		Delete: removes(r, r.Promotions.Promotions),
	}
	out := promotions.Routes(r.Shop)
	for _, path := range slices.Sorted(maps.Keys(ruleKinds)) { // in one order, for the document
		out = append(out, r.ruleBatch(path, ruleKinds[path]), r.listRules(path, ruleKinds[path]))
	}
	return out
}

func (r *routes) createPromotion(ctx context.Context, _ *api.Call, v api.Values) (string, error) {
	if v.Has("campaign") && v["campaign_id"] != nil {
		return "", fault.New(fault.InvalidData, "the body has campaign_id and campaign; a promotion is in one campaign: leave one out")
	}
	p := &promotion.Promotion{}
	if err := promotionOf(v).Into(p); err != nil {
		return "", err
	}
	err := r.Promotions.Promotions.Create(ctx, p)
	return p.ID, err
}

// promotionOf is the body with the values of its rules as records: "a" and
// ["a"] are [{"value": "a"}].
func promotionOf(v api.Values) api.Values {
	v = v.Without("additional_data")
	spread := func(in api.Values, names ...string) {
		for _, name := range names {
			for _, rule := range in.Objects(name) {
				rule["values"] = ruleValues(rule)
			}
		}
	}
	spread(v, "rules")
	if method := v.Object("application_method"); method != nil {
		delete(method, "description") // clients send it; nothing holds it
		spread(method, "target_rules", "buy_rules")
	}
	return v
}

func ruleValues(rule api.Values) []map[string]string {
	texts := rule.Texts("values")
	if one, ok := rule["values"].(string); ok {
		texts = []string{one}
	}
	out := make([]map[string]string, len(texts))
	for i, text := range texts {
		out[i] = map[string]string{"value": text}
	}
	return out
}

func (r *routes) updatePromotion(ctx context.Context, c *api.Call, v api.Values) (string, error) {
	id, err := r.Promotions.ID(ctx, c.Param("id"))
	if err != nil {
		return "", err
	}
	columns := []string{"code", "is_automatic", "is_tax_inclusive", "type", "status", "campaign_id", "limit", "metadata"}
	if err := api.Update(ctx, r.Promotions.Promotions, id, v.Patch(columns...)); err != nil {
		return "", err
	}
	return id, r.Promotions.UpdateMethod(ctx, id, v.Object("application_method").Patch(
		"value", "currency_code", "max_quantity", "type", "target_type", "allocation", "apply_to_quantity", "buy_rules_min_quantity"))
}

// ruleBatch creates, changes and deletes rules of a promotion at once.
func (r *routes) ruleBatch(path string, kind promotion.RuleKind) api.Route {
	change := ruleBody.Optional().With(api.Must("id", api.Text), api.May("values", api.Text.Or(api.List(api.Text))))
	return api.Route{
		Method: http.MethodPost, Path: "/admin/promotions/{id}/" + path + "/batch", Access: api.Admin, Summary: "Change the " + path + " of a promotion",
		Body: api.Body{
			api.May("create", api.List(api.Object(ruleBody))), api.May("update", api.List(api.Object(change))), api.May("delete", api.IDs),
		},
		Answer: api.Answer{Body: batchAnswer},
		Do: func(c *api.Call) error {
			return r.batch(c, "promotion_rule", api.Fields("id, description, attribute, operator, values{value}"), func(ctx context.Context, v api.Values) (batch, error) {
				return r.changeRules(ctx, c.Param("id"), kind, v)
			})
		},
	}
}

func (r *routes) changeRules(ctx context.Context, idOrCode string, kind promotion.RuleKind, v api.Values) (out batch, err error) {
	id, err := r.Promotions.ID(ctx, idOrCode)
	if err != nil {
		return out, err
	}
	create := v.Objects("create")
	rules := make([]*promotion.Rule, len(create))
	for i, o := range create {
		o["values"] = ruleValues(o)
		rules[i] = &promotion.Rule{}
		if err := o.Into(rules[i]); err != nil {
			return out, err
		}
	}
	if err := r.Promotions.AddRules(ctx, id, kind, rules...); err != nil {
		return out, err
	}
	for _, rule := range rules {
		out.created = append(out.created, rule.ID)
	}
	for _, o := range v.Objects("update") {
		var values []string
		for _, one := range ruleValues(o) {
			values = append(values, one["value"])
		}
		if err := r.Promotions.UpdateRule(ctx, id, kind, o.Text("id"), o.Patch("operator", "description", "attribute"), values); err != nil {
			return out, err
		}
		out.updated = append(out.updated, o.Text("id"))
	}
	out.deleted = v.Texts("delete")
	return out, r.Promotions.RemoveRules(ctx, id, kind, out.deleted...)
}

func (r *routes) listRules(path string, kind promotion.RuleKind) api.Route {
	return api.Route{
		Method: http.MethodGet, Path: "/admin/promotions/{id}/" + path, Access: api.Admin, Summary: "List the " + path + " of a promotion",
		Answer: api.Answer{Entity: "promotion_rule", Key: "rules", Whole: true, Fields: api.Fields("id, description, attribute, operator, values{value}")},
		Do: func(c *api.Call) error {
			id, err := r.Promotions.ID(c.Context(), c.Param("id"))
			if err != nil {
				return err
			}
			return c.Records(r.Shop, "rules", query.Request{
				Entity: "promotion_rule", Fields: api.Fields("id, description, attribute, operator, values{value}"),
				Filters: query.Filters{kind.Path(): id}, Limit: query.All,
			})
		},
	}
}

func (r *routes) campaigns() []api.Route {
	columns := []string{"name", "campaign_identifier", "description", "starts_at", "ends_at"}
	body := campaignBody.With(api.May("additional_data", api.Map.OrNull()))
	campaigns := api.Resource{
		One: "campaign", Many: "campaigns", Path: "/admin/campaigns", Entity: "campaign", Access: api.Admin, Limit: 50,
		Fields: api.Fields("id, name, description, currency, campaign_identifier, budget.*, starts_at, ends_at, created_at, updated_at, deleted_at"),
		Create: &api.Write{Body: body, Do: create(r.Promotions.Campaigns)},
		Update: &api.Write{
			Body: body.Optional().With(api.May("budget", api.Object(api.Body{api.May("limit", api.Amount.OrNull())}))),
			Do: func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
				id := c.Param("id")
				if err := api.Update(ctx, r.Promotions.Campaigns, id, v.Patch(columns...)); err != nil {
					return "", err
				}
				return id, r.Promotions.UpdateBudget(ctx, id, v.Object("budget").Patch("limit"))
			},
		},
		Delete: r.Promotions.DeleteCampaigns,
	}
	return append(campaigns.Routes(r.Shop), campaigns.Action(r.Shop, "/promotions", "Change the promotions of a campaign", addRemove(),
		func(ctx context.Context, c *api.Call, v api.Values) (string, error) {
			return c.Param("id"), r.Promotions.MoveToCampaign(ctx, c.Param("id"), v.Texts("add"), v.Texts("remove"))
		}))
}
