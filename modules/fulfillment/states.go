package fulfillment

import "github.com/gorgon-commerce/gorgon/module"

// State is how far a fulfillment is. It follows from its times.
type State string

// The states of a fulfillment.
const (
	StateCreated   State = "created"
	StatePacked    State = "packed"
	StateShipped   State = "shipped"
	StateDelivered State = "delivered"
	StateCanceled  State = "canceled"
)

// The operations of the machine, as its messages name them.
const (
	byShip    = "ship"
	byDeliver = "deliver"
	byCancel  = "cancel"
)

// parcels is what happens to a fulfillment.
var parcels = &module.Machine[State]{
	Of:    "fulfillment",
	Start: []State{StatePacked, StateCreated},
	Moves: []module.Move[State]{
		{By: byShip, From: []State{StateCreated, StatePacked}, To: []State{StateShipped}},
		{By: byDeliver, From: []State{StateCreated, StatePacked, StateShipped}, To: []State{StateDelivered}},
		{By: byCancel, From: []State{StateCreated, StatePacked}, To: []State{StateCanceled}},
	},
}

// State returns how far the fulfillment is.
func (f *Fulfillment) State() State {
	switch {
	case f.CanceledAt != nil:
		return StateCanceled
	case f.DeliveredAt != nil:
		return StateDelivered
	case f.ShippedAt != nil:
		return StateShipped
	case f.PackedAt != nil:
		return StatePacked
	}
	return StateCreated
}
