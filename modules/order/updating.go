package order

import (
	"context"
	"encoding/json"
	"maps"
	"net/mail"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// properties are the columns of an order that nothing else follows from.
var properties = []string{
	"billing_address_id", "custom_display_id", "customer_id", "email", "locale", "metadata", "no_notification", "region_id", "sales_channel_id", "shipping_address_id",
}

// Update is what an order is given anew: columns of its own, and columns of its
// addresses. A changed address is a record of its own, beside the one before. Its country
// stays unless the order is a draft: taxes and shipping follow from it.
type Update struct {
	Columns                         module.Patch
	ShippingAddress, BillingAddress module.Patch
}

// UpdateOrder updates an order, and records each new value for its history: a confirmed
// change with the old and the new value. It makes no version, and works while another
// change is open.
func (s *Service) UpdateOrder(ctx context.Context, orderID, by string, u Update) error {
	for name := range u.Columns {
		if !slices.Contains(properties, name) {
			return fault.New(fault.InvalidData, "order.%s cannot be set; want one of %q", fault.Clip(name), properties)
		}
	}
	if email, ok := textIn(u.Columns, "email"); ok && !isEmail(email) {
		return notEmail(email)
	}
	if customer, ok := textIn(u.Columns, "customer_id"); ok && customer == "" {
		return fault.New(fault.InvalidData, "order.customer_id cannot be empty; null takes the order from its customer")
	}
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		o, err := s.changeable(ctx, orderID)
		if err != nil {
			return err
		}
		if err := s.keepsCountries(ctx, o, u.Columns); err != nil {
			return err
		}
		columns := module.Patch{}
		maps.Copy(columns, u.Columns)
		var changes []*Change
		for _, of := range []struct {
			name  string
			id    *string
			patch module.Patch
		}{{"shipping_address", o.ShippingAddressID, u.ShippingAddress}, {"billing_address", o.BillingAddressID, u.BillingAddress}} {
			was, is, err := s.readdress(ctx, of.name, of.id, o.IsDraftOrder, of.patch)
			if err != nil {
				return err
			}
			if is != nil {
				columns[of.name+"_id"] = is.ID
				changes = append(changes, s.updated(o, by, of.name, json.RawMessage(model.ToJSON(was)), json.RawMessage(model.ToJSON(is))))
			}
		}
		more, err := s.updateColumns(ctx, o, by, columns, u.Columns)
		if err != nil {
			return err
		}
		return s.Changes.Create(ctx, append(more, changes...)...)
	})
}

// keepsCountries returns an error if a patch gives an order that is no draft an address in
// another country.
func (s *Service) keepsCountries(ctx context.Context, o *Order, p module.Patch) error {
	for _, of := range []struct {
		name string
		was  *string
	}{{"shipping_address", o.ShippingAddressID}, {"billing_address", o.BillingAddressID}} {
		if _, given := p[of.name+"_id"]; !given || of.was == nil || o.IsDraftOrder {
			continue
		}
		old, err := s.Addresses.Retrieve(ctx, *of.was)
		if err != nil {
			return err
		}
		if old.CountryCode == nil {
			continue
		}
		now := &Address{}
		if id, ok := textIn(p, of.name+"_id"); ok {
			if now, err = s.Addresses.Retrieve(ctx, id); err != nil {
				return err
			}
		}
		if deref(now.CountryCode) != *old.CountryCode {
			return otherCountry(of.name, *old.CountryCode)
		}
	}
	return nil
}

func otherCountry(name, is string) error {
	return fault.New(fault.InvalidData, "Country code cannot be changed: that of the %s is %s; taxes and shipping follow from it", strings.ReplaceAll(name, "_", " "), is)
}

// textIn returns the text that a patch sets a column to.
func textIn(p module.Patch, column string) (value string, ok bool) {
	switch v := p[column].(type) {
	case string:
		return v, true
	case *string:
		return deref(v), v != nil
	}
	return "", false
}

func notEmail(s string) error {
	return fault.New(fault.InvalidData, "order.email: %q is not an email address; it must have the form name@example.com", fault.Clip(s))
}

// isEmail reports whether a text is an email address alone: name@example.com.
func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

// updateColumns sets columns of an order, and returns the changes that record those of
// them that are told and are new.
func (s *Service) updateColumns(ctx context.Context, o *Order, by string, p, told module.Patch) ([]*Change, error) {
	if len(p) == 0 {
		return nil, nil
	}
	old, err := columns(o)
	if err != nil {
		return nil, err
	}
	if _, err := s.Orders.Update(ctx, []string{o.ID}, p); err != nil {
		return nil, err
	}
	if o, err = s.Orders.Retrieve(ctx, o.ID); err != nil {
		return nil, err
	}
	now, err := columns(o)
	if err != nil {
		return nil, err
	}
	var changes []*Change
	for _, name := range slices.Sorted(maps.Keys(told)) {
		if string(old[name]) != string(now[name]) {
			changes = append(changes, s.updated(o, by, name, old[name], now[name]))
		}
	}
	return changes, nil
}

// readdress returns an address of an order, and the new record of it with some columns
// changed; nil if nothing is.
func (s *Service) readdress(ctx context.Context, name string, id *string, draft bool, p module.Patch) (was, is *Address, err error) {
	is = &Address{}
	if id != nil {
		if was, err = s.Addresses.Retrieve(ctx, *id); err != nil {
			return nil, nil, err
		}
		*is = *was
		is.Record = model.Record{}
	}
	old, err := columns(is)
	if err != nil {
		return nil, nil, err
	}
	p = maps.Clone(p)
	if code, ok := p["country_code"].(string); ok {
		p["country_code"] = strings.ToLower(code)
	}
	maps.DeleteFunc(p, func(column string, v any) bool {
		now, err := json.Marshal(v)
		return err == nil && string(now) == string(old[column])
	})
	if len(p) == 0 {
		return nil, nil, nil
	}
	if _, given := p["country_code"]; given && is.CountryCode != nil && !draft {
		return nil, nil, otherCountry(name, *is.CountryCode)
	}
	if err := s.Addresses.Create(ctx, is); err != nil {
		return nil, nil, err
	}
	if _, err := s.Addresses.Update(ctx, []string{is.ID}, p); err != nil {
		return nil, nil, err
	}
	is, err = s.Addresses.Retrieve(ctx, is.ID)
	return was, is, err
}

// columns returns the columns of a record as JSON.
func columns(record any) (out map[string]json.RawMessage, err error) {
	b, err := json.Marshal(record)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	return out, err
}

// updated returns the change that records a new value of a column.
func (s *Service) updated(o *Order, by, name string, old, now json.RawMessage) *Change {
	n := NewChange{OrderID: o.ID, Type: ChangeUpdateOrder, By: by, Actions: []NewAction{{
		Action: UpdateOrderProperties, Details: Details{Type: name, Old: model.RawJSON(old), New: model.RawJSON(now)},
	}}}
	c := n.record(o)
	c.Version, c.Status, c.ConfirmedAt, c.ConfirmedBy = o.Version, ChangeConfirmed, s.now(), text(by)
	for _, a := range c.Actions {
		a.Applied = true
	}
	return c
}
