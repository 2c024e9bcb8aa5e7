package admin

import (
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
)

// What is sent of promotions and campaigns.
type (
	newPromotion struct {
		promotion.Promotion
		_                 struct{}     `body:"ignored=additional_data"`
		Campaign          *newCampaign `json:"campaign"`
		Rules             []newRule    `json:"rules"`
		ApplicationMethod newMethod    `json:"application_method" body:"required"`
	}
	newMethod struct {
		promotion.ApplicationMethod
		Description *string   `json:"description" body:"null"` // clients send it; nothing holds it
		TargetRules []newRule `json:"target_rules"`
		BuyRules    []newRule `json:"buy_rules"`
	}
	newRule struct {
		promotion.Rule
		Values []string `json:"values" body:"required,single"`
	}
	newCampaign struct {
		promotion.Campaign
		_      struct{}   `body:"ignored=additional_data"`
		Budget *newBudget `json:"budget" body:"null"`
	}
	newBudget struct {
		promotion.CampaignBudget
	}

	promotionChange struct {
		_                 struct{}     `body:"ignored=additional_data"`
		Patch             module.Patch `body:"columns=promotion"`
		ApplicationMethod methodChange `json:"application_method"`
	}
	methodChange struct {
		Description *string      `json:"description" body:"null"`
		Patch       module.Patch `body:"columns=application_method"`
	}
	ruleChange struct {
		ID     string       `json:"id" body:"required"`
		Patch  module.Patch `body:"columns=promotion_rule"`
		Values []string     `json:"values" body:"single"`
	}
	campaignChange struct {
		_      struct{}     `body:"ignored=additional_data"`
		Patch  module.Patch `body:"columns=campaign"`
		Budget struct {
			Patch module.Patch `body:"columns=campaign_budget"`
		} `json:"budget"`
	}
)

var (
	promotionColumns = body.ColumnsOf(promotion.Promotions, "code", "is_automatic", "type", "is_tax_inclusive", "status", "campaign_id", "limit", "metadata").
				With(body.Optional("limit", body.Integer.OrMore(1).OrNull()))
	methodColumns = body.ColumnsOf(promotion.ApplicationMethods, "value", "currency_code", "max_quantity", "type", "target_type", "allocation",
		"apply_to_quantity", "buy_rules_min_quantity").
		With(body.Required("value", body.Amount), body.Optional("allocation", body.OneOf("each", "across", "once")))
	ruleColumns     = body.ColumnsOf(promotion.Rules, "operator", "description", "attribute")
	campaignColumns = body.ColumnsOf(promotion.Campaigns, "name", "campaign_identifier", "description", "starts_at", "ends_at")
	budgetColumns   = body.ColumnsOf(promotion.CampaignBudgets, "type", "limit", "currency_code", "attribute")

	newPromotions    = body.For[newPromotion](promotionColumns, methodColumns, ruleColumns, campaignColumns, budgetColumns)
	promotionChanges = body.For[promotionChange](promotionColumns, methodColumns)
	ruleBatches      = body.For[batch[newRule, ruleChange]](ruleColumns)
	newCampaigns     = body.For[newCampaign](campaignColumns, budgetColumns)
	campaignChanges  = body.For[campaignChange](campaignColumns, body.ColumnsOf(promotion.CampaignBudgets, "limit"))
)

// record is the promotion with all that is nested in it.
func (in *newPromotion) record() (*promotion.Promotion, error) {
	p := &in.Promotion
	if in.Campaign != nil {
		if p.CampaignID != nil {
			return nil, fault.New(fault.InvalidData, "the body has campaign_id and campaign; a promotion is in one campaign: leave one out")
		}
		p.Campaign = in.Campaign.record()
	}
	p.Rules = ruleRecords(in.Rules)
	p.ApplicationMethod = &in.ApplicationMethod.ApplicationMethod
	p.ApplicationMethod.TargetRules = ruleRecords(in.ApplicationMethod.TargetRules)
	p.ApplicationMethod.BuyRules = ruleRecords(in.ApplicationMethod.BuyRules)
	return p, nil
}

func (in *newCampaign) record() *promotion.Campaign {
	if in.Budget != nil {
		in.Campaign.Budget = &in.Budget.CampaignBudget
	}
	return &in.Campaign
}

func ruleRecords(in []newRule) []*promotion.Rule {
	out := make([]*promotion.Rule, len(in))
	for i := range in {
		out[i] = &in[i].Rule
		for _, value := range in[i].Values {
			out[i].Values = append(out[i].Values, &promotion.RuleValue{Value: value})
		}
	}
	return out
}
