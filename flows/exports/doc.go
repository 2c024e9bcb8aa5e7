// Package exports writes records to files for the people who run the shop, and tells
// them when a file is ready.
//
//	e := exports.New(shop, files)
//	err := e.Run(ctx, exports.Job{ID: id, Title: "Inventory items", Request: request})
//
// A job takes as long as its records do, and so runs after the request that asks for
// it. Its file and its outcome are in the feed of notifications.
package exports
