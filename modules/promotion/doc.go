// Package promotion holds what makes things cheaper.
//
// A Promotion says when: its code, its status, its rules and its campaign. Its
// ApplicationMethod says what and how much:
//
//	p := &promotion.Promotion{
//		Code: "SUMMER", Type: promotion.TypeStandard, Status: promotion.StatusActive,
//		Rules: []*promotion.Rule{{
//			Attribute: "customer.groups.id", Operator: promotion.OperatorIn,
//			Values: []*promotion.RuleValue{{Value: "cusgroup_…"}},
//		}},
//		ApplicationMethod: &promotion.ApplicationMethod{
//			Type: promotion.MethodPercentage, Value: new(money.Int(10)),
//			TargetType: promotion.TargetItems, Allocation: new(promotion.AllocateAcross),
//		},
//	}
//
// Rules of a promotion restrict who gets it. Target rules of its method
// restrict the lines it makes cheaper; buy rules, of buy-get promotions, name
// what must be in the cart.
//
// A Campaign groups promotions for a time and may have a CampaignBudget: so
// much money, or so many uses, in all or for each value of an attribute such as
// the customer (CampaignBudgetUsage counts those).
package promotion
