// Package promotion holds promotions, which reduce prices, and their campaigns.
//
// A Promotion says when it applies: its code, its status, its rules and its campaign.
// Its ApplicationMethod says what is reduced, and by how much:
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
// The rules of a promotion restrict who gets it. The target rules of its method
// restrict the lines that it reduces. The buy rules of a buy-get promotion say what
// must be in the cart.
//
// A Campaign groups promotions for a period and may have a CampaignBudget: an amount of
// money or a number of uses, in total or per value of an attribute such as the customer
// (counted by CampaignBudgetUsage).
package promotion
