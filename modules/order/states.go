package order

import "github.com/gorgon-commerce/gorgon/module"

// OrderStates are the states of an order. What moves it is Complete, Archive, Cancel and
// ConvertDraft.
var OrderStates = module.Machine[Status]{
	Of:    "order",
	Start: []Status{StatusPending, StatusDraft},
	Moves: []module.Move[Status]{
		{By: "convert", From: []Status{StatusDraft}, To: []Status{StatusPending}},
		{By: "complete", From: []Status{StatusPending, StatusDraft, StatusArchived, StatusRequiresAction, StatusCompleted}, To: []Status{StatusCompleted}},
		{By: "archive", From: []Status{StatusCompleted, StatusCanceled, StatusDraft}, To: []Status{StatusArchived}},
		{By: "cancel", From: []Status{StatusPending, StatusDraft, StatusArchived, StatusRequiresAction}, To: []Status{StatusCanceled}},
	},
}

// ChangeStates are the states of a change.
var ChangeStates = module.Machine[ChangeStatus]{
	Of:    "order_change",
	Start: []ChangeStatus{ChangePending, ChangeConfirmed}, // confirmed: a change that is applied as it is made
	Moves: []module.Move[ChangeStatus]{
		{By: "change", From: []ChangeStatus{ChangePending, ChangeRequested}, To: []ChangeStatus{ChangePending, ChangeRequested}},
		{By: "request", From: []ChangeStatus{ChangePending}, To: []ChangeStatus{ChangeRequested}},
		{By: "confirm", From: []ChangeStatus{ChangePending, ChangeRequested}, To: []ChangeStatus{ChangeConfirmed}},
		{By: "decline", From: []ChangeStatus{ChangePending, ChangeRequested}, To: []ChangeStatus{ChangeDeclined}},
		{By: "cancel", From: []ChangeStatus{ChangePending, ChangeRequested}, To: []ChangeStatus{ChangeCanceled}},
		{By: "undo", From: []ChangeStatus{ChangeConfirmed}, To: []ChangeStatus{ChangePending}},
	},
}

// ReturnStates are the states of a return.
var ReturnStates = module.Machine[ReturnStatus]{
	Of:    "return",
	Start: []ReturnStatus{ReturnOpen},
	Moves: []module.Move[ReturnStatus]{
		{By: "change the draft of", From: []ReturnStatus{ReturnOpen}, To: []ReturnStatus{ReturnOpen}},
		{By: "request", From: []ReturnStatus{ReturnOpen}, To: []ReturnStatus{ReturnRequested}},
		{By: "receive", From: []ReturnStatus{ReturnRequested, ReturnPartiallyReceived}, To: []ReturnStatus{ReturnPartiallyReceived, ReturnReceived}},
		{By: "decline", From: []ReturnStatus{ReturnOpen}, To: []ReturnStatus{ReturnCanceled}},
		{By: "cancel", From: []ReturnStatus{ReturnRequested, ReturnPartiallyReceived}, To: []ReturnStatus{ReturnCanceled}},
	},
}

// DealState is the state of a claim or an exchange. It follows from its open change
// and from canceled_at.
type DealState string

// The states of a claim or an exchange.
const (
	DealDraft     DealState = "draft" // its change is open
	DealConfirmed DealState = "confirmed"
	DealCanceled  DealState = "canceled"
)

func dealStates(of string) module.Machine[DealState] {
	return module.Machine[DealState]{
		Of:    of,
		Start: []DealState{DealDraft},
		Moves: []module.Move[DealState]{
			{By: "draft", From: []DealState{DealDraft}, To: []DealState{DealDraft}},
			{By: "confirm", From: []DealState{DealDraft}, To: []DealState{DealConfirmed}},
			{By: "decline", From: []DealState{DealDraft}, To: []DealState{DealCanceled}},
			{By: "cancel", From: []DealState{DealConfirmed}, To: []DealState{DealCanceled}},
		},
	}
}

// The states of claims and of exchanges.
var (
	ClaimStates    = dealStates("claim")
	ExchangeStates = dealStates("exchange")
)
