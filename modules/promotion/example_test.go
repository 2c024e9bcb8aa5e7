package promotion_test

import (
	"fmt"

	"github.com/gorgon-commerce/gorgon/modules/promotion"
	"github.com/gorgon-commerce/gorgon/money"
)

// Ten percent off all items, for the customers of a group.
func ExamplePromotion() {
	p := &promotion.Promotion{
		Code: "SUMMER", Type: promotion.TypeStandard, Status: promotion.StatusActive,
		Rules: []*promotion.Rule{{
			Attribute: "customer.groups.id", Operator: promotion.OperatorIn,
			Values: []*promotion.RuleValue{{Value: "cusgroup_…"}},
		}},
		ApplicationMethod: &promotion.ApplicationMethod{
			Type: promotion.MethodPercentage, Value: new(money.Int(10)),
			TargetType: promotion.TargetItems, Allocation: new(promotion.AllocateAcross),
		},
	}
	fmt.Println(p.Code, p.ApplicationMethod.Value, p.ApplicationMethod.Type, "of", p.ApplicationMethod.TargetType)
	// Output: SUMMER 10 percentage of items
}
