package order

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/money"
)

// Details are the parameters of an action. Which of them it reads depends on its type.
type Details struct {
	ReferenceID        string        `json:"reference_id,omitempty"` // the line, method, customer or promotion
	Quantity           *money.Amount `json:"quantity,omitempty"`
	QuantityDiff       *money.Amount `json:"quantity_diff,omitempty"` // of ITEM_UPDATE: what it adds to the quantity
	UnitPrice          *money.Amount `json:"unit_price,omitempty"`
	CompareAtUnitPrice *money.Amount `json:"compare_at_unit_price,omitempty"`
	Metadata           model.RawJSON `json:"metadata,omitempty"`
	Adjustments        []Adjustment  `json:"adjustments,omitzero"`
	ReasonID           string        `json:"reason_id,omitempty"` // of RETURN_ITEM
	Reason             ClaimReason   `json:"reason,omitempty"`    // of WRITE_OFF_ITEM
	Amount             *money.Amount `json:"amount,omitempty"`    // of SHIPPING_UPDATE: the new one
	Token              string        `json:"token,omitempty"`     // of TRANSFER_CUSTOMER, as the three below
	OriginalEmail      *string       `json:"original_email,omitempty"`
	NewEmail           *string       `json:"new_email,omitempty"`
	OriginalCustomerID *string       `json:"original_customer_id,omitempty"` // empty for none
	Type               string        `json:"type,omitempty"`                 // of UPDATE_ORDER_PROPERTIES, as the two below
	Old                model.RawJSON `json:"old,omitempty"`
	New                model.RawJSON `json:"new,omitempty"`
}

// Adjustment is a discount in the details of an action.
type Adjustment struct {
	Code           *string      `json:"code"`
	PromotionID    *string      `json:"promotion_id"`
	Description    *string      `json:"description"`
	ProviderID     *string      `json:"provider_id"`
	Amount         money.Amount `json:"amount"`
	IsTaxInclusive bool         `json:"is_tax_inclusive"`
}

// on returns the adjustment as one of a line.
func (a Adjustment) on(line string, version int64) *LineItemAdjustment {
	return &LineItemAdjustment{
		Version: version, ItemID: line, Code: a.Code, PromotionID: a.PromotionID, Description: a.Description, ProviderID: a.ProviderID,
		Amount: a.Amount, IsTaxInclusive: a.IsTaxInclusive,
	}
}

// onMethod returns the adjustment as one of a shipping method.
func (a Adjustment) onMethod(method string, version int64) *ShippingMethodAdjustment {
	return &ShippingMethodAdjustment{
		Version: version, ShippingMethodID: method, Code: a.Code, PromotionID: a.PromotionID, Description: a.Description,
		ProviderID: a.ProviderID, Amount: a.Amount,
	}
}

// details returns the parameters of a stored action.
func (a *ChangeAction) details() (d Details, err error) {
	if len(a.Details) == 0 {
		return d, nil
	}
	if err := json.Unmarshal(a.Details, &d); err != nil {
		return d, fault.Wrap(err, fault.InvalidData, "the details of %s %q cannot be read: %s", a.Action, a.ID, fault.JSONProblem(err))
	}
	if len(d.Metadata) == 0 && bytes.Contains(a.Details, []byte(`"metadata"`)) { // null is not the same as nothing: it clears
		var given map[string]json.RawMessage
		if err := json.Unmarshal(a.Details, &given); err != nil {
			return d, err
		}
		d.Metadata = model.RawJSON(given["metadata"])
	}
	return d, nil
}

// readable returns an error unless the parameters are what can be stored as JSON, and the
// reason is one of a claim.
func (d *Details) readable(of ActionType) error {
	if d.Reason != "" && !slices.Contains(claimReasons, d.Reason) {
		return fault.New(fault.InvalidData, "%s: %q is not a reason for a claim; want one of %q", of, fault.Clip(string(d.Reason)), claimReasons)
	}
	for _, v := range []struct {
		name string
		json model.RawJSON
	}{{"metadata", d.Metadata}, {"old", d.Old}, {"new", d.New}} {
		if len(v.json) == 0 {
			continue
		}
		var value any
		if err := json.Unmarshal(v.json, &value); err != nil {
			return fault.Wrap(err, fault.InvalidData, "%s: details.%s is not JSON: %s", of, v.name, fault.JSONProblem(err))
		}
		if _, object := value.(map[string]any); v.name == "metadata" && value != nil && !object {
			return fault.New(fault.InvalidData, "%s: details.metadata must be an object, or null", of)
		}
	}
	return nil
}

// orJSON returns a, or b if a is not given.
func orJSON(a, b model.RawJSON) model.RawJSON {
	if len(a) == 0 {
		return b
	}
	return a
}

// On reports whether the action is on a line or a shipping method.
func (a *ChangeAction) On(id string) bool {
	if a.ReferenceID != nil && *a.ReferenceID == id {
		return true
	}
	d, err := a.details()
	return err == nil && d.ReferenceID == id
}

// fits checks that an amount is stored as it is given.
func fits(what string, a *money.Amount) error {
	if a == nil {
		return nil
	}
	return module.Fits(what, *a)
}
