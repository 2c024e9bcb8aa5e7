package notification

import "github.com/gorgon-commerce/gorgon/model"

// Notification is something that someone is told.
type Notification struct {
	model.Record
	To                     string        `json:"to" model:"searchable"` // an address of the channel; "" is everyone
	From                   *string       `json:"from"`
	Channel                string        `json:"channel"` // such as feed
	Template               *string       `json:"template"`
	Data                   model.RawJSON `json:"data"`          // what the template shows
	ProviderData           model.RawJSON `json:"provider_data"` // what the provider needs besides
	TriggerType            *string       `json:"trigger_type"`
	ResourceID             *string       `json:"resource_id" model:"searchable"` // what it is about
	ResourceType           *string       `json:"resource_type"`
	ReceiverID             *string       `json:"receiver_id"`
	OriginalNotificationID *string       `json:"original_notification_id"` // that it repeats
	IdempotencyKey         *string       `json:"idempotency_key"`
	ExternalID             *string       `json:"external_id"` // with the provider
	Status                 Status        `json:"status" model:"default=pending,enum=pending|success|failure"`
	ProviderID             *string       `json:"provider_id"`

	Provider *Provider `json:"provider,omitzero" model:"belongs"`
}

// Status says whether a notification was delivered.
type Status string

// The statuses.
const (
	StatusPending Status = "pending"
	StatusSuccess Status = "success"
	StatusFailure Status = "failure"
)

// Notifications is the model of Notification: entity notification, ids noti_….
var Notifications = model.Define[Notification]("notification").
	WithPrefix("noti").
	Index("receiver_id").
	Unique("idempotency_key")

// Provider delivers the notifications of some channels.
type Provider struct {
	model.Record
	Handle    string   `json:"handle"`
	Name      string   `json:"name"`
	IsEnabled bool     `json:"is_enabled" model:"default=true"`
	Channels  []string `json:"channels" model:"notnull"`
}

// Providers is the model of Provider: entity notification_provider.
var Providers = model.Define[Provider]("notification_provider").WithPrefix("notpro")
