package notification

import (
	"context"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models, rules and service.
var Module = &module.Module{
	Name: "notification",
	Models: []*model.Model{
		Notifications,
		Providers,
	},
	Rules:   rules,
	Service: module.Provide(New),
}

// Service manages notifications.
type Service struct {
	Notifications module.Records[Notification]
	Providers     module.Records[Provider]
	store         *module.Store
}

// New returns the service on a store.
func New(s *module.Store) *Service {
	return &Service{
		Notifications: module.For[Notification](s, Notifications),
		Providers:     module.For[Provider](s, Providers),
		store:         s,
	}
}

// The feed of the dashboard: its channel, the id of its provider, and the template of
// its notifications, whose data is a Notice.
const (
	ChannelFeed   = "feed"
	LocalProvider = "local"
	TemplateFeed  = "admin-ui"
)

// Notice is what the dashboard shows of a notification.
type Notice struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	File        *File  `json:"file,omitempty"`
}

// File is a file that the dashboard offers for download.
type File struct {
	Filename string `json:"filename"`
	URL      string `json:"url"`
	MimeType string `json:"mimeType"`
}

// Tell adds a notice to the feed. A key that the feed has is not added again; "" is
// none.
func (s *Service) Tell(ctx context.Context, key string, n Notice) error {
	return db.Do(ctx, s.store.DB, func(ctx context.Context) error {
		if key != "" {
			if known, err := s.Notifications.Count(ctx, module.Where{"idempotency_key": key}); err != nil || known > 0 {
				return err
			}
		}
		local := func(id string) *Provider {
			return &Provider{Record: model.Record{ID: id}, Handle: id, Name: id, IsEnabled: true, Channels: []string{ChannelFeed}}
		}
		if err := s.Providers.CreateMissing(ctx, []string{LocalProvider}, local); err != nil {
			return err
		}
		record := &Notification{
			Channel: ChannelFeed, ProviderID: new(LocalProvider), Template: new(TemplateFeed), Data: model.ToJSON(n), Status: StatusSuccess,
		}
		if key != "" {
			record.IdempotencyKey = &key
		}
		return s.Notifications.Create(ctx, record)
	})
}
