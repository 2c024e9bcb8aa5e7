package admin

import (
	"encoding/json"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
)

// shapedListPrice are the fields that shapeListPrices adds.
var shapedListPrice = body.Object{body.Required("variant_id", body.Text.OrNull()), body.Required("rules", body.Map)}

// shapedLists are the fields that shapeLists adds.
var shapedLists = api.Below{"": {body.Required("rules", body.Map)}, "prices": shapedListPrice}

// shapeLists gives price lists, and prices that were asked for with them, the form
// that clients know: with their rules by attribute.
func shapeLists(_ []string, records []byte) ([]byte, error) {
	return changeEach(records, func(list record) error {
		if prices, ok := list["prices"]; ok {
			shaped, err := changeEach(prices, shapeListPrice)
			if err != nil {
				return err
			}
			list["prices"] = shaped
		}
		rules, ok := list["price_list_rules"]
		if !ok {
			return nil
		}
		shaped, err := valuesByAttribute(rules)
		list["rules"] = shaped
		return err
	})
}

// shapeListPrices gives the prices in a list the form that clients know: with the id
// of their variant, and their rules by attribute.
func shapeListPrices(_ []string, records []byte) ([]byte, error) {
	return changeEach(records, shapeListPrice)
}

func shapeListPrice(price record) error {
	if set, ok := price["price_set"]; ok {
		id, err := variantIn(set)
		if err != nil {
			return err
		}
		price["variant_id"] = id
	}
	return shapeRules(price)
}

// variantIn returns the id of the variant of a price set, or null.
func variantIn(set json.RawMessage) (json.RawMessage, error) {
	var s struct{ Variant struct{ ID *string } }
	if err := json.Unmarshal(orNull(set), &s); err != nil {
		return nil, err
	}
	return json.Marshal(s.Variant.ID)
}

// valuesByAttribute returns the rules of a list as one object: their values by
// attribute.
func valuesByAttribute(list json.RawMessage) (json.RawMessage, error) {
	var rules []struct {
		Attribute string
		Value     json.RawMessage
	}
	if err := json.Unmarshal(orNull(list), &rules); err != nil {
		return nil, err
	}
	out := make(map[string]json.RawMessage, len(rules))
	for _, r := range rules {
		out[r.Attribute] = r.Value
	}
	return json.Marshal(out)
}
