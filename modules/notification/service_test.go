package notification_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/notification"
)

var graph = moduletest.Graph(notification.Module)

func TestTheFeedHasEachNoticeOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := notification.New(moduletest.Open(t, d, graph))
		tell := func(key, title string) {
			t.Helper()
			if err := s.Tell(t.Context(), key, notification.Notice{Title: title, Description: "D", File: &notification.File{Filename: "a.csv", URL: "/a", MimeType: "text/csv"}}); err != nil {
				t.Fatal(err)
			}
		}
		tell("export_1", "First")
		tell("export_1", "Again")
		tell("", "Second")
		tell("", "Third")
		feed, err := s.Notifications.List(t.Context(), nil, module.Page{Order: []string{"created_at"}})
		if err != nil || len(feed) != 3 {
			t.Fatalf("%d notices, %v", len(feed), err)
		}
		var said notification.Notice
		if err := json.Unmarshal(feed[0].Data, &said); err != nil || said.Title != "First" || said.Description != "D" || *said.File != (notification.File{Filename: "a.csv", URL: "/a", MimeType: "text/csv"}) {
			t.Errorf("the first notice says %s, %v", feed[0].Data, err)
		}
		if n := feed[0]; n.Channel != "feed" || *n.Template != "admin-ui" || *n.ProviderID != "local" || n.Status != notification.StatusSuccess {
			t.Errorf("the first notice is %+v", n)
		}
		if p, err := s.Providers.Retrieve(t.Context(), "local"); err != nil || len(p.Channels) != 1 || p.Channels[0] != "feed" || !p.IsEnabled {
			t.Errorf("the provider is %+v, %v", p, err)
		}
	})
}

func TestWhatIsNoNotification(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := notification.New(store)
		moduletest.Create(t, s.Notifications, &notification.Notification{Channel: "email", To: "ada@example.com", IdempotencyKey: new("k")})
		create := func(n notification.Notification) func(context.Context) error {
			return func(ctx context.Context) error {
				return s.Notifications.Create(ctx, &notification.Notification{Channel: "email"}, &n)
			}
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create(notification.Notification{To: "ada@example.com"}), Words: []string{"notification.channel"}},
			moduletest.Refusal{Do: create(notification.Notification{Channel: "email", Status: "lost"}), Words: []string{"notification.status", "pending, success, failure"}},
			moduletest.Refusal{Do: create(notification.Notification{Channel: "email", IdempotencyKey: new("k")}), Type: fault.DuplicateError, Words: []string{"idempotency_key"}},
			moduletest.Refusal{Do: create(notification.Notification{Channel: "email", ProviderID: new("none")}), Words: []string{"notification_provider"}, Type: fault.NotFound},
			moduletest.Refusal{Name: "a provider without a name", Words: []string{"notification_provider.name"}, Do: func(ctx context.Context) error {
				return s.Providers.Create(ctx, &notification.Provider{Handle: "smtp", Channels: []string{"email"}})
			}},
			moduletest.Refusal{Name: "a provider without a handle", Words: []string{"notification_provider.handle"}, Do: func(ctx context.Context) error {
				return s.Providers.Create(ctx, &notification.Provider{Name: "SMTP", Channels: []string{"email"}})
			}},
		)
	})
}
