package pricing

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// PriceSet is all prices of one thing that is sold, such as a variant or a shipping
// option.
type PriceSet struct {
	model.Record

	Prices []*Price `json:"prices,omitzero" model:"many=price_set_id"`
}

// PriceSets is the model of PriceSet: entity price_set, ids pset_…. In queries, its
// prices do not include those of price lists; all_prices do. All of them are deleted
// with the set.
var PriceSets = model.Define[PriceSet]("price_set").
	WithPrefix("pset").
	With(&model.Edge{Name: "prices", Many: true, Hops: []model.Hop{{Model: Prices, On: []model.On{
		{Column: "price_set_id", Row: model.FromRow, Of: "id"},
		{Column: "price_list_id", Null: true},
	}}}}).
	With(&model.Edge{Name: "all_prices", Many: true, Hops: []model.Hop{{Model: Prices, On: []model.On{
		{Column: "price_set_id", Row: model.FromRow, Of: "id"},
	}}}}).
	Cascades("prices")

// Price is an amount in a currency, in major units, for one piece. It applies to
// quantities from MinQuantity to MaxQuantity, inclusive, where nil means no bound, if
// all its rules match and its list, if any, applies.
type Price struct {
	model.Record
	Title        *string       `json:"title"`
	CurrencyCode string        `json:"currency_code"` // ISO 4217, lower case
	Amount       money.Amount  `json:"amount"`
	MinQuantity  *money.Amount `json:"min_quantity"`
	MaxQuantity  *money.Amount `json:"max_quantity"`
	RulesCount   *int64        `json:"rules_count" model:"default=0"` // the number of rules, maintained by the service
	PriceSetID   string        `json:"price_set_id"`
	PriceListID  *string       `json:"price_list_id"`

	PriceSet   *PriceSet    `json:"price_set,omitzero" model:"belongs"`
	PriceRules []*PriceRule `json:"price_rules,omitzero" model:"many=price_id"`
	PriceList  *PriceList   `json:"price_list,omitzero" model:"belongs,cascade"`
}

// Prices is the model of Price: entity price, ids price_….
var Prices = model.Define[Price]("price").Cascades("price_rules")

// PriceRule is a condition of a price: a comparison of an attribute of the buyer's
// context with a value. The operator eq compares texts, the others numbers.
type PriceRule struct {
	model.Record
	Attribute string       `json:"attribute"` // such as region_id, customer.groups.id or item_total
	Value     string       `json:"value"`
	Operator  RuleOperator `json:"operator" model:"default=eq,enum=gte|lte|gt|lt|eq"`
	Priority  int64        `json:"priority" model:"default=0"` // of prices with the same number of rules, the one with the highest priority applies
	PriceID   string       `json:"price_id"`

	Price *Price `json:"price,omitzero" model:"belongs"`
}

// PriceRules is the model of PriceRule: entity price_rule, ids prule_….
var PriceRules = model.Define[PriceRule]("price_rule").
	WithPrefix("prule").
	Unique("price_id", "attribute", "operator")

// RuleOperator compares an attribute with a value.
type RuleOperator string

// The operators.
const (
	OperatorAtLeast RuleOperator = "gte"
	OperatorAtMost  RuleOperator = "lte"
	OperatorAbove   RuleOperator = "gt"
	OperatorBelow   RuleOperator = "lt"
	OperatorEqual   RuleOperator = "eq"
)
