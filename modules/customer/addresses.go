package customer

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// defaults are the columns that at most one address of a customer can have set.
var defaults = []string{"is_default_shipping", "is_default_billing"}

// maxAddresses is how many addresses a customer can add.
const maxAddresses = 200

// AddAddress creates an address of a customer. If it is a default, it replaces the
// address that was.
func (s *Service) AddAddress(ctx context.Context, a *Address) error {
	return s.inTx(ctx, func(ctx context.Context) error {
		if err := s.locked(ctx, a.CustomerID); err != nil {
			return err
		}
		n, err := s.Addresses.Count(ctx, module.Where{"customer_id": a.CustomerID})
		if err == nil && n >= maxAddresses {
			err = fault.New(fault.InvalidData, "customer %q has %d addresses, and can have no more", a.CustomerID, n)
		}
		if err != nil {
			return err
		}
		if err := s.yield(ctx, a.CustomerID, "", module.Patch{"is_default_shipping": a.IsDefaultShipping, "is_default_billing": a.IsDefaultBilling}); err != nil {
			return err
		}
		return s.Addresses.Create(ctx, a)
	})
}

// ChangeAddress changes fields of an address of a customer. If it becomes a
// default, it replaces the address that was.
func (s *Service) ChangeAddress(ctx context.Context, customer, id string, p module.Patch) error {
	return s.inTx(ctx, func(ctx context.Context) error {
		if err := s.locked(ctx, customer); err != nil {
			return err
		}
		if err := s.Owns(ctx, customer, id); err != nil {
			return err
		}
		if err := s.yield(ctx, customer, id, p); err != nil || len(p) == 0 {
			return err
		}
		_, err := s.Addresses.Update(ctx, []string{id}, p)
		return err
	})
}

// Owns returns a not_found error if an address is not one of the customer's.
func (s *Service) Owns(ctx context.Context, customer, address string) error {
	n, err := s.Addresses.Count(ctx, module.Where{"id": address, "customer_id": customer})
	if err == nil && n == 0 {
		err = fault.New(fault.NotFound, "customer %q has no address with id %q", customer, address)
	}
	return err
}

// locked locks the customer, so that changes of the addresses come one after the
// other.
func (s *Service) locked(ctx context.Context, customer string) error {
	found, err := s.Customers.Lock(ctx, customer)
	if err == nil && len(found) == 0 {
		err = fault.New(fault.NotFound, "Customer with id: %s not found", customer)
	}
	return err
}

// yield clears the defaults that the patch sets on the other addresses of the
// customer.
func (s *Service) yield(ctx context.Context, customer, except string, p module.Patch) error {
	for _, column := range defaults {
		if p[column] != true {
			continue
		}
		others, err := s.Addresses.List(ctx, module.Where{"customer_id": customer, column: true}, module.Page{})
		if err != nil {
			return err
		}
		for _, a := range others {
			if a.ID == except {
				continue
			}
			if _, err := s.Addresses.Update(ctx, []string{a.ID}, module.Patch{column: false}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Service) inTx(ctx context.Context, fn func(ctx context.Context) error) error {
	return db.Do(ctx, s.store.DB, fn)
}
