package customer

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "customer",
	Models: []*model.Model{
		Customers,
		Addresses,
		Groups, GroupCustomers,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages customers, their addresses and their groups.
type Service struct {
	Customers      module.Records[Customer]
	Addresses      module.Records[Address]
	Groups         module.Records[Group]
	GroupCustomers module.Records[GroupCustomer]
	store          *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Customers:      module.For[Customer](s, Customers),
		Addresses:      module.For[Address](s, Addresses),
		Groups:         module.For[Group](s, Groups),
		GroupCustomers: module.For[GroupCustomer](s, GroupCustomers),
		store:          s,
	}
}
