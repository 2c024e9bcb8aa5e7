package order

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// LineItem is a line of an order: what was bought, copied from the product and the
// variant so that later changes there do not affect the order. It is written once;
// its quantities are in Item.
type LineItem struct {
	model.Base
	Title               string        `json:"title"`
	Subtitle            *string       `json:"subtitle"`
	Thumbnail           *string       `json:"thumbnail"`
	VariantID           *string       `json:"variant_id"`
	ProductID           *string       `json:"product_id"`
	ProductTitle        *string       `json:"product_title"`
	ProductDescription  *string       `json:"product_description"`
	ProductSubtitle     *string       `json:"product_subtitle"`
	ProductType         *string       `json:"product_type"`
	ProductTypeID       *string       `json:"product_type_id"`
	ProductCollection   *string       `json:"product_collection"`
	ProductHandle       *string       `json:"product_handle"`
	VariantSKU          *string       `json:"variant_sku"`
	VariantBarcode      *string       `json:"variant_barcode"`
	VariantTitle        *string       `json:"variant_title"`
	VariantOptionValues model.RawJSON `json:"variant_option_values"` // values by the title of their option
	RequiresShipping    *bool         `json:"requires_shipping" model:"notnull,default=true"`
	IsGiftcard          bool          `json:"is_giftcard" model:"default=false"`
	IsDiscountable      *bool         `json:"is_discountable" model:"notnull,default=true"`
	IsTaxInclusive      bool          `json:"is_tax_inclusive" model:"default=false"`
	CompareAtUnitPrice  *money.Amount `json:"compare_at_unit_price"` // the price before a sale
	UnitPrice           money.Amount  `json:"unit_price"`
	IsCustomPrice       bool          `json:"is_custom_price" model:"default=false"`

	totaled bool

	TaxLines    []*LineItemTaxLine    `json:"tax_lines,omitzero" model:"many=item_id"`
	Adjustments []*LineItemAdjustment `json:"adjustments,omitzero" model:"many=item_id"`
}

// LineItems is the model of LineItem: entity order_line_item, ids ordli_….
var LineItems = model.Define[LineItem]("order_line_item").
	WithPrefix("ordli").
	Index("product_id").
	Index("product_type_id").
	Index("variant_id").
	Cascades("tax_lines", "adjustments")

// LineItemAdjustment is a discount on a line, in one version of the order.
type LineItemAdjustment struct {
	model.Record
	Version        int64        `json:"version" model:"default=1"`
	Description    *string      `json:"description"`
	PromotionID    *string      `json:"promotion_id"`
	Code           *string      `json:"code"`
	Amount         money.Amount `json:"amount"`
	ProviderID     *string      `json:"provider_id"`
	IsTaxInclusive bool         `json:"is_tax_inclusive" model:"default=false"`
	ItemID         string       `json:"item_id"`
	totals.Part

	totaled bool

	Item *LineItem `json:"item,omitzero" model:"belongs"`
}

// LineItemAdjustments is the model of LineItemAdjustment: entity
// order_line_item_adjustment, ids ordliadj_….
var LineItemAdjustments = model.Define[LineItemAdjustment]("order_line_item_adjustment").
	WithPrefix("ordliadj")

// LineItemTaxLine is a tax on a line. Tax lines have no version.
type LineItemTaxLine struct {
	model.Base
	Description *string       `json:"description"`
	TaxRateID   *string       `json:"tax_rate_id"`
	Code        string        `json:"code"`
	Rate        money.Amount  `json:"rate"` // in percent
	ProviderID  *string       `json:"provider_id"`
	Data        model.RawJSON `json:"data"`
	ItemID      string        `json:"item_id"`
	totals.Part               // in the version in force

	totaled bool

	Item *LineItem `json:"item,omitzero" model:"belongs"`
}

// LineItemTaxLines is the model of LineItemTaxLine: entity
// order_line_item_tax_line, ids ordlitxl_….
var LineItemTaxLines = model.Define[LineItemTaxLine]("order_line_item_tax_line").
	WithPrefix("ordlitxl")
