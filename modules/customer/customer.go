package customer

import "github.com/gorgon-commerce/gorgon/model"

// Customer is a person who buys, registered (has_account) or as a guest. A
// registered customer and a guest may have the same email.
type Customer struct {
	model.Base
	CompanyName *string `json:"company_name" model:"searchable,index"`
	FirstName   *string `json:"first_name" model:"searchable,index"`
	LastName    *string `json:"last_name" model:"searchable,index"`
	Email       *string `json:"email" model:"searchable,anycase"`
	Phone       *string `json:"phone" model:"searchable"`
	HasAccount  bool    `json:"has_account" model:"default=false,index"`
	CreatedBy   *string `json:"created_by" model:"index"`

	Groups    []*Group   `json:"groups,omitzero" model:"through=customer_group_customer.customer_id.customer_group_id"`
	Addresses []*Address `json:"addresses,omitzero" model:"many=customer_id"`
}

// Customers is the model of Customer: entity customer, ids cus_….
var Customers = model.Define[Customer]("customer").
	Listed().Searched().
	WithPrefix("cus").
	Unique("email", "has_account").
	Index("email").
	Cascades("addresses")
