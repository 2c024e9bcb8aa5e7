package admin

import (
	"context"
	"maps"
	"net/http"
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/query"
)

// ruleKinds are the paths of a promotion's rules, and where they hang.
var ruleKinds = map[string]promotion.RuleKind{
	"rules": promotion.PromotionRules, "target-rules": promotion.TargetRules, "buy-rules": promotion.BuyRules,
}

// typesOfPromotion are parameters that clients send with rules of a promotion
// that they are about to create.
var typesOfPromotion = []api.Parameter{
	api.NoEffect("promotion_type"), api.NoEffect("application_method_type"), api.NoEffect("application_method_target_type"),
}

const ruleFields = "id, description, attribute, operator, values{value}"

func (r *routes) promotions() []api.Route {
	records := r.Promotion.Promotions
	promotions := api.Resource{
		One: "promotion", Many: "promotions", Path: "/admin/promotions", Entity: "promotion", Access: api.Admin, Limit: 50,
		Fields: api.Fields(`id, code, is_automatic, is_tax_inclusive, type, limit, used, status, created_at, updated_at, deleted_at, metadata,
			campaign{*, budget.*}, application_method{*, buy_rules{*, values{value}}, target_rules{*, values{value}}},
			rules{id, attribute, operator, values{value}}`),
		Create: api.Writes(newPromotions, func(ctx context.Context, _ *api.Call, in *newPromotion) (string, error) {
			p, err := in.record()
			if err != nil {
				return "", err
			}
			return api.Create(ctx, records, p)
		}),
		Update: api.Writes(promotionChanges, func(ctx context.Context, c *api.Call, in *promotionChange) (string, error) {
			id := c.Param("id")
			if err := r.promotionExists(ctx, id); err != nil {
				return "", err
			}
			if err := api.Update(ctx, records, id, in.Patch); err != nil {
				return "", err
			}
			return id, r.Promotion.UpdateMethod(ctx, id, in.ApplicationMethod.Patch)
		}),
		Delete: records.SoftDelete,
		Lookup: api.Lookup{Missing: "Promotion with id or code: %s was not found", Find: func(id string) query.Filters {
			return query.Filters{"$or": []any{query.Filters{"id": id}, query.Filters{"code": id}}}
		}},
	}
	out := append(promotions.Routes(r.Shop), r.ruleOptions()...)
	for _, path := range slices.Sorted(maps.Keys(ruleKinds)) { // in one order, for the document
		out = append(out, r.ruleBatch(path, ruleKinds[path]), r.listRules(path, ruleKinds[path]))
	}
	return out
}

// ruleBatch creates, changes and deletes rules of a promotion at once.
func (r *routes) ruleBatch(path string, kind promotion.RuleKind) api.Route {
	promotionOf := func(ctx context.Context, c *api.Call) (string, error) {
		return c.Param("id"), r.promotionExists(ctx, c.Param("id"))
	}
	rules := api.Resource{Entity: "promotion_rule", Fields: api.Fields(ruleFields), Listing: api.Listing{Others: typesOfPromotion}}
	return batchRoute(r, "/admin/promotions/{id}/"+path+"/batch", "Change the "+path+" of a promotion", ruleBatches, rules,
		batchWork[newRule, ruleChange]{
			object: "promotion-rule",
			create: func(ctx context.Context, c *api.Call, all []newRule) ([]string, error) {
				id, err := promotionOf(ctx, c)
				if err != nil {
					return nil, err
				}
				rules := ruleRecords(all)
				err = r.Promotion.AddRules(ctx, id, kind, rules...)
				ids := make([]string, len(rules))
				for i, rule := range rules {
					ids[i] = rule.ID
				}
				return ids, err
			},
			update: func(ctx context.Context, c *api.Call, one *ruleChange) (string, error) {
				id, err := promotionOf(ctx, c)
				if err != nil {
					return "", err
				}
				return one.ID, r.Promotion.UpdateRule(ctx, id, kind, one.ID, one.Patch, one.Values)
			},
			delete: func(ctx context.Context, c *api.Call, ids []string) error {
				id, err := promotionOf(ctx, c)
				if err != nil {
					return err
				}
				return r.Promotion.RemoveRules(ctx, id, kind, ids...)
			},
		})
}

// promotionExists returns an error unless there is a promotion with an id. Only
// reading finds one by its code, too.
func (r *routes) promotionExists(ctx context.Context, id string) error {
	n, err := r.Promotion.Promotions.Count(ctx, module.Where{"id": id})
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "Promotion with id: %s was not found", fault.Clip(id))
	}
	return err
}

// rulesAnswer is a list of rules.
type rulesAnswer struct {
	Rules []*labeledRule `json:"rules"`
}

func (r *routes) listRules(path string, kind promotion.RuleKind) api.Route {
	return api.Route{
		Method: http.MethodGet, Path: "/admin/promotions/{id}/" + path, Access: api.Admin, Summary: "List the " + path + " of a promotion",
		Params: ruleSubjectParams, Answer: api.Answer{Body: rulesBody},
		Do: func(c *api.Call) error {
			if c.Param("id") == "null" { // what the dashboard asks for a promotion that it is about to create
				return c.JSON(rulesAnswer{blanks(kind, subjectOf(c))})
			}
			id, err := r.Promotion.ID(c.Context(), c.Param("id"))
			if err != nil {
				return err
			}
			res, err := r.Query.Graph(c.Context(), query.Request{
				Entity: "promotion_rule", Fields: api.Fields(ruleFields), Filters: query.Filters{kind.Path(): id}, Limit: query.All,
			})
			if err != nil {
				return err
			}
			rules, err := rulesIn(res.Data)
			if err != nil {
				return err
			}
			if err := r.label(c.Context(), kind, subjectOf(c), rules); err != nil {
				return err
			}
			disguised, err := r.disguisedRules(c.Context(), kind, id)
			if err != nil {
				return err
			}
			return c.JSON(rulesAnswer{append(rules, disguised...)})
		},
	}
}
