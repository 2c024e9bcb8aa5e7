package order

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
)

// Claim is a complaint about goods, settled with a refund or a replacement.
type Claim struct {
	model.Base
	OrderVersion   int64         `json:"order_version"` // the version of the order when the claim was created
	DisplayID      int64         `json:"display_id" model:"serial"`
	Type           ClaimType     `json:"type" model:"enum=refund|replace"`
	NoNotification *bool         `json:"no_notification"`
	RefundAmount   *money.Amount `json:"refund_amount"`
	CreatedBy      *string       `json:"created_by"`
	CanceledAt     *time.Time    `json:"canceled_at"`
	OrderID        string        `json:"order_id"`
	ReturnID       *string       `json:"return_id"`

	Order           *Order         `json:"order,omitzero" model:"belongs,nokey"`
	Return          *Return        `json:"return,omitzero" model:"belongs,nokey"`
	AdditionalItems []*ClaimItem   `json:"additional_items,omitzero" model:"many=claim_id,where=is_additional_item:true"`
	ClaimItems      []*ClaimItem   `json:"claim_items,omitzero" model:"many=claim_id,where=is_additional_item:false"`
	ShippingMethods []*Shipping    `json:"shipping_methods,omitzero" model:"many=claim_id"`
	Transactions    []*Transaction `json:"transactions,omitzero" model:"many=claim_id"`
}

// Claims is the model of Claim: entity order_claim or claim, ids claim_….
var Claims = model.Define[Claim]("order_claim").
	Listed().
	Named("order_claim", "order_claims", "claim", "claims").
	WithPrefix("claim").
	Index("display_id").
	Cascades("additional_items", "claim_items", "transactions").
	With(shippingMethodsBy("claim_id"))

// ClaimType is how a claim is settled.
type ClaimType string

// The types of claim.
const (
	ClaimRefund  ClaimType = "refund"  // with money
	ClaimReplace ClaimType = "replace" // with other goods
)

// ClaimItem is a claimed line or, with is_additional_item, a line that is sent as a
// replacement.
type ClaimItem struct {
	model.Base
	Reason           *ClaimReason `json:"reason" model:"enum=missing_item|wrong_item|production_failure|other"`
	Quantity         money.Amount `json:"quantity"`
	IsAdditionalItem bool         `json:"is_additional_item" model:"default=false"`
	Note             *string      `json:"note"`
	ClaimID          string       `json:"claim_id"`
	ItemID           string       `json:"item_id"`

	Claim  *Claim            `json:"claim,omitzero" model:"belongs,nokey"`
	Item   *LineItem         `json:"item,omitzero" model:"belongs,nokey"`
	Images []*ClaimItemImage `json:"images,omitzero" model:"many=claim_item_id"`
}

// ClaimItems is the model of ClaimItem: entity order_claim_item, ids claitem_….
var ClaimItems = model.Define[ClaimItem]("order_claim_item").
	WithPrefix("claitem").
	Cascades("images").
	With(detail(Claims, "claim_id"))

// claimReasons are the reasons that a line can be claimed for.
var claimReasons = []ClaimReason{ReasonMissingItem, ReasonWrongItem, ReasonProductionFailure, ReasonOther}

// ClaimReason is what was wrong with a line.
type ClaimReason string

// The reasons of a claim.
const (
	ReasonMissingItem       ClaimReason = "missing_item"
	ReasonWrongItem         ClaimReason = "wrong_item"
	ReasonProductionFailure ClaimReason = "production_failure"
	ReasonOther             ClaimReason = "other"
)

// ClaimItemImage is a picture of the damage.
type ClaimItemImage struct {
	model.Base
	URL         string `json:"url"`
	ClaimItemID string `json:"claim_item_id"`

	ClaimItem *ClaimItem `json:"claim_item,omitzero" model:"belongs,nokey"`
}

// ClaimItemImages is the model of ClaimItemImage: entity
// order_claim_item_image, ids climg_….
var ClaimItemImages = model.Define[ClaimItemImage]("order_claim_item_image").WithPrefix("climg")
