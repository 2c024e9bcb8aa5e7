package saleschannel

import "github.com/gorgon-commerce/gorgon/model"

// SalesChannel is a channel that a shop sells through, such as a web store, a
// marketplace, or a point of sale.
type SalesChannel struct {
	model.Base
	Name        string  `json:"name" model:"searchable"`
	Description *string `json:"description" model:"searchable"`
	IsDisabled  bool    `json:"is_disabled" model:"default=false"`
}

// SalesChannels is the model of SalesChannel: entity sales_channel, ids sc_….
var SalesChannels = model.Define[SalesChannel]("sales_channel").WithPrefix("sc")
