// Package notification holds what people are told: by mail, or in the feed of the
// dashboard.
//
//	s.Tell(ctx, "export_1", notification.Notice{Title: "Inventory items", Description: "The export is ready"})
//
// A notification has a channel, such as feed or email, and the provider that delivers
// it. The feed is a channel of its own provider, "local": what is in the table is
// delivered.
package notification
