package cart

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/money"
	"github.com/gorgon-commerce/gorgon/totals"
)

// LineItem is a line of a cart, with a copy of the product and the variant as
// they were when it was added.
type LineItem struct {
	model.Base
	Title               string        `json:"title"`
	Subtitle            *string       `json:"subtitle"`
	Thumbnail           *string       `json:"thumbnail"`
	Quantity            int64         `json:"quantity"`
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
	VariantOptionValues model.RawJSON `json:"variant_option_values"`
	RequiresShipping    *bool         `json:"requires_shipping" model:"notnull,default=true"`
	IsDiscountable      *bool         `json:"is_discountable" model:"notnull,default=true"`
	IsGiftcard          bool          `json:"is_giftcard" model:"default=false"`
	IsTaxInclusive      bool          `json:"is_tax_inclusive" model:"default=false"`
	IsCustomPrice       bool          `json:"is_custom_price" model:"default=false"`
	CompareAtUnitPrice  *money.Amount `json:"compare_at_unit_price"`
	UnitPrice           money.Amount  `json:"unit_price"`
	CartID              string        `json:"cart_id"`
	totals.Charge

	totaled bool // by the cart that it was created with

	Adjustments []*LineItemAdjustment `json:"adjustments,omitzero" model:"many=item_id"`
	TaxLines    []*LineItemTaxLine    `json:"tax_lines,omitzero" model:"many=item_id"`
	Cart        *Cart                 `json:"cart,omitzero" model:"belongs"`
}

// LineItems is the model of LineItem: entity line_item, table cart_line_item,
// ids cali_….
var LineItems = model.Define[LineItem]("line_item").
	OnTable("cart_line_item").
	WithPrefix("cali").
	Index("product_id").
	Index("variant_id").
	Index("product_type_id").
	Check("cart_line_item_unit_price_check", "CAST(unit_price AS numeric) >= 0").
	Cascades("adjustments", "tax_lines")

// LineItemAdjustment is a discount on a line.
type LineItemAdjustment struct {
	model.Base
	Description    *string      `json:"description"`
	Code           *string      `json:"code"`
	Amount         money.Amount `json:"amount"`
	IsTaxInclusive bool         `json:"is_tax_inclusive" model:"default=false"`
	ProviderID     *string      `json:"provider_id"`
	PromotionID    *string      `json:"promotion_id"`
	ItemID         string       `json:"item_id"`
	totals.Part

	totaled bool

	Item *LineItem `json:"item,omitzero" model:"belongs"`
}

// LineItemAdjustments is the model of LineItemAdjustment: entity
// line_item_adjustment, table cart_line_item_adjustment, ids caliadj_….
var LineItemAdjustments = model.Define[LineItemAdjustment]("line_item_adjustment").
	OnTable("cart_line_item_adjustment").
	WithPrefix("caliadj").
	Index("promotion_id").
	Check("cart_line_item_adjustment_check", "CAST(amount AS numeric) >= 0")

// LineItemTaxLine is a tax on a line.
type LineItemTaxLine struct {
	model.Base
	Description *string       `json:"description"`
	Code        string        `json:"code"`
	Rate        float64       `json:"rate"` // in percent
	ProviderID  *string       `json:"provider_id"`
	Data        model.RawJSON `json:"data"`
	TaxRateID   *string       `json:"tax_rate_id"`
	ItemID      string        `json:"item_id"`
	totals.Part

	totaled bool

	Item *LineItem `json:"item,omitzero" model:"belongs"`
}

// LineItemTaxLines is the model of LineItemTaxLine: entity line_item_tax_line,
// table cart_line_item_tax_line, ids calitxl_….
var LineItemTaxLines = model.Define[LineItemTaxLine]("line_item_tax_line").
	OnTable("cart_line_item_tax_line").
	WithPrefix("calitxl").
	Index("tax_rate_id")
