package admin

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/api"
	"github.com/gorgon-commerce/gorgon/api/body"
)

// record is one whose columns stay as they are.
type record = map[string]json.RawMessage

// shapePrices gives the prices of variants, which are at a path of each record,
// the form that clients know: with the id of their variant, and their rules by
// attribute.
func shapePrices(path string) func(fields []string, records []byte) ([]byte, error) {
	prices := strings.TrimPrefix(path+".prices", ".")
	return func(fields []string, records []byte) ([]byte, error) {
		if !slices.ContainsFunc(fields, func(f string) bool { return f == prices || strings.HasPrefix(f, prices+".") }) {
			return records, nil
		}
		if path == "" {
			return changeEach(records, shapeVariant)
		}
		return changeEach(records, func(product record) error {
			variants, err := changeEach(product[path], shapeVariant)
			product[path] = variants
			return err
		})
	}
}

// shapedPrices are the fields that shapePrices adds.
func shapedPrices(path string) api.Below {
	return api.Below{strings.TrimPrefix(path+".prices", "."): {body.Required("variant_id", body.Text), body.Required("rules", body.Map)}}
}

func shapeVariant(variant record) error {
	prices, err := changeEach(variant["prices"], func(price record) error {
		if id, ok := variant["id"]; ok {
			price["variant_id"] = id
		}
		return shapeRules(price)
	})
	variant["prices"] = prices
	return err
}

// shapeRules adds the rules of a price by attribute.
func shapeRules(price record) error {
	list, ok := price["price_rules"]
	if !ok { // not asked for: no rules would be a lie
		return nil
	}
	rules, err := rulesOf(list)
	price["rules"] = rules
	return err
}

// rulesOf returns rules as one object: their values by attribute.
func rulesOf(list json.RawMessage) (json.RawMessage, error) {
	var rules []struct{ Attribute, Value string }
	if err := json.Unmarshal(orNull(list), &rules); err != nil {
		return nil, err
	}
	out := make(map[string]string, len(rules))
	for _, r := range rules {
		out[r.Attribute] = r.Value
	}
	return json.Marshal(out)
}

// changeEach changes each object of a JSON array.
func changeEach(list json.RawMessage, change func(record) error) (json.RawMessage, error) {
	var all []record
	if err := json.Unmarshal(orNull(list), &all); err != nil {
		return nil, err
	}
	if all == nil {
		return orNull(list), nil
	}
	for _, r := range all {
		if err := change(r); err != nil {
			return nil, err
		}
	}
	return json.Marshal(all)
}

func orNull(v json.RawMessage) json.RawMessage {
	if v == nil {
		return json.RawMessage("null")
	}
	return v
}
