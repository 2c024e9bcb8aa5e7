package promotion

import "github.com/gorgon-commerce/gorgon/module"

// Service keeps promotions and campaigns.
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

// New makes the service on a store, and sets the module's rules there; see
// rules.go and whole_rules.go.
func New(s *module.Store) *Service {
	service := &Service{
		Promotions:           module.For[Promotion](s, Promotions),
		ApplicationMethods:   module.For[ApplicationMethod](s, ApplicationMethods),
		Rules:                module.For[Rule](s, Rules).With(module.Rules[Rule]{New: newRule, Each: checkRule}),
		RuleValues:           module.For[RuleValue](s, RuleValues).With(module.Rules[RuleValue]{Each: checkRuleValue}),
		Campaigns:            module.For[Campaign](s, Campaigns).With(module.Rules[Campaign]{Each: checkCampaign}),
		CampaignBudgets:      module.For[CampaignBudget](s, CampaignBudgets),
		CampaignBudgetUsages: module.For[CampaignBudgetUsage](s, CampaignBudgetUsages),
		store:                s,
	}
	service.Promotions.With(module.Rules[Promotion]{Each: checkPromotion, After: service.checkWhole})
	service.ApplicationMethods.With(module.Rules[ApplicationMethod]{Each: checkMethod, After: service.checkMethods})
	service.CampaignBudgets.With(module.Rules[CampaignBudget]{Each: checkBudget, After: service.checkBudgets})
	return service
}
