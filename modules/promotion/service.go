package promotion

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "promotion",
	Models: []*model.Model{
		Promotions,
		ApplicationMethods,
		Rules, RuleValues,
		Campaigns, CampaignBudgets, CampaignBudgetUsages,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages promotions and campaigns.
type Service struct {
	Promotions           module.Records[Promotion]
	ApplicationMethods   module.Records[ApplicationMethod]
	Rules                module.Records[Rule]
	RuleValues           module.Records[RuleValue]
	Campaigns            module.Records[Campaign]
	CampaignBudgets      module.Records[CampaignBudget]
	CampaignBudgetUsages module.Records[CampaignBudgetUsage]
	store                *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Promotions:           module.For[Promotion](s, Promotions),
		ApplicationMethods:   module.For[ApplicationMethod](s, ApplicationMethods),
		Rules:                module.For[Rule](s, Rules),
		RuleValues:           module.For[RuleValue](s, RuleValues),
		Campaigns:            module.For[Campaign](s, Campaigns),
		CampaignBudgets:      module.For[CampaignBudget](s, CampaignBudgets),
		CampaignBudgetUsages: module.For[CampaignBudgetUsage](s, CampaignBudgetUsages),
		store:                s,
	}
}
