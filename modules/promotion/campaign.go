package promotion

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Campaign groups promotions for a period, with a common budget.
type Campaign struct {
	model.Record
	Name               string     `json:"name" model:"searchable"`
	Description        *string    `json:"description" model:"searchable"`
	CampaignIdentifier string     `json:"campaign_identifier"`
	StartsAt           *time.Time `json:"starts_at"`
	EndsAt             *time.Time `json:"ends_at"`

	Budget     *CampaignBudget `json:"budget,omitzero" model:"one=campaign_id"`
	Promotions []*Promotion    `json:"promotions,omitzero" model:"many=campaign_id"`
}

// Campaigns is the model of Campaign: entity campaign, table
// promotion_campaign, ids procamp_….
var Campaigns = model.Define[Campaign]("campaign").
	Listed().
	OnTable("promotion_campaign").
	WithPrefix("procamp").
	Unique("campaign_identifier").
	Cascades("budget")

// CampaignBudget limits how much a campaign may cost or how often it may be used.
type CampaignBudget struct {
	model.Record
	Type         BudgetType    `json:"type" model:"enum=spend|usage|use_by_attribute|spend_by_attribute"`
	CurrencyCode *string       `json:"currency_code"`
	Limit        *money.Amount `json:"limit"`
	Used         money.Amount  `json:"used" model:"default=0"`
	Attribute    *string       `json:"attribute"` // the attribute of a budget by attribute
	CampaignID   string        `json:"campaign_id"`

	Campaign *Campaign              `json:"campaign,omitzero" model:"belongs"`
	Usages   []*CampaignBudgetUsage `json:"usages,omitzero" model:"many=budget_id"`
}

// CampaignBudgets is the model of CampaignBudget: entity campaign_budget, table
// promotion_campaign_budget, ids probudg_….
var CampaignBudgets = model.Define[CampaignBudget]("campaign_budget").
	OnTable("promotion_campaign_budget").
	WithPrefix("probudg").
	Index("type").
	Unique("campaign_id").
	Cascades("usages")

// BudgetType is what a budget limits.
type BudgetType string

// The types of budget.
const (
	BudgetSpend            BudgetType = "spend"              // money
	BudgetUsage            BudgetType = "usage"              // uses
	BudgetUseByAttribute   BudgetType = "use_by_attribute"   // uses per value of the attribute
	BudgetSpendByAttribute BudgetType = "spend_by_attribute" // money per value of the attribute
)

// CampaignBudgetUsage is what one value of the attribute, such as a customer, has
// used of a budget.
type CampaignBudgetUsage struct {
	model.Record
	AttributeValue string       `json:"attribute_value"`
	Used           money.Amount `json:"used" model:"default=0"`
	BudgetID       string       `json:"budget_id"`

	Budget *CampaignBudget `json:"budget,omitzero" model:"belongs"`
}

// CampaignBudgetUsages is the model of CampaignBudgetUsage: entity
// campaign_budget_usage, table promotion_campaign_budget_usage, ids
// probudgus_….
var CampaignBudgetUsages = model.Define[CampaignBudgetUsage]("campaign_budget_usage").
	OnTable("promotion_campaign_budget_usage").
	WithPrefix("probudgus").
	Unique("attribute_value", "budget_id")
