package pricing

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// PriceList groups prices that apply for a time, to some customers, or both.
type PriceList struct {
	model.Base
	Title       string          `json:"title" model:"searchable"`
	Description string          `json:"description" model:"searchable"`
	Status      PriceListStatus `json:"status" model:"default=draft,enum=active|draft"`
	Type        PriceListType   `json:"type" model:"default=sale,enum=sale|override"`
	StartsAt    *time.Time      `json:"starts_at"` // nil means no start
	EndsAt      *time.Time      `json:"ends_at"`   // nil means no end
	RulesCount  *int64          `json:"rules_count" model:"default=0"`

	Prices         []*Price         `json:"prices,omitzero" model:"many=price_list_id"`
	PriceListRules []*PriceListRule `json:"price_list_rules,omitzero" model:"many=price_list_id"`
}

// PriceLists is the model of PriceList: entity price_list, ids plist_….
var PriceLists = model.Define[PriceList]("price_list").
	WithPrefix("plist").
	Cascades("price_list_rules", "prices")

// PriceListStatus says whether the prices of a list apply.
type PriceListStatus string

// The statuses.
const (
	ListActive PriceListStatus = "active"
	ListDraft  PriceListStatus = "draft" // the list is ignored
)

// PriceListType says how the prices of a list relate to others.
type PriceListType string

// The types of list.
const (
	ListSale     PriceListType = "sale"     // used if they are not higher; the other price is the original price
	ListOverride PriceListType = "override" // used instead of other prices
)

// PriceListRule is a condition of all prices of a list: an attribute of the buyer's
// context must be one of the values.
type PriceListRule struct {
	model.Record
	Attribute   string        `json:"attribute"` // such as customer.groups.id
	Value       model.RawJSON `json:"value"`     // a text, or a list of texts
	PriceListID string        `json:"price_list_id"`

	PriceList *PriceList `json:"price_list,omitzero" model:"belongs"`
}

// PriceListRules is the model of PriceListRule: entity price_list_rule, ids
// prule_….
var PriceListRules = model.Define[PriceListRule]("price_list_rule").WithPrefix("prule")
