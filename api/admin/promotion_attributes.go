package admin

import (
	"slices"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/modules/promotion"
)

// ruleAttribute is what a rule of a promotion can compare. The ids, values and
// properties are those of Medusa's route for them.
type ruleAttribute struct {
	ID        string         `json:"id"`
	Value     string         `json:"value"` // the attribute of rules: a path from the cart
	Label     string         `json:"label"`
	FieldType string         `json:"field_type"`
	Required  bool           `json:"required"`
	Disguised bool           `json:"disguised"` // a column of the promotion's method, shown like a rule
	Operators []ruleOperator `json:"operators"`

	entity, key, shown string // whose records its values are, the column of the value, and that of its label
}

type ruleOperator struct {
	ID    string `json:"id"`
	Value string `json:"value"`
	Label string `json:"label"`
}

func operatorOf(o promotion.RuleOperator, label string) ruleOperator {
	return ruleOperator{string(o), string(o), label}
}

var (
	isIn, isEqual, isNot = operatorOf(promotion.OperatorIn, "In"), operatorOf(promotion.OperatorEqual, "Equals"), operatorOf(promotion.OperatorNotEqual, "Not In")
	ruleOperators        = []ruleOperator{isIn, isEqual, isNot}
)

// recordsOf returns an attribute whose values are keys of an entity's records.
func recordsOf(id, value, label, entity, key, shown string) ruleAttribute {
	return ruleAttribute{ID: id, Value: value, Label: label, FieldType: "multiselect", Operators: ruleOperators, entity: entity, key: key, shown: shown}
}

// number returns an attribute that is a number of the promotion's method.
func number(id, label string) ruleAttribute {
	return ruleAttribute{ID: id, Value: id, Label: label, FieldType: "number", Required: true, Disguised: true, Operators: []ruleOperator{isEqual}}
}

var (
	cartAttributes = []ruleAttribute{
		recordsOf("customer_group", "customer.groups.id", "Customer Group", "customer_group", "id", "name"),
		recordsOf("region", "region.id", "Region", "region", "id", "name"),
		recordsOf("country", "shipping_address.country_code", "Country", "country", "iso_2", "display_name"),
		recordsOf("sales_channel", "sales_channel_id", "Sales Channel", "sales_channel", "id", "name"),
	}
	itemAttributes = []ruleAttribute{
		recordsOf("product", "items.product.id", "Product", "product", "id", "title"),
		recordsOf("product_category", "items.product.categories.id", "Product Category", "product_category", "id", "name"),
		recordsOf("product_collection", "items.product.collection_id", "Product Collection", "product_collection", "id", "title"),
		recordsOf("product_type", "items.product.type_id", "Product Type", "product_type", "id", "value"),
		recordsOf("product_tag", "items.product.tags.id", "Product Tag", "product_tag", "id", "value"),
	}
	shippingAttributes = []ruleAttribute{
		recordsOf("shipping_option_type", "shipping_methods.shipping_option.shipping_option_type_id", "Shipping Option Type", "shipping_option_type", "id", "label"),
	}
	currencyAttribute = ruleAttribute{
		ID: "currency_code", Value: "currency_code", Label: "Currency Code", FieldType: "select", Disguised: true, Operators: []ruleOperator{isEqual},
		entity: "currency", key: "code", shown: "name",
	}
	boughtAttribute  = number("buy_rules_min_quantity", "Minimum quantity of items")
	appliedAttribute = number("apply_to_quantity", "Quantity of items promotion will apply to")
)

// ruleSubject is what the attributes of rules depend on.
type ruleSubject struct {
	promotion promotion.Type
	method    promotion.MethodType
	target    promotion.TargetType
}

// attributesOf returns the attributes of a kind of rules.
func attributesOf(kind promotion.RuleKind, of ruleSubject) []ruleAttribute {
	switch kind {
	case promotion.PromotionRules:
		currency := currencyAttribute
		currency.Required = of.method == promotion.MethodFixed
		return append(slices.Clone(cartAttributes), currency)
	case promotion.TargetRules:
		all := slices.Clone(itemAttributes)
		if of.target == promotion.TargetShippingMethods {
			all = slices.Clone(shippingAttributes)
		}
		if of.promotion == promotion.TypeBuyGet {
			all = append(all, appliedAttribute)
		}
		return all
	}
	if of.promotion == promotion.TypeBuyGet {
		return append(slices.Clone(itemAttributes), boughtAttribute)
	}
	return slices.Clone(itemAttributes)
}

var (
	ruleSubjectParams = []api.Parameter{
		{Name: "promotion_type", Description: "the type of the promotion", Type: body.Text},
		{Name: "application_method_type", Description: "the type of its application method", Type: body.Text},
		{Name: "application_method_target_type", Description: "what the method applies to", Type: body.Text},
	}
	optionParams = []api.Parameter{
		{Name: "q", Description: "words to look for", Type: body.Text},
		{Name: "value", Description: "only these values", Type: body.IDs.Or(body.Text)},
		{Name: "limit", Description: "how many values at most", Type: body.Integer.OrMore(0)},
		{Name: "offset", Description: "how many values to skip", Type: body.Integer.OrMore(0)},
		{Name: "order", Description: "what to sort by: label or value; - before it for descending", Type: body.Text},
	}
	ruleOperatorBody = body.Object{body.Required("id", body.Text), body.Required("value", body.Text), body.Required("label", body.Text)}
	attributesBody   = body.Object{body.Required("attributes", body.List(body.Nested(body.Object{
		body.Required("id", body.Text), body.Required("value", body.Text), body.Required("label", body.Text), body.Required("field_type", body.Text),
		body.Required("required", body.Flag), body.Required("disguised", body.Flag), body.Required("operators", body.List(body.Nested(ruleOperatorBody))),
	})))}
	optionList  = body.List(body.Nested(body.Object{body.Required("value", body.Text), body.Required("label", body.Text)}))
	optionsBody = body.Object{
		body.Required("values", optionList),
		body.Required("count", body.Integer), body.Required("offset", body.Integer), body.Required("limit", body.Integer),
	}
	rulesBody = body.Object{body.Required("rules", body.List(body.Nested(body.Object{
		body.Required("id", body.Text), body.Required("description", body.Text.OrNull()),
		body.Required("attribute", body.Text), body.Required("attribute_label", body.Text), body.Optional("field_type", body.Text),
		body.Required("operator", body.Text), body.Required("operator_label", body.Text),
		body.Required("required", body.Flag), body.Required("disguised", body.Flag), body.Required("values", optionList),
	})))}
)
