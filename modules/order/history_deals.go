package order

import (
	"maps"
	"slices"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// dealsAgree compares the items of claims and exchanges with the changes that confirmed
// them.
func (c *chronicle) dealsAgree() {
	for _, of := range c.changes {
		switch {
		case of.is(ChangeClaim) && of.ClaimID != nil:
			want, err := claimed(*of.ClaimID, c.actions[of.ID])
			if err == nil {
				amount := func(i *ClaimItem) money.Amount { return i.Quantity }
				key := func(i *ClaimItem) string {
					return i.ItemID + map[bool]string{true: ", which is sent out"}[i.IsAdditionalItem]
				}
				agree(c, Claims, *of.ClaimID, sums(c.claimed[*of.ClaimID], key, amount), sums(want, key, amount))
			}
		case of.is(ChangeExchange) && of.ExchangeID != nil:
			want, err := exchanged(*of.ExchangeID, c.actions[of.ID])
			if err == nil {
				amount := func(i *ExchangeItem) money.Amount { return i.Quantity }
				key := func(i *ExchangeItem) string { return i.ItemID }
				agree(c, Exchanges, *of.ExchangeID, sums(c.swapped[*of.ExchangeID], key, amount), sums(want, key, amount))
			}
		}
	}
}

// sums adds up an amount of records by a key.
func sums[T any](all []*T, key func(*T) string, amount func(*T) money.Amount) map[string]money.Amount {
	out := map[string]money.Amount{}
	for _, x := range all {
		out[key(x)] = out[key(x)].Add(amount(x))
	}
	return out
}

// agree compares the quantities of the items of a claim or an exchange.
func agree(c *chronicle, m *model.Model, id string, stored, computed map[string]money.Amount) {
	for item := range stored {
		computed[item] = computed[item].Add(money.Zero)
	}
	for _, item := range slices.Sorted(maps.Keys(computed)) {
		c.same(m, id, "quantity of item "+item, stored[item], computed[item])
	}
}
