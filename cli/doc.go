// Package cli is the command line of a shop: it serves the HTTP API, migrates
// the database, queries and links records, imports, and checks the data.
//
//	program := cli.New(&cli.Setup{Shop: shop.Config{Database: "sqlite:shop.db"}})
//	program.Main()
//
// Most programs use it through gorgon.App.
//
// # Settings
//
// A setting is taken from its flag, else from its environment variable, else
// from the Setup, else it has its default. GORGON_DATABASE is the variable of
// --database; the flags of `gorgon start` have one each, such as
// GORGON_STORE_CORS for --store-cors.
//
// # Output
//
// Results go to stdout; errors and progress go to stderr. An error is one line,
//
//	gorgon: not_found: cannot link …: there is no order with the id "order_9"
//
// and with --json the same object as in the HTTP API. Exit statuses are those of
// Run.
package cli
