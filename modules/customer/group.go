package customer

import "github.com/gorgon-commerce/gorgon/model"

// Group is a group of customers, for prices and promotions.
type Group struct {
	model.Base
	Name      string  `json:"name" model:"searchable"`
	CreatedBy *string `json:"created_by"`

	Customers []*Customer `json:"customers,omitzero" model:"through=customer_group_customer.customer_group_id.customer_id"`
}

// Groups is the model of Group: entity customer_group, ids cusgroup_….
var Groups = model.Define[Group]("customer_group").WithPrefix("cusgroup").Unique("name")

// GroupCustomer is the membership of a customer in a group.
type GroupCustomer struct {
	model.Base
	CreatedBy       *string `json:"created_by"`
	CustomerID      string  `json:"customer_id"`
	CustomerGroupID string  `json:"customer_group_id"`

	Customer      *Customer `json:"customer,omitzero" model:"belongs"`
	CustomerGroup *Group    `json:"customer_group,omitzero" model:"belongs"`
}

// GroupCustomers is the model of GroupCustomer: entity customer_group_customer,
// ids cusgc_….
var GroupCustomers = model.Define[GroupCustomer]("customer_group_customer").WithPrefix("cusgc")
