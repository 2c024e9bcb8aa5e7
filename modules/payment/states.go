package payment

import "github.com/gorgon-commerce/gorgon/module"

// The operations of the machines, as their messages name them.
const (
	byAmount      = "change the amount of"
	byDelete      = "delete"
	byOpen        = "open a session of"
	byAuthorize   = "authorize"
	byCapture     = "capture"
	byRefund      = "refund"
	byCancel      = "cancel"
	byMarkAsPaid  = "mark as paid"
	byUpdate      = "update"
	byVoid        = "void"
	byHear        = "hear of"
	byLoseSession = "delete a session of"
)

// collections is what happens to a collection. Its status is computed again after
// each operation, so that some operations lead to several.
var collections = &module.Machine[CollectionStatus]{
	Of:    "payment collection",
	Start: []CollectionStatus{CollectionNotPaid},
	Moves: []module.Move[CollectionStatus]{
		{By: byAmount, From: []CollectionStatus{CollectionNotPaid}, To: []CollectionStatus{CollectionNotPaid}},
		{By: byAmount, From: []CollectionStatus{CollectionAwaiting}, To: []CollectionStatus{CollectionAwaiting}},
		{By: byDelete, From: []CollectionStatus{CollectionNotPaid}},
		{By: byMarkAsPaid, From: []CollectionStatus{CollectionNotPaid}, To: []CollectionStatus{CollectionCompleted}},
		{By: byOpen, From: []CollectionStatus{CollectionNotPaid, CollectionAwaiting}, To: []CollectionStatus{CollectionAwaiting}},
		{By: byOpen, From: []CollectionStatus{CollectionPartiallyAuthorized}, To: []CollectionStatus{CollectionPartiallyAuthorized}},
		{By: byLoseSession, From: []CollectionStatus{CollectionAwaiting}, To: []CollectionStatus{CollectionAwaiting, CollectionNotPaid}},
		{By: byAuthorize,
			From: []CollectionStatus{CollectionNotPaid, CollectionAwaiting, CollectionPartiallyAuthorized},
			To:   []CollectionStatus{CollectionAwaiting, CollectionAuthorized, CollectionPartiallyAuthorized, CollectionCompleted}},
		{By: byVoid,
			From: []CollectionStatus{CollectionAuthorized, CollectionPartiallyAuthorized},
			To:   []CollectionStatus{CollectionPartiallyAuthorized, CollectionAwaiting}},
		{By: byCapture,
			From: []CollectionStatus{CollectionNotPaid, CollectionAwaiting, CollectionAuthorized, CollectionPartiallyAuthorized, CollectionPartiallyCaptured, CollectionCompleted},
			To:   []CollectionStatus{CollectionAuthorized, CollectionPartiallyAuthorized, CollectionPartiallyCaptured, CollectionCompleted}},
		{By: byCancel,
			From: []CollectionStatus{CollectionNotPaid, CollectionAwaiting, CollectionAuthorized, CollectionPartiallyAuthorized, CollectionPartiallyCaptured, CollectionFailed},
			To:   []CollectionStatus{CollectionCanceled, CollectionPartiallyCaptured}},
	},
}

// sessions is what happens to a session.
var sessions = &module.Machine[SessionStatus]{
	Of:    "payment session",
	Start: []SessionStatus{SessionPending, SessionRequiresMore, SessionError},
	Moves: []module.Move[SessionStatus]{
		{By: byUpdate,
			From: []SessionStatus{SessionPending, SessionRequiresMore, SessionError},
			To:   []SessionStatus{SessionPending, SessionRequiresMore}},
		{By: byDelete, From: []SessionStatus{SessionPending, SessionRequiresMore, SessionPendingAuthorization, SessionError, SessionCanceled}},
		{By: byAuthorize,
			From: []SessionStatus{SessionPending, SessionRequiresMore, SessionPendingAuthorization, SessionError},
			To:   []SessionStatus{SessionAuthorized, SessionCaptured, SessionRequiresMore, SessionPendingAuthorization, SessionError}},
		{By: byAuthorize, From: []SessionStatus{SessionAuthorized}, To: []SessionStatus{SessionAuthorized}}, // the same payment
		{By: byAuthorize, From: []SessionStatus{SessionCaptured}, To: []SessionStatus{SessionCaptured}},
		{By: byHear, // in a webhook: only what comes later in this list
			From: []SessionStatus{SessionPending, SessionRequiresMore, SessionPendingAuthorization, SessionError},
			To:   []SessionStatus{SessionRequiresMore, SessionPendingAuthorization, SessionError, SessionCanceled, SessionAuthorized, SessionCaptured}},
		{By: byVoid, From: []SessionStatus{SessionAuthorized}, To: []SessionStatus{SessionCanceled}},
	},
}
