package promotion

import "github.com/gorgon-commerce/gorgon/model"

// Promotion reduces prices, when its code is entered or, if is_automatic, by itself.
type Promotion struct {
	model.Base
	Code           string  `json:"code" model:"searchable"`
	IsAutomatic    bool    `json:"is_automatic" model:"default=false"`
	IsTaxInclusive bool    `json:"is_tax_inclusive" model:"default=false"`
	Limit          *int64  `json:"limit"` // how often it may be used; nil means no limit
	Used           int64   `json:"used" model:"default=0"`
	Type           Type    `json:"type" model:"enum=standard|buyget"`
	Status         Status  `json:"status" model:"default=draft,enum=draft|active|inactive"`
	CampaignID     *string `json:"campaign_id"`

	Campaign          *Campaign          `json:"campaign,omitzero" model:"belongs"`
	ApplicationMethod *ApplicationMethod `json:"application_method,omitzero" model:"one=promotion_id"`
	Rules             []*Rule            `json:"rules,omitzero" model:"through=promotion_promotion_rule.promotion_id.promotion_rule_id"`
}

// Promotions is the model of Promotion: entity promotion, ids promo_….
var Promotions = model.Define[Promotion]("promotion").
	Listed().
	WithPrefix("promo").
	Index("type").
	Index("status").
	Unique("code").
	Index("is_automatic").
	Cascades("application_method")

// Type is the kind of a promotion.
type Type string

// The types of promotion.
const (
	TypeStandard Type = "standard"
	TypeBuyGet   Type = "buyget" // buy some, and others are reduced
)

// Status says whether a promotion is in use.
type Status string

// The states of a promotion.
const (
	StatusDraft    Status = "draft"
	StatusActive   Status = "active"
	StatusInactive Status = "inactive"
)
