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
			c.dealIs(of, Claims, *of.ClaimID, claimSums(c.claimed[*of.ClaimID]), claimSums(want), err)
		case of.is(ChangeExchange) && of.ExchangeID != nil:
			want, err := exchanged(*of.ExchangeID, c.actions[of.ID])
			c.dealIs(of, Exchanges, *of.ExchangeID, exchangeSums(c.swapped[*of.ExchangeID]), exchangeSums(want), err)
		}
	}
}

// claimSums adds up the items of a claim by line, those that are sent out apart.
func claimSums(all []*ClaimItem) map[string]money.Amount {
	out := map[string]money.Amount{}
	for _, i := range all {
		line := i.ItemID
		if i.IsAdditionalItem {
			line += ", which is sent out"
		}
		out[line] = out[line].Add(i.Quantity)
	}
	return out
}

// exchangeSums adds up the items of an exchange by line.
func exchangeSums(all []*ExchangeItem) map[string]money.Amount {
	out := map[string]money.Amount{}
	for _, i := range all {
		out[i.ItemID] = out[i.ItemID].Add(i.Quantity)
	}
	return out
}

// dealIs compares the quantities of a claim or an exchange with those of its change, which
// could not be read if err is not nil.
func (c *chronicle) dealIs(of *Change, m *model.Model, id string, stored, computed map[string]money.Amount, err error) {
	if err != nil {
		c.differs(Changes, of.ID, "actions", nil, err.Error())
		return
	}
	lines := maps.Clone(stored)
	maps.Copy(lines, computed)
	for _, line := range slices.Sorted(maps.Keys(lines)) {
		c.same(m, id, "quantity of item "+line, stored[line], computed[line])
	}
}
